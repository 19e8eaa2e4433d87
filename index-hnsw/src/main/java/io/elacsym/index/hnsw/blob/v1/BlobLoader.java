package io.elacsym.index.hnsw.blob.v1;

import io.elacsym.api.VectorMath;
import io.elacsym.api.blob.BlobSource;
import io.elacsym.api.index.StoredVectorIndex;
import io.elacsym.api.index.StoredVectors;
import io.elacsym.api.index.VectorField;
import io.elacsym.index.hnsw.code.CodeSpace;
import io.elacsym.index.hnsw.code.NodeCodes;
import io.elacsym.index.hnsw.graph.Calibration;
import io.elacsym.index.hnsw.graph.Graph;
import io.elacsym.index.hnsw.graph.NodeRows;
import io.elacsym.index.hnsw.graph.Resemblance;
import java.lang.foreign.MemorySegment;
import java.util.Optional;

/**
 * Brings a blob into memory: its end says where everything is, then all that the first query needs
 * comes in one wave.
 */
public final class BlobLoader {
  private final VectorField field;
  private final BlobSource source;

  private BlobLoader(VectorField field, BlobSource source) {
    this.field = field;
    this.source = source;
  }

  /**
   * @throws io.elacsym.api.ElacsymException {@code CORRUPT} when the bytes are no version 1 blob of
   *     this field and segment
   */
  public static Loaded load(StoredVectorIndex index, VectorMath math) {
    return new BlobLoader(index.field(), index.blob()).loaded(index, math);
  }

  /** What there is beside codes and vectors, for a build that takes over the graph. */
  public static Former former(StoredVectorIndex index) {
    return new BlobLoader(index.field(), index.blob()).former(index.segmentRows());
  }

  private BlobTail tail(int segmentRows) {
    long size = source.size();
    long tailAt = Math.max(0, size - BlobLayout.TAIL_BYTES);
    return BlobTail.read(source.read(tailAt, size - tailAt), size, field, segmentRows);
  }

  private Loaded loaded(StoredVectorIndex index, VectorMath math) {
    BlobTail end = tail(index.segmentRows());
    BlobLayout layout = end.layout();
    Pieces pieces = new Pieces(source);
    pieces.add(0, BlobLayout.HEADER_BYTES, this::checkHeader);
    Numbers numbers = Numbers.of(layout, pieces);
    NodeCodes codes = NodeCodes.allocate(layout.nodes(), layout.dimension());
    pieces.bytes(layout.codesAt(), codes.memory());
    float[] center = new float[layout.dimension()];
    pieces.floats(layout.centerAt(), center);
    StoredLinks links = new StoredLinks(field, layout, source);
    Optional<Graph> few =
        layout.hasGraph() && links.areFew() ? Optional.of(links.addTo(pieces)) : Optional.empty();
    pieces.fetch();
    few.ifPresent(links::finish);

    long vectorsAt = layout.vectorsAt();
    long stride = (long) Float.BYTES * layout.dimension();
    StoredVectors vectors =
        layout.vectorsPresent()
            ? StoredVectors.in(source, layout.dimension(), node -> vectorsAt + stride * node)
            : index.vectors();
    return new Loaded(
        layout,
        CodeSpace.around(center, field.metric(), math),
        codes,
        nodeRows(layout, numbers),
        layout.hasGraph() ? codes.starts(field.metric()) : new int[0],
        calibration(end, center),
        links,
        vectors);
  }

  private Former former(int segmentRows) {
    BlobTail end = tail(segmentRows);
    BlobLayout layout = end.layout();
    Pieces pieces = new Pieces(source);
    pieces.add(0, BlobLayout.HEADER_BYTES, this::checkHeader);
    Numbers numbers = Numbers.of(layout, pieces);
    StoredLinks links = new StoredLinks(field, layout, source);
    Optional<Graph> graph = layout.hasGraph() ? Optional.of(links.addTo(pieces)) : Optional.empty();
    pieces.fetch();
    graph.ifPresent(links::finish);
    return new Former(layout, nodeRows(layout, numbers), graph, end.ordinary());
  }

  /**
   * Which rows nodes have.
   *
   * @param starts as {@link NodeRows#of}
   * @param rows likewise
   */
  private record Numbers(int[] starts, int[] rows) {
    static Numbers of(BlobLayout layout, Pieces pieces) {
      int[] starts = new int[layout.startsPresent() ? layout.nodes() + 1 : 0];
      int[] rows = new int[layout.rowsPresent() ? layout.rows() : 0];
      pieces.ints(layout.startsAt(), starts);
      pieces.ints(layout.rowsAt(), rows);
      return new Numbers(starts, rows);
    }
  }

  private static Calibration calibration(BlobTail end, float[] center) {
    return end.layout().hasGraph()
        ? new Calibration(
            end.ordinary(),
            end.strange(),
            new Resemblance(center, end.leastOfCenter(), end.leastOfBest()))
        : Calibration.NONE;
  }

  private void checkHeader(MemorySegment header) {
    BlobTail.expectMagic(header, 0, field, "header");
    BlobTail.expect(field, "header version", header.get(BlobTail.U32, 8), BlobLayout.VERSION);
    BlobTail.expect(field, "header filler", header.get(BlobTail.U32, 12), 0);
  }

  private NodeRows nodeRows(BlobLayout layout, Numbers numbers) {
    try {
      return NodeRows.of(
          layout.nodes(), layout.rows(), layout.segmentRows(), numbers.starts(), numbers.rows());
    } catch (IllegalArgumentException e) {
      throw BlobTail.corrupt(field, String.valueOf(e.getMessage()));
    }
  }
}
