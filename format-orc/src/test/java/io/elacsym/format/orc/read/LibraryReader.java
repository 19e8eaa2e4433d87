package io.elacsym.format.orc.read;

import io.elacsym.api.blob.BlobSource;
import io.elacsym.api.blob.ByteRange;
import io.elacsym.format.orc.layout.ChunkCodec;
import io.elacsym.format.orc.layout.Codecs;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.orc.DataReader;
import org.apache.orc.OrcFile;
import org.apache.orc.OrcProto;
import org.apache.orc.Reader;
import org.apache.orc.RecordReader;
import org.apache.orc.StripeInformation;
import org.apache.orc.TypeDescription;
import org.apache.orc.impl.BufferChunk;
import org.apache.orc.impl.BufferChunkList;
import org.apache.orc.impl.InStream;
import org.apache.orc.impl.OrcIndex;
import org.apache.orc.impl.OrcTail;
import org.apache.orc.impl.PositionProvider;
import org.apache.orc.impl.ReaderImpl;
import org.apache.orc.impl.RecordReaderImpl;
import org.apache.orc.impl.SchemaEvolution;
import org.apache.orc.impl.TreeReaderFactory;
import org.apache.orc.impl.reader.ReaderEncryption;
import org.apache.orc.impl.reader.StripePlanner;
import org.apache.orc.impl.reader.tree.BatchReader;
import org.apache.orc.impl.reader.tree.TypeReader;
import org.apache.orc.storage.ql.exec.vector.VectorizedRowBatch;

/**
 * Reads a file with the library's own reader, for comparison. Its requests go to the host as ours
 * do: what is asked for at once is one wave.
 */
public final class LibraryReader {
  private static final TypeReader.ReadPhase ALL = TypeReader.ReadPhase.ALL;

  private final BlobSource file;
  private final Footer footer;
  private final Reader reader;
  private final Map<Integer, Stripe> stripes = new HashMap<>();

  public LibraryReader(BlobSource source) throws IOException {
    this.file = source;
    this.footer = Footer.read(file);
    this.reader =
        OrcFile.createReader(
            new Path("segment"),
            OrcFile.readerOptions(new Configuration(false))
                .orcTail(tail(file))
                .useUTCTimestamp(true));
  }

  @SuppressWarnings("deprecation") // the one that is not wants a file system
  private static OrcTail tail(BlobSource file) throws IOException {
    int length = (int) Math.min(file.size(), BlobSource.TAIL_BYTES);
    byte[] tail = file.read(file.size() - length, length).toArray(ValueLayout.JAVA_BYTE);
    return ReaderImpl.extractFileTail(ByteBuffer.wrap(tail), file.size(), -1);
  }

  private boolean[] included(List<String> columns) {
    boolean[] included = new boolean[reader.getSchema().getMaximumId() + 1];
    included[0] = true;
    for (String name : columns) {
      TypeDescription type = reader.getSchema().findSubtype(name);
      Arrays.fill(included, type.getId(), type.getMaximumId() + 1, true);
    }
    return included;
  }

  /** Opens the rows of these columns as any user of the library does. */
  private RecordReader open(List<String> columns) throws IOException {
    return reader.rows(
        reader
            .options()
            .include(included(columns))
            .useZeroCopy(false)
            .dataReader(new Requests(file)));
  }

  /** Seeks each of these rows, which are in order, and reads it. */
  public void seek(int[] rows, List<String> columns) throws IOException {
    VectorizedRowBatch batch = reader.getSchema().createRowBatch(1);
    try (RecordReader records = open(columns)) {
      for (int row : rows) {
        records.seekToRow(row);
        if (!records.nextBatch(batch)) {
          throw new IOException("no row " + row);
        }
      }
    }
  }

  /** Reads all rows; returns how many they are. */
  public long scan(List<String> columns) throws IOException {
    VectorizedRowBatch batch = reader.getSchema().createRowBatch(1024);
    long rows = 0;
    try (RecordReader records = open(columns)) {
      while (records.nextBatch(batch)) {
        rows += batch.size;
      }
    }
    return rows;
  }

