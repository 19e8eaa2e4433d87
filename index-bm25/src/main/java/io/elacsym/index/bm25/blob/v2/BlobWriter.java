package io.elacsym.index.bm25.blob.v2;

import static io.elacsym.index.bm25.blob.v2.BlobLayout.PAGE;

import io.elacsym.api.blob.BlobSink;
import io.elacsym.api.blob.ByteRange;
import io.elacsym.index.bm25.blob.v2.BlobLayout.Footer;
import io.elacsym.index.bm25.blob.v2.BlobLayout.Window;
import io.elacsym.index.bm25.live.BufferedData;
import io.elacsym.index.bm25.live.PostingsBuffer;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.zip.CRC32C;
import org.apache.lucene.codecs.CodecUtil;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.apache.lucene.store.IOContext;
import org.apache.lucene.store.IndexInput;

/** Writes a {@link PostingsBuffer} as a blob. */
final class BlobWriter {
  /** No header of Lucene's files is longer, in bytes. */
  private static final int HEADER_LENGTH = 128;

  /** The files that are read whenever an index is opened or a term is looked up. */
  private static final List<String> HOT = List.of("_0.tip", "_0.tmd", "_0.psm");

  /** The files of which a search reads only parts. */
  private static final List<String> COLD = List.of("_0.doc", "_0.pos", "_0.tim");

  private final BlobSink sink;
  private final long base;
  private final Map<String, ByteRange> files = new LinkedHashMap<>();
  private final List<Window> edges = new ArrayList<>();
  private final CRC32C checksum = new CRC32C();
  private int[] pageChecksums = new int[16];
  private int pages;
  private boolean hot;

  private BlobWriter(BlobSink sink) {
    this.sink = sink;
    this.base = sink.position();
  }

  static void write(PostingsBuffer buffer, int rows, BlobSink sink) throws IOException {
    new BlobWriter(sink).write(buffer, rows);
  }

  private void write(PostingsBuffer buffer, int rows) throws IOException {
    BufferedData data = new BufferedData(buffer);
    PostingsBuffer.Rows lengths = buffer.rows();
    int longest = IntStream.range(0, lengths.count()).map(lengths::length).max().orElse(0);
    int width = longest < 1 << 8 ? 1 : longest < 1 << 16 ? 2 : 4;
    try (ByteBuffersDirectory lucene = new ByteBuffersDirectory()) {
      PostingsCodec.write(data, rows, lucene);
      append(BlobLayout.MAGIC, BlobLayout.MAGIC.length);
      for (String name : COLD) {
        copy(name, lucene, true);
      }
      writeLengths(lengths, rows, width);
      writeNorms(lengths, rows);
      long hotOffset = position();
      endPage();
      hot = true;
      for (String name : HOT) {
        copy(name, lucene, false);
      }
      long directoryOffset = position();
      BlobLayout layout =
          new BlobLayout(
              rows,
              data.documents(rows),
              data.totalTerms(rows),
              width,
              files,
              Arrays.copyOf(pageChecksums, pages),
              edges);
      byte[] directory = layout.encode();
      append(directory, directory.length);
      sink.write(new Footer(hotOffset, directoryOffset, (int) checksum.getValue()).encode());
    }
  }

  private void copy(String name, ByteBuffersDirectory from, boolean keepEdges) throws IOException {
    try (IndexInput in = from.openInput(name, IOContext.READONCE)) {
      long start = position();
      long length = in.length();
      byte[] part = new byte[8192];
      for (long left = length; left > 0; ) {
        int count = (int) Math.min(left, part.length);
        in.readBytes(part, 0, count);
        append(part, count);
        left -= count;
      }
      files.put(name, new ByteRange(start, length));
      if (keepEdges) {
        int header = (int) Math.min(length, HEADER_LENGTH);
        int footer = (int) Math.min(length, CodecUtil.footerLength());
        edges.add(edge(in, start, 0, header));
        edges.add(edge(in, start, length - footer, footer));
      }
    }
  }

  private static Window edge(IndexInput in, long start, long at, int count) throws IOException {
    byte[] bytes = new byte[count];
    in.seek(at);
    in.readBytes(bytes, 0, count);
    return new Window(start + at, MemorySegment.ofArray(bytes));
  }

  private void writeLengths(PostingsBuffer.Rows lengths, int rows, int width) {
    long start = position();
    byte[] part = new byte[8192];
    int filled = 0;
    for (int row = 0; row < rows; row++) {
      int length = lengths.length(row);
      for (int i = 0; i < width; i++) {
        part[filled++] = (byte) (length >>> (8 * i));
      }
      if (filled == part.length) {
        append(part, filled);
        filled = 0;
      }
    }
    append(part, filled);
    files.put(BlobLayout.LENGTHS, new ByteRange(start, position() - start));
  }

  private void writeNorms(PostingsBuffer.Rows lengths, int rows) {
    long start = position();
    append(Arrays.copyOf(lengths.norms(), rows), rows);
    files.put(BlobLayout.NORMS, new ByteRange(start, rows));
  }

  private long position() {
    return sink.position() - base;
  }

  /** Writes and adds to the checksums: one a page, or one for the whole hot part. */
  private void append(byte[] bytes, int count) {
    int done = 0;
    while (done < count) {
      int part = hot ? count : (int) Math.min(count - done, PAGE - position() % PAGE);
      checksum.update(bytes, done, part);
      sink.write(bytes, done, part);
      done += part;
      if (!hot && position() % PAGE == 0) {
        endPage();
      }
    }
  }

  private void endPage() {
    long covered = (long) pages * PAGE;
    if (position() > covered) {
      if (pages == pageChecksums.length) {
        pageChecksums = Arrays.copyOf(pageChecksums, 2 * pages);
      }
      pageChecksums[pages++] = (int) checksum.getValue();
    }
    checksum.reset();
  }
}
