package io.elacsym.index.hnsw.search;

import io.elacsym.api.VectorMath;
import io.elacsym.api.index.Metric;
import io.elacsym.api.index.RowSet;
import io.elacsym.api.index.ScoreKey;
import io.elacsym.api.index.VectorHits;
import io.elacsym.api.index.VectorQuery;
import io.elacsym.index.codes.NormalDistribution;
import io.elacsym.index.hnsw.blob.v1.Loaded;
import io.elacsym.index.hnsw.code.CodeQuery;
import io.elacsym.index.hnsw.graph.Beam;
import io.elacsym.index.hnsw.graph.Calibration;
import io.elacsym.index.hnsw.graph.Graph;
import io.elacsym.index.hnsw.graph.Nearest;
import io.elacsym.index.hnsw.graph.RecallCurve;
import io.elacsym.index.hnsw.graph.Resemblance;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * One search: nodes are found by their codes, in the graph or among all that are accepted, and
 * those that may be hits after that are decided by their vectors.
 */
final class Search {
  /** The part of what a recall target allows to miss that may be lost because codes are wrong. */
  private static final double LOST_BY_CODES = 0.05;

  /** Of so many rows the documents may be read before it is known which are hits. */
  private static final int MOST_TOLD = 512;

  /** How many vectors are read at once before any are left out by the scores of others. */
  private static final int FIRST = 64;

  private final Loaded index;
  private final VectorQuery query;
  private final float[] vector;
  private final int k;
  private final int accepted;
  private final Consumer<int[]> likely;
  private final Scratch scratch;
  private final float doubt;

  /**
   * @param vector that of the query, of length 1 where the metric is the cosine
   * @param k how many hits are wanted, at most {@code accepted}
   * @param accepted how many accepted rows have a vector, at least 1
   * @param likely told of rows before their vectors are read
   */
  Search(
      Loaded index,
      VectorQuery query,
      float[] vector,
      int k,
      int accepted,
      Consumer<int[]> likely,
      Scratch scratch) {
    this.index = index;
    this.query = query;
    this.vector = vector;
    this.k = k;
    this.accepted = accepted;
    this.likely = likely;
    this.scratch = scratch;
    // Of so few nodes that there is no graph, hardly more are decided by vectors if none may be
    // lost.
    double lost = index.hasGraph() ? LOST_BY_CODES * (1 - query.recallTarget()) : 0;
    this.doubt = NormalDistribution.exceeded(lost);
  }

  VectorHits run() {
    boolean isExact = query.effort().isEmpty() && !(query.recallTarget() < 1);
    if (isExact || k == accepted) {
      return scanVectors();
    }
    scratch.code.prepare(vector);
    boolean ordinary = query.effort().isPresent() || isLikeCenter();
    SearchPlan plan = plan(ordinary);
    Optional<Graph> graph =
        plan instanceof SearchPlan.Scan ? Optional.empty() : index.links().forSearch();
    return graph.isPresent() ? inGraph(plan, ordinary, graph.get()) : scanCodes(0);
  }

