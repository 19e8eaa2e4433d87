package io.elacsym.index.hnsw.blob.v1;

import io.elacsym.api.VectorMath;
import io.elacsym.api.blob.BlobSource;
import io.elacsym.api.blob.ByteRange;
import io.elacsym.api.index.VectorField;
import io.elacsym.index.hnsw.graph.Calibration;
import io.elacsym.index.hnsw.graph.Graph;
import io.elacsym.index.hnsw.graph.Links;
import io.elacsym.index.hnsw.graph.NodeRows;
import io.elacsym.index.hnsw.graph.Resemblance;
import io.elacsym.index.hnsw.graph.VectorStore;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.Consumer;

/** Brings a whole blob into flat arrays: its end says where they are, then all come in one wave. */
public final class BlobLoader {
  private record Piece(ByteRange range, Consumer<MemorySegment> target) {}

  private final VectorField field;
  private final BlobSource source;
  private final List<Piece> pieces = new ArrayList<>();

  private BlobLoader(VectorField field, BlobSource source) {
    this.field = field;
    this.source = source;
  }

  /**
   * @throws io.elacsym.api.ElacsymException {@code CORRUPT} when the bytes are no version 1 blob of
   *     this field and segment
   */
  public static Loaded load(
      VectorField field, BlobSource source, int segmentRows, VectorMath math) {
    return new BlobLoader(field, source).load(segmentRows, math);
  }

  private Loaded load(int segmentRows, VectorMath math) {
    long size = source.size();
    long tailAt = Math.max(0, size - BlobLayout.TAIL_BYTES);
    MemorySegment tail = source.read(tailAt, size - tailAt);
    BlobTail end = BlobTail.read(tail, size, field, segmentRows);
    BlobLayout layout = end.layout();

    VectorStore vectors =
        new VectorStore(layout.nodes(), layout.dimension(), layout.metric(), math);
    int[] starts = new int[layout.startsPresent() ? layout.nodes() + 1 : 0];
    int[] rows = new int[layout.rowsPresent() ? layout.rows() : 0];
    int[] slotNodes = new int[layout.hasGraph() ? layout.levelSizes()[0] : 0];
    Links[] upper = new Links[layout.levels()];
    pieces.add(new Piece(new ByteRange(0, BlobLayout.HEADER_BYTES), this::checkHeader));
    ints(layout.startsAt(), starts);
    ints(layout.rowsAt(), rows);
    ints(layout.slotNodesAt(), slotNodes);
    for (int level = 1; level <= upper.length; level++) {
      upper[level - 1] = Links.empty(layout.levelSizes()[level - 1], layout.m());
      ints(layout.upperAt(level), upper[level - 1].ids());
    }
    Links base = Links.empty(layout.hasGraph() ? layout.nodes() : 0, 2 * layout.m());
    ints(layout.baseAt(), base.ids());
    floats(layout.vectorsAt(), vectors);
    float[] center = new float[layout.hasGraph() ? layout.dimension() : 0];
    floats(layout.centerAt(), center);
    fetch();

    checkLinks(layout, base, upper, slotNodes);
    return new Loaded(
        vectors,
        nodeRows(layout, starts, rows),
        new Graph(vectors, base, upper, slotNodes),
        new Calibration(
            end.ordinary(),
            end.strange(),
            new Resemblance(center, end.leastOfCenter(), end.leastOfBest())));
  }

  private void ints(long at, int[] to) {
    int most = VectorStore.PAGE_BYTES / Integer.BYTES;
    for (int from = 0; from < to.length; from += most) {
      int first = from;
      int length = Math.min(most, to.length - from);
      pieces.add(
          new Piece(
              new ByteRange(at + 4L * from, 4L * length),
              bytes -> MemorySegment.copy(bytes, BlobTail.U32, 0, to, first, length)));
    }
  }

  private void floats(long at, VectorStore to) {
    long next = at;
    for (int i = 0; i < to.pages(); i++) {
      float[] page = to.page(i);
      floats(next, page);
      next += 4L * page.length;
    }
  }

  private void floats(long at, float[] to) {
    if (to.length > 0) {
      pieces.add(
          new Piece(
              new ByteRange(at, 4L * to.length),
              bytes -> MemorySegment.copy(bytes, BlobTail.F32, 0, to, 0, to.length)));
    }
  }

  /** Everything is copied into arrays of our own, so the host need not keep it. */
  private void fetch() {
    List<MemorySegment> read = source.readOnce(pieces.stream().map(Piece::range).toList());
    for (int i = 0; i < read.size(); i++) {
      pieces.get(i).target().accept(read.get(i));
    }
  }

  private void checkHeader(MemorySegment header) {
    BlobTail.expectMagic(header, 0, field, "header");
    BlobTail.expect(field, "header version", header.get(BlobTail.U32, 8), BlobLayout.VERSION);
    BlobTail.expect(field, "header filler", header.get(BlobTail.U32, 12), 0);
  }

  private NodeRows nodeRows(BlobLayout layout, int[] starts, int[] rows) {
    try {
      return NodeRows.of(layout.nodes(), layout.rows(), layout.segmentRows(), starts, rows);
    } catch (IllegalArgumentException e) {
      throw BlobTail.corrupt(field, String.valueOf(e.getMessage()));
    }
  }

  private void checkLinks(BlobLayout layout, Links base, Links[] upper, int[] slotNodes) {
    if (!layout.hasGraph()) {
      return;
    }
    checkLinks(base, layout.nodes(), "node");
    for (int level = 1; level <= upper.length; level++) {
      checkLinks(upper[level - 1], layout.levelSizes()[level - 1], "level " + level + " slot");
    }
    BitSet seen = new BitSet(layout.nodes());
    for (int slot = 0; slot < slotNodes.length; slot++) {
      int node = slotNodes[slot];
      if (node < 0 || node >= layout.nodes() || seen.get(node)) {
        throw BlobTail.corrupt(
            field, "slot " + slot + " is node " + node + ", expected another of " + layout.nodes());
      }
      seen.set(node);
    }
  }

  private void checkLinks(Links links, int size, String what) {
    int[] ids = links.ids();
    int at = 0;
    for (int from = 0; from < size; from++) {
      boolean ended = false;
      for (int i = 0; i < links.stride(); i++) {
        int to = ids[at++];
        if (to == Links.NONE) {
          ended = true;
        } else if (ended || to < 0 || to >= size || to == from) {
          throw BlobTail.corrupt(
              field, what + " " + from + " links to " + to + ", expected another of " + size);
        }
      }
    }
  }
}
