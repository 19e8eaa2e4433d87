package io.elacsym.format.orc.read;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.ErrorKind;
import io.elacsym.api.blob.BlobSource;
import io.elacsym.api.blob.ByteRange;
import io.elacsym.api.segment.BatchCursor;
import io.elacsym.api.segment.ColumnBatch;
import io.elacsym.api.segment.ColumnSpec;
import io.elacsym.api.segment.ColumnStatistics;
import io.elacsym.api.segment.SegmentReader;
import io.elacsym.api.segment.SegmentSchema;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;

/**
 * Reads one file. The footer is read at open, the directory of a stripe when it is first used; both
 * are kept.
 */
public final class OrcSegmentReader implements SegmentReader {
  private final BlobSource file;
  private final Footer footer;
  private final Map<Integer, StripeDirectory> directories = new ConcurrentHashMap<>();

  private OrcSegmentReader(BlobSource file, Footer footer) {
    this.file = file;
    this.footer = footer;
  }

  public static OrcSegmentReader open(BlobSource source) {
    return decoding(() -> new OrcSegmentReader(source, Footer.read(source)));
  }

  /** Something that reads encoded bytes. */
  @FunctionalInterface
  interface Decoding<T> {
    T run() throws IOException;
  }

  /**
   * Runs it. Whatever the library throws at bytes that are not what was written, it is {@code
   * CORRUPT}: it has no exception of its own for that.
   */
  static <T> T decoding(Decoding<T> decoding) {
    try {
      return decoding.run();
    } catch (ElacsymException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      throw new ElacsymException(ErrorKind.CORRUPT, "the ORC file cannot be decoded: " + e, e);
    }
  }

  @Override
  public SegmentSchema schema() {
    return footer.schema();
  }

  @Override
  public int rowCount() {
    return footer.rows();
  }

  @Override
  public Optional<ColumnStatistics> statistics(String column) {
    Footer.FooterColumn found = column(column);
    return Optional.of(decoding(() -> FooterStatistics.of(found, footer.rows())));
  }

  @Override
  public BatchCursor scan(List<String> columns, int fromRow, int batchRows) {
    if (fromRow < 0 || fromRow > rowCount() || batchRows < 1) {
      throw new IllegalArgumentException(
          "scan from row " + fromRow + " of " + rowCount() + " in batches of " + batchRows);
    }
    List<ColumnSpec> found = columns(columns);
    return decoding(() -> {
      int firstStripe = fromRow == rowCount() ? footer.stripes().size() : footer.stripeOf(fromRow);
      List<StripeDirectory> stripes = directories(firstStripe, footer.stripes().size());
      return new Scan(this, stripes, found, footer.decompressor(), fromRow, batchRows);
    });
  }

  @Override
  public ColumnBatch fetch(int[] rows, List<String> columns) {
    for (int row : rows) {
      if (row < 0 || row >= rowCount()) {
        throw new IllegalArgumentException("row " + row + " of " + rowCount());
      }
    }
    List<ColumnSpec> found = columns(columns);
    return decoding(() -> {
      try (Decompressor decompressor = footer.decompressor()) {
        return new Fetch(this, decompressor, rows).run(found);
      }
    });
  }

  private List<ColumnSpec> columns(List<String> names) {
    return names.stream().map(name -> column(name).spec()).toList();
  }

  private Footer.FooterColumn column(String name) {
    Footer.FooterColumn column = footer.columns().get(name);
    if (column == null) {
      throw new IllegalArgumentException(
          "no column " + name + " among " + footer.columns().keySet());
    }
    return column;
  }

  BlobSource file() {
    return file;
  }

  /** The directories of the stripes in which these rows are, in order. */
  List<StripeDirectory> stripes(int[] rows) throws IOException {
    return directories(Arrays.stream(rows).map(footer::stripeOf).distinct().toArray());
  }

  private List<StripeDirectory> directories(int from, int to) throws IOException {
    return directories(IntStream.range(from, to).toArray());
  }

  /** The directories of these stripes; those not known yet are read in one wave. */
  private List<StripeDirectory> directories(int[] stripes) throws IOException {
    List<Integer> unknown =
        Arrays.stream(stripes).filter(stripe -> !directories.containsKey(stripe)).boxed().toList();
    if (!unknown.isEmpty()) {
      List<ByteRange> ranges = new ArrayList<>();
      for (int stripe : unknown) {
        ranges.add(footer.stripes().get(stripe).index());
        ranges.add(footer.stripes().get(stripe).footer());
      }
      List<MemorySegment> bytes = file.readAll(ranges);
      try (Decompressor decompressor = footer.decompressor()) {
        for (int i = 0; i < unknown.size(); i++) {
          StripePlace place = footer.stripes().get(unknown.get(i));
          directories.put(
              unknown.get(i),
              StripeDirectory.of(
                  footer, place, bytes.get(2 * i), bytes.get(2 * i + 1), decompressor));
        }
      }
    }
    List<StripeDirectory> found = new ArrayList<>();
    for (int stripe : stripes) {
      found.add(Objects.requireNonNull(directories.get(stripe)));
    }
    return found;
  }

  @Override
  public void close() {
    directories.clear();
  }
}