  /** What is kept of a stripe. */
  private record Stripe(OrcProto.StripeFooter footer, OrcIndex index) {}

  /**
   * Reads these rows, which are in order, with the parts that the library's reader is made of, at
   * their best: indexes are kept, only row groups with wanted rows are read, and the bytes of all
   * stripes in one wave.
   */
  public void fetch(int[] rows, List<String> columns) throws IOException {
    int[] wanted = Arrays.stream(rows).map(footer::stripeOf).distinct().toArray();
    loadIndexes(wanted);
    Planned planned = new Planned();
    for (int stripe : wanted) {
      plan(stripe, rows, columns, new Requests(planned));
    }
    planned.load();
    for (int stripe : wanted) {
      StripePlanner planner = plan(stripe, rows, columns, new Requests(planned));
      decode(stripe, rows, columns, planner);
    }
  }

  private void loadIndexes(int[] wanted) throws IOException {
    int[] unknown = Arrays.stream(wanted).filter(s -> !stripes.containsKey(s)).toArray();
    if (unknown.length == 0) {
      return;
    }
    Planned planned = new Planned();
    for (int stripe : unknown) {
      StripePlace place = footer.stripes().get(stripe);
      planned.read(List.of(place.index(), place.footer()));
    }
    planned.load();
    boolean[] all = new boolean[reader.getSchema().getMaximumId() + 1];
    Arrays.fill(all, true);
    for (int stripe : unknown) {
      Requests requests = new Requests(planned);
      StripeInformation information = reader.getStripes().get(stripe);
      OrcProto.StripeFooter stripeFooter = requests.readStripeFooter(information);
      OrcIndex index = planner(requests).parseStripe(information, all).readRowIndex(null, null);
      stripes.put(stripe, new Stripe(stripeFooter, index));
    }
  }

  private StripePlanner planner(DataReader requests) {
    return new StripePlanner(
        reader.getSchema(),
        new ReaderEncryption(),
        requests,
        OrcFile.WriterVersion.ORC_14,
        true,
        Integer.MAX_VALUE);
  }

  private StripePlanner plan(int stripe, int[] rows, List<String> columns, Requests requests)
      throws IOException {
    StripePlace place = footer.stripes().get(stripe);
    boolean[] groups = new boolean[place.groups()];
    for (int row : rows) {
      if (footer.stripeOf(row) == stripe) {
        groups[place.groupOf(row - place.firstRow())] = true;
      }
    }
    Stripe known = Objects.requireNonNull(stripes.get(stripe));
    requests.footers = List.of(known.footer());
    StripePlanner planner =
        planner(requests).parseStripe(reader.getStripes().get(stripe), included(columns));
    planner.readData(known.index(), groups, false, ALL);
    return planner;
  }

  @SuppressWarnings("deprecation") // the one that is not wants options of a reader
  private void decode(int stripe, int[] rows, List<String> columns, StripePlanner planner)
      throws IOException {
    StripePlace place = footer.stripes().get(stripe);
    BatchReader decoder =
        TreeReaderFactory.createRootReader(
            reader.getSchema(),
            new TreeReaderFactory.ReaderContext()
                .setSchemaEvolution(
                    new SchemaEvolution(
                        reader.getSchema(),
                        reader.getSchema(),
                        new Reader.Options(new Configuration(false)).include(included(columns))))
                .fileFormat(OrcFile.Version.V_0_12)
                .useUTCTimestamp(true)
                .setEncryption(new ReaderEncryption())
                .setProlepticGregorian(true, true));
    Stripe known = Objects.requireNonNull(stripes.get(stripe));
    decoder.startStripe(planner, ALL);
    VectorizedRowBatch batch = reader.getSchema().createRowBatch(1);
    for (int row : rows) {
      if (footer.stripeOf(row) == stripe) {
        int at = row - place.firstRow();
        decoder.seek(positions(known.index(), place.groupOf(at)), ALL);
        decoder.skipRows(at - place.groupStart(place.groupOf(at)), ALL);
        decoder.nextBatch(batch, 1, ALL);
      }
    }
  }

