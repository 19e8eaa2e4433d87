package io.elacsym.index.hnsw.search;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.VectorMath;
import io.elacsym.api.index.Metric;
import io.elacsym.api.index.RowSet;
import io.elacsym.api.index.UnitLength;
import io.elacsym.api.index.VectorField;
import io.elacsym.api.index.VectorHits;
import io.elacsym.api.index.VectorIndexCapabilities;
import io.elacsym.api.index.VectorIndexReader;
import io.elacsym.api.index.VectorQuery;
import io.elacsym.index.hnsw.blob.v1.Loaded;
import java.util.function.Consumer;

/** Searches one blob, whose codes and links lie in memory. */
public final class HnswReader implements VectorIndexReader {
  private final VectorField field;
  private final Loaded index;
  private final VectorMath math;
  private final ScratchPool pool;

  /**
   * @param checkCancelled throws when a search should end
   */
  public HnswReader(VectorField field, Loaded index, VectorMath math, Runnable checkCancelled) {
    this.field = field;
    this.index = index;
    this.math = math;
    // No more searches run at once than there are processors. Twice as many scratch memories are
    // kept for those that are interrupted by the operating system while they have one.
    this.pool =
        new ScratchPool(
            2 * Runtime.getRuntime().availableProcessors(),
            () -> new Scratch(index, checkCancelled));
  }

  @Override
  public VectorIndexCapabilities capabilities() {
    return new VectorIndexCapabilities(false, true);
  }

  @Override
  public int count() {
    return index.rows().rows();
  }

  @Override
  public VectorHits search(VectorQuery query) {
    return search(query, rows -> {});
  }

  @Override
  public VectorHits search(VectorQuery query, Consumer<int[]> likely) {
    check(query);
    int accepted = index.rows().covered(query.accept());
    int k = Math.min(query.k(), accepted);
    if (k == 0) {
      return new VectorHits(new int[0], new float[0], 0);
    }
    Scratch scratch = pool.take();
    try {
      return new Search(index, query, prepared(query, scratch), k, accepted, likely, scratch).run();
    } finally {
      pool.give(scratch);
    }
  }

  private float[] prepared(VectorQuery query, Scratch scratch) {
    if (field.metric() != Metric.COSINE) {
      return query.vector();
    }
    System.arraycopy(query.vector(), 0, scratch.query, 0, field.dimension());
    UnitLength.scale(math, scratch.query, 0, field.dimension());
    return scratch.query;
  }

  private void check(VectorQuery query) {
    if (query.vector().length != field.dimension()) {
      throw ElacsymException.invalid(
          "query for field '"
              + field.name()
              + "' has "
              + query.vector().length
              + " components, expected "
              + field.dimension());
    }
    if (query.k() < 1) {
      throw ElacsymException.invalid("k is " + query.k() + ", expected 1 or more");
    }
    RowSet accept = query.accept();
    if (accept.rowCount() != index.rows().segmentRows()) {
      throw ElacsymException.invalid(
          "filter covers "
              + accept.rowCount()
              + " rows, expected "
              + index.rows().segmentRows()
              + " as in the segment");
    }
  }

  @Override
  public void close() {
    // Only memory of this process, which goes with the reader.
  }
}
