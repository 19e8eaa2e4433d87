package io.elacsym.index.hnsw.search;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.VectorMath;
import io.elacsym.api.index.Metric;
import io.elacsym.api.index.RowSet;
import io.elacsym.api.index.ScoreKey;
import io.elacsym.api.index.TopK;
import io.elacsym.api.index.UnitLength;
import io.elacsym.api.index.VectorField;
import io.elacsym.api.index.VectorHits;
import io.elacsym.api.index.VectorIndexCapabilities;
import io.elacsym.api.index.VectorIndexReader;
import io.elacsym.api.index.VectorQuery;
import io.elacsym.index.hnsw.blob.v1.Loaded;
import io.elacsym.index.hnsw.graph.Beam;
import io.elacsym.index.hnsw.graph.Calibration;
import io.elacsym.index.hnsw.graph.Graph;
import io.elacsym.index.hnsw.graph.Nearest;
import io.elacsym.index.hnsw.graph.RecallCurve;
import io.elacsym.index.hnsw.graph.Resemblance;
import io.elacsym.index.hnsw.graph.VectorStore;

/** Searches one blob that lies in memory as a whole. */
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
            () -> new Scratch(index.graph(), field.dimension(), checkCancelled));
  }

  @Override
  public VectorIndexCapabilities capabilities() {
    return new VectorIndexCapabilities(!index.hasGraph(), true);
  }

  @Override
  public int count() {
    return index.rows().rows();
  }

  @Override
  public VectorHits search(VectorQuery query) {
    check(query);
    int accepted = index.rows().covered(query.accept());
    int k = Math.min(query.k(), accepted);
    if (k == 0) {
      return new VectorHits(new int[0], new float[0], 0);
    }
    Scratch scratch = pool.take();
    try {
      float[] vector = prepared(query, scratch);
      boolean ordinary = query.effort().isPresent() || isLikeCenter(vector);
      SearchPlan plan = plan(query, k, accepted, ordinary);
      if (plan instanceof SearchPlan.Scan) {
        return scan(query, k, accepted, scratch, 0);
      }
      int entry = descend(vector, scratch.beam);
      boolean done = walk(plan, query, vector, k, entry, scratch);
      if (ordinary && query.effort().isEmpty() && !isLikeBest(vector, scratch.beam)) {
        done = lookFurther(plan, query, vector, k, accepted, done, scratch);
      }
      return done
          ? found(query, k, accepted, scratch)
          : scan(query, k, accepted, scratch, scratch.beam.scored());
    } finally {
      pool.give(scratch);
    }
  }

  /**
   * Goes on after a walk that found nothing as near as a query like the rows would have found. Most
   * often such a walk has ended in the wrong place, which a somewhat wider beam puts right; if not,
   * the query is a strange one.
   *
   * @param plan of the walk
   * @param done what the walk gave
   * @return false when a scan is the better way
   */
  private boolean lookFurther(
      SearchPlan plan,
      VectorQuery query,
      float[] vector,
      int k,
      int accepted,
      boolean done,
      Scratch scratch) {
    SearchPlan strange = plan(query, k, accepted, false);
    if (plan instanceof SearchPlan.Walk(int width)) {
      SearchPlan second = new SearchPlan.Walk(Beam.SECOND_LOOK * width);
      if (second.isNarrowerThan(strange)) {
        boolean found = walk(second, query, vector, k, scratch.beam.closest(), scratch);
        if (isLikeBest(vector, scratch.beam)) {
          return found;
        }
      }
    }
    return plan.isNarrowerThan(strange)
        ? walk(strange, query, vector, k, scratch.beam.closest(), scratch)
        : done;
  }

  private SearchPlan plan(VectorQuery query, int k, int accepted, boolean ordinary) {
    Calibration calibration = index.calibration();
    RecallCurve curve = ordinary ? calibration.ordinary() : calibration.strange();
    return SearchPlan.of(curve, count(), accepted, k, query.recallTarget(), query.effort());
  }

  private boolean isLikeCenter(float[] vector) {
    if (!index.hasGraph()) {
      return true;
    }
    Resemblance resemblance = index.calibration().resemblance();
    return resemblance.isLikeCenter(resemblance.ofCenter(field.metric(), math, vector));
  }

  /** Whether the best that a walk met is as good as it is for queries that resemble the rows. */
  private boolean isLikeBest(float[] vector, Beam beam) {
    Resemblance resemblance = index.calibration().resemblance();
    VectorStore vectors = index.vectors();
    int best = beam.closest();
    return resemblance.isLikeBest(
        resemblance.ofBest(
            field.metric(),
            math,
            vector,
            vectors.pageOf(best),
            vectors.offset(best),
            beam.closestScore()));
  }

  /**
   * Walks as planned.
   *
   * @return false when a scan is the better way
   */
  private boolean walk(
      SearchPlan plan, VectorQuery query, float[] vector, int k, int entry, Scratch scratch) {
    return switch (plan) {
      case SearchPlan.Scan() -> false;
      case SearchPlan.Walk(int width) -> {
        scratch.beam.widen(index.vectors(), index.graph().base(), entry, vector, 0, width);
        yield true;
      }
      case SearchPlan.FilteredWalk filtered ->
          filteredWalk(query, vector, k, entry, filtered, scratch.beam);
    };
  }

  private boolean filteredWalk(
      VectorQuery query,
      float[] vector,
      int k,
      int entry,
      SearchPlan.FilteredWalk plan,
      Beam beam) {
    return beam.widenAccepting(
        index.vectors(),
        index.graph().base(),
        entry,
        vector,
        k,
        plan.width(),
        plan.enough(),
        plan.share(),
        query.accept(),
        index.rows(),
        plan.budget());
  }

  private int descend(float[] vector, Beam beam) {
    Graph graph = index.graph();
    beam.start();
    int slot = 0;
    for (int level = graph.top(); level > 0; level--) {
      slot = beam.descend(graph, level, slot, vector, 0);
    }
    return graph.slotNodes()[slot];
  }

  /** The best k rows of the nodes that the beam found; a scan when it found too few. */
  private VectorHits found(VectorQuery query, int k, int accepted, Scratch scratch) {
    Nearest nodes = scratch.beam.nearest();
    long[] keys = nodes.sort();
    scratch.top.reset(k, accepted);
    for (int i = 0; i < nodes.size(); i++) {
      float score = ScoreKey.score(keys[i]);
      if (score < scratch.top.threshold()) {
        break;
      }
      scratch.offerRows(index.rows(), ScoreKey.row(keys[i]), score, query.accept());
    }
    return scratch.top.size() == k
        ? hits(scratch.top, scratch.beam.scored())
        : scan(query, k, accepted, scratch, scratch.beam.scored());
  }

  private VectorHits scan(
      VectorQuery query, int k, int accepted, Scratch scratch, int scoredBefore) {
    float[] vector = prepared(query, scratch);
    int scored = ExactScan.run(index, vector, k, query.accept(), accepted, scratch);
    return hits(scratch.top, scoredBefore + scored);
  }

  private static VectorHits hits(TopK top, int scored) {
    // Rows with the same vector were compared at once.
    return top.hits(Math.max(scored, top.size()));
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