  private static PositionProvider[] positions(OrcIndex index, int group) {
    OrcProto.RowIndex[] indexes = index.getRowGroupIndex();
    PositionProvider[] positions = new PositionProvider[indexes.length];
    for (int i = 0; i < indexes.length; i++) {
      positions[i] = new RecordReaderImpl.PositionProviderImpl(indexes[i].getEntry(group));
    }
    return positions;
  }

  /** Where the library's requests go. */
  private interface Ranges {
    List<MemorySegment> read(List<ByteRange> ranges);
  }

  /** Notes ranges first, and has their bytes once they are loaded, all in one wave. */
  private final class Planned implements Ranges {
    private final List<ByteRange> noted = new ArrayList<>();
    private final Map<ByteRange, MemorySegment> bytes = new HashMap<>();

    @Override
    public List<MemorySegment> read(List<ByteRange> ranges) {
      noted.addAll(ranges);
      return ranges.stream().map(this::bytes).toList();
    }

    private MemorySegment bytes(ByteRange range) {
      return bytes.entrySet().stream()
          .filter(e -> e.getKey().offset() <= range.offset() && range.end() <= e.getKey().end())
          .map(e -> e.getValue().asSlice(range.offset() - e.getKey().offset(), range.length()))
          .findFirst()
          .orElse(MemorySegment.ofArray(new byte[0]));
    }

    void load() {
      List<MemorySegment> found = file.readAll(noted);
      for (int i = 0; i < found.size(); i++) {
        bytes.put(noted.get(i), found.get(i));
      }
    }
  }

  /** Answers the library's requests. */
  private final class Requests implements DataReader {
    private final Ranges ranges;
    private final ChunkCodec codec = Codecs.codec(footer.compression(), 1).orElseThrow();
    private List<OrcProto.StripeFooter> footers = List.of();

    Requests(BlobSource file) {
      this(file::readAll);
    }

    Requests(Ranges ranges) {
      this.ranges = ranges;
    }

    @Override
    public void open() {}

    @Override
    public OrcProto.StripeFooter readStripeFooter(StripeInformation stripe) throws IOException {
      if (!footers.isEmpty()) {
        return footers.getFirst();
      }
      ByteRange range =
          new ByteRange(
              stripe.getOffset() + stripe.getIndexLength() + stripe.getDataLength(),
              stripe.getFooterLength());
      try (Decompressor decompressor = footer.decompressor()) {
        return OrcProto.StripeFooter.parseFrom(
            decompressor.message(file.readAll(List.of(range)).getFirst()));
      }
    }

    @Override
    public BufferChunkList readFileData(BufferChunkList list, boolean forceDirect) {
      List<BufferChunk> chunks = new ArrayList<>();
      for (BufferChunk chunk = list.get(); chunk != null; chunk = (BufferChunk) chunk.next) {
        chunks.add(chunk);
      }
      List<MemorySegment> bytes =
          ranges.read(
              chunks.stream()
                  .map(c -> new ByteRange(c.getOffset(), c.getEnd() - c.getOffset()))
                  .toList());
      for (int i = 0; i < chunks.size(); i++) {
        chunks.get(i).setChunk(ByteBuffer.wrap(bytes.get(i).toArray(ValueLayout.JAVA_BYTE)));
      }
      return list;
    }

    @Override
    public boolean isTrackingDiskRanges() {
      return false;
    }

    @Override
    @SuppressWarnings("deprecation") // it cannot be left out
    public void releaseBuffer(ByteBuffer toRelease) {}

    @Override
    public void releaseAllBuffers() {}

    @Override
    @SuppressWarnings("MissingSuperCall") // it is a copy in the sense of the library
    public DataReader clone() {
      return new Requests(ranges);
    }

    @Override
    public void close() {
      codec.close();
    }

    @Override
    public InStream.StreamOptions getCompressionOptions() {
      return InStream.options().withCodec(codec).withBufferSize(footer.chunkBytes());
    }
  }
}