  private VectorHits inGraph(SearchPlan plan, boolean ordinary, Graph graph) {
    boolean done = walk(plan, graph, descend(graph));
    if (ordinary && query.effort().isEmpty() && !isLikeBest()) {
      done = lookFurther(plan, graph, done);
    }
    return done ? found() : scanCodes(scratch.beam.scored());
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
  private boolean lookFurther(SearchPlan plan, Graph graph, boolean done) {
    SearchPlan strange = plan(false);
    if (plan instanceof SearchPlan.Walk(int width)) {
      SearchPlan second = new SearchPlan.Walk(Beam.SECOND_LOOK * width);
      if (second.isNarrowerThan(strange)) {
        boolean found = walk(second, graph, scratch.beam.closest());
        if (isLikeBest()) {
          return found;
        }
      }
    }
    return plan.isNarrowerThan(strange) ? walk(strange, graph, scratch.beam.closest()) : done;
  }

  private SearchPlan plan(boolean ordinary) {
    Calibration calibration = index.calibration();
    RecallCurve curve = ordinary ? calibration.ordinary() : calibration.strange();
    return SearchPlan.of(
        curve, index.rows().rows(), accepted, k, query.recallTarget(), query.effort());
  }

  private boolean isLikeCenter() {
    if (!index.hasGraph()) {
      return true;
    }
    Resemblance resemblance = index.calibration().resemblance();
    return resemblance.isLikeCenter(resemblance.ofCenter(metric(), math(), vector));
  }

  /** Whether the best that a walk met is as good as it is for queries that resemble the rows. */
  private boolean isLikeBest() {
    Resemblance resemblance = index.calibration().resemblance();
    Beam beam = scratch.beam;
    double score = scratch.code.least(beam.closest(), beam.closestScore());
    float length = index.codes().length(beam.closest());
    return resemblance.isLikeBest(resemblance.ofBest(metric(), math(), vector, length, score));
  }

  private Metric metric() {
    return index.space().metric();
  }

  private VectorMath math() {
    return index.space().math();
  }

  /**
   * Walks as planned.
   *
   * @return false when a scan is the better way
   */
  private boolean walk(SearchPlan plan, Graph graph, int entry) {
    return switch (plan) {
      case SearchPlan.Scan() -> false;
      case SearchPlan.Walk(int width) -> walk(graph, entry, width);
      case SearchPlan.FilteredWalk filtered ->
          scratch.beam.widenAccepting(
              scratch.code,
              graph.base(),
              entry,
              scratch.candidates,
              k,
              filtered.width(),
              filtered.enough(),
              filtered.share(),
              query.accept(),
              index.rows(),
              doubt,
              filtered.budget());
    };
  }

  private boolean walk(Graph graph, int entry, int width) {
    if (query.effort().isPresent()) {
      // Exactly the width that was asked for.
      scratch.beam.widen(scratch.code, graph.base(), entry, width);
      takeFound();
      return true;
    }
    return scratch.beam.widenDoubting(
        scratch.code,
        graph.base(),
        entry,
        scratch.candidates,
        k,
        width,
        doubt,
        SearchPlan.budget(accepted));
  }

  private int descend(Graph graph) {
    scratch.beam.start();
    int slot = 0;
    for (int level = graph.top(); level > 0; level--) {
      slot = scratch.beam.descend(graph, level, slot, scratch.code);
    }
    return graph.slotNodes()[slot];
  }

  private void takeFound() {
    Nearest nodes = scratch.beam.nearest();
    long[] keys = nodes.sort();
    scratch.candidates.reset(k);
    for (int i = 0; i < nodes.size(); i++) {
      offer(ScoreKey.row(keys[i]), ScoreKey.score(keys[i]));
    }
  }

  /** The best k rows of the nodes that the beam found; a scan when it found too few. */
  private VectorHits found() {
    decide();
    return scratch.top.size() == k ? hits(scratch.beam.scored()) : scanCodes(scratch.beam.scored());
  }

  /** Compares the codes of all nodes that are accepted. */
  private VectorHits scanCodes(int scoredBefore) {
    AcceptedNodes nodes = new AcceptedNodes(index.rows(), index.nodes(), query.accept());
    CodeQuery code = scratch.code;
    scratch.candidates.reset(k);
    int scored = scoredBefore;
    for (int size = Scratch.BATCH; size == Scratch.BATCH; scored += size) {
      scratch.checkCancelled.run();
      size = nodes.next(scratch.nodes);
      code.scores(scratch.nodes, size, scratch.scores);
      for (int i = 0; i < size; i++) {
        offer(scratch.nodes[i], scratch.scores[i]);
      }
    }
    decide();
    return hits(scored);
  }

  private void offer(int node, float estimate) {
    scratch.candidates.offer(node, estimate, doubt * scratch.code.deviation(node));
  }

  /**
   * Scores by their vectors what may be hits after their codes. Where that is many, the best of
   * them first, whose vectors then leave fewer of the others.
   */
  private void decide() {
    scratch.top.reset(k, accepted);
    int most = Math.max(FIRST, 4 * k);
    int[] nodes = scratch.candidates.likely();
    tell(nodes);
    if (nodes.length <= most) {
      decide(nodes);
    } else {
      decide(scratch.candidates.best(most));
      decide(scratch.candidates.others(kthScore() - scratch.code.base()));
    }
  }

  /** Tells which rows may be hits, unless they are many: those of a node may be. */
  private void tell(int[] nodes) {
    int[] rows = new int[MOST_TOLD];
    int count = 0;
    for (int node : nodes) {
      for (int place = index.rows().start(node); place < index.rows().end(node); place++) {
        int row = index.rows().row(place);
        if (query.accept().contains(row)) {
          if (count == rows.length) {
            return;
          }
          rows[count++] = row;
        }
      }
    }
    likely.accept(Arrays.copyOf(rows, count));
  }

  private void decide(int[] nodes) {
    scratch.vectors.offer(vector, nodes, nodes.length, query.accept(), scratch);
  }

  /** The k-th best score by vectors so far. */
  private float kthScore() {
    long[] best = scratch.top.best();
    return best.length < k ? Float.NEGATIVE_INFINITY : ScoreKey.score(best[k - 1]);
  }

  /** Compares the vectors of all nodes that are accepted. */
  private VectorHits scanVectors() {
    RowSet accept = query.accept();
    AcceptedNodes nodes = new AcceptedNodes(index.rows(), index.nodes(), accept);
    scratch.top.reset(k, accepted);
    int[] wave = scratch.wave();
    int scored = 0;
    for (int size = wave.length; size == wave.length; scored += size) {
      size = nodes.next(wave);
      scratch.vectors.offer(vector, wave, size, accept, scratch);
    }
    return hits(scored);
  }

  private VectorHits hits(int scored) {
    // Rows with the same vector were compared at once.
    return scratch.top.hits(Math.max(scored, scratch.top.size()));
  }
}
