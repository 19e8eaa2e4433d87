package io.elacsym.engine.filter;

import io.elacsym.api.blob.BlobSink;
import io.elacsym.api.blob.ByteRange;
import io.elacsym.engine.model.ElementType;
import io.elacsym.engine.model.Footprint;
import io.elacsym.engine.model.Value;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import org.roaringbitmap.RoaringBitmap;

/** Cuts the values of an attribute into blocks and writes them. */
final class IndexWriter {
  /** What is at the end of the file: how long the directory is, and these bytes. */
  static final int END_BYTES = 8;

  static final int MAGIC = 0x32544145;

  /**
   * Where blocks end.
   *
   * @param rows a block of several values has at most so many
   * @param bytes and its values take at most so many
   * @param many from so many rows on a value has a block of its own
   */
  record Cut(int rows, long bytes, int many) {
    static final Cut USUAL = new Cut(8_192, 32 << 10, 4_096);
  }

  private final AttributePostings postings;
  private final ElementType type;
  private final Cut cut;
  private final BlobSink sink;
  private final List<IndexBlock> blocks = new ArrayList<>();
  private final Output values = new Output();
  private long rowsEnd;

  private IndexWriter(AttributePostings postings, ElementType type, Cut cut, BlobSink sink) {
    this.postings = postings;
    this.type = type;
    this.cut = cut;
    this.sink = sink;
  }

  static void write(AttributePostings postings, ElementType type, Cut cut, BlobSink sink) {
    new IndexWriter(postings, type, cut, sink).write();
  }

  private void write() {
    int count = postings.values().size();
    int first = 0;
    long bytes = 0;
    for (int i = 0; i < count; i++) {
      long size = Footprint.content(postings.values().get(i));
      boolean full =
          rows(i) >= cut.many() || rows(first, i + 1) > cut.rows() || bytes + size > cut.bytes();
      if (full && i > first) {
        block(first, i);
        first = i;
        bytes = 0;
      }
      bytes += size;
      if (rows(i) >= cut.many()) {
        block(i, i + 1);
        first = i + 1;
        bytes = 0;
      }
    }
    if (first < count) {
      block(first, count);
    }
    sink.write(values.toBytes());
    Output directory = new Output();
    IndexDirectory.write(type, postings.present(), once(), blocks, directory);
    sink.write(directory.toBytes());
    sink.write(
        ByteBuffer.allocate(END_BYTES)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putInt(directory.size())
            .putInt(MAGIC)
            .array());
  }

  private int rows(int value) {
    return rows(value, value + 1);
  }

  private int rows(int from, int to) {
    return postings.offsets()[to] - postings.offsets()[from];
  }

  /** Whether every row that has the attribute is listed once. */
  private boolean once() {
    BitSet listed = new BitSet();
    for (int row : postings.rows()) {
      listed.set(row);
    }
    return listed.cardinality() == postings.rows().length && listed.equals(postings.present());
  }

  private void block(int from, int to) {
    RoaringBitmap bitmap = new RoaringBitmap();
    for (int i = postings.offsets()[from]; i < postings.offsets()[to]; i++) {
      bitmap.add(postings.rows()[i]);
    }
    Output rows = new Output();
    rows.bitmap(bitmap);
    sink.write(rows.toBytes());
    int[] all = to - from > 1 ? bitmap.toArray() : new int[0];
    List<int[]> places = new ArrayList<>();
    for (int i = from; to - from > 1 && i < to; i++) {
      int[] list = new int[rows(i)];
      for (int j = 0; j < list.length; j++) {
        list[j] = Arrays.binarySearch(all, postings.rows()[postings.offsets()[i] + j]);
      }
      places.add(list);
    }
    int start = values.size();
    List<Value.Scalar> block = postings.values().subList(from, to);
    new IndexedRows(block, places).write(type, values);
    Optional<Value.Scalar> before =
        from == 0 ? Optional.empty() : Optional.of(postings.values().get(from - 1));
    IndexDirectory.Bounds bounds =
        IndexDirectory.Bounds.of(before, block.getFirst(), block.getLast());
    blocks.add(
        new IndexBlock(
            bounds.least(),
            bounds.greatest(),
            block.size(),
            bitmap.getCardinality(),
            new ByteRange(start, values.size() - start),
            new ByteRange(rowsEnd, rows.size())));
    rowsEnd += rows.size();
  }
}
