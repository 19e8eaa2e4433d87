package io.elacsym.index.ivf.search;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.index.ScoreKey;
import io.elacsym.api.index.TopK;
import io.elacsym.api.index.VectorHits;
import io.elacsym.api.index.VectorQuery;
import io.elacsym.index.codes.Candidates;
import io.elacsym.index.codes.Similarity;
import io.elacsym.index.ivf.blob.v1.BlobHead;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/**
 * One search. Mostly two waves of reads: lists, then the vectors of what may be hits after their
 * codes. One more for further lists, where what was found shows that the first ones were too few.
 * For one thread.
 */
final class IvfSearch {
  /**
   * With at most this many accepted items, all are scored: choosing lists would cost more than it
   * saves.
   */
  private static final int ALWAYS_ALL = 4096;

  /** With at most this many accepted items they are scored by their vectors at once. */
  private static final int ALWAYS_EXACT = 256;

  /**
   * With a filter, only this share of the items that could be left out may be left out. The recall
   * curve was measured without a filter, and accepted items are not a random sample of all.
   */
  private static final double FILTERED = 0.5;

  /**
   * A prediction that was wrong by so little is no reason for one more wave of reads: this many
   * times what may be left out is left out.
   */
  private static final double TOLERATED = 1.5;

  private final BlobHead head;
  private final ListReads reads;
  private final ItemVectors itemVectors;
  private final HeldLists<List<VectorRun>> held;
  private final VectorQuery query;
  private final Consumer<int[]> likely;
  private final Runnable checkCancelled;
  private final Similarity similarity;
  private final float[] vector;
  private final Accepted accepted;
  private final int k;

  IvfSearch(
      BlobHead head,
      ListReads reads,
      ItemVectors itemVectors,
      HeldLists<List<VectorRun>> held,
      Similarity similarity,
      VectorQuery query,
      Consumer<int[]> likely,
      Runnable checkCancelled) {
    this.checkCancelled = checkCancelled;
    this.head = head;
    this.reads = reads;
    this.itemVectors = itemVectors;
    this.held = held;
    this.query = query;
    this.likely = likely;
    this.similarity = similarity;
    this.vector = similarity.prepare(query.vector());
    this.accepted = Accepted.of(head, query.accept());
    this.k = Math.min(query.k(), accepted.total());
  }

  VectorHits run() {
    if (k == 0) {
      return new VectorHits(new int[0], new float[0], 0);
    }
    if (isExact()) {
      return exact();
    }
    SpaceQuery placed = SpaceQuery.of(vector, head.space(), similarity);
    ScoreModel model =
        ScoreModel.of(head.table(), placed, head.curve().spread(), chosen(accepted.counts()));
    if (!model.isUsable()) {
      return exact();
    }
    if (head.quantizer().shape().isEmpty()) {
      VectorScan vectors = vectors(accepted.total());
      visit(placed, model, vectors);
      return hits(vectors.top(), vectors.scored());
    }
    Candidates candidates = new Candidates(k, query.bar());
    CodeScan codes =
        new CodeScan(
            head,
            reads,
            placed,
            accepted,
            candidates,
            Doubt.at(query.recallTarget()),
            checkCancelled);
    visit(placed, model, codes);
    return hits(ranked(candidates.likely()), codes.scored());
  }

  /** Whether there is nothing to choose, or the caller wants no choice. */
  private boolean isExact() {
    boolean few = accepted.total() <= Math.max(ALWAYS_EXACT, k);
    return head.table().lists() == 1
        || (query.effort().isEmpty() && (query.recallTarget() >= 1 || few));
  }

  private VectorHits exact() {
    VectorScan vectors = vectors(accepted.total());
    vectors.visit(Visit.all(accepted));
    return hits(vectors.top(), vectors.scored());
  }

  private VectorScan vectors(int offers) {
    return new VectorScan(
        vector, similarity, head, itemVectors, held, accepted, k, offers, checkCancelled);
  }

  /** Numbers of items without those of the lists that are visited anyway. */
  private int[] chosen(int[] counts) {
    int[] chosen = counts.clone();
    Arrays.fill(chosen, 0, head.footer().always(), 0);
    return chosen;
  }

  /** Scores the items of the lists that are worth it. */
  private void visit(SpaceQuery placed, ScoreModel model, Scan scan) {
    boolean forced = query.effort().isPresent();
    float bar = query.bar().score();
    double allowed = allowed(model, bar, true);
    if (!forced && (allowed == 0 || accepted.total() <= ALWAYS_ALL)) {
      scan.visit(Visit.all(accepted));
      return;
    }
    float predicted = Math.max(model.kthScore(k), bar);
    int[] order = model.promising(predicted);
    int first = forced ? query.effort().getAsInt() : until(order, model, predicted, allowed);
    int[] lists =
        Visit.union(
            Visit.first(first, order, accepted, k), Visit.always(head.footer().always(), accepted));
    boolean filtered = accepted.total() < head.footer().count();
    if (filtered && !forced) {
      lists = Visit.union(lists, unfiltered(model, bar, allowed));
    }
    scan.visit(lists);
    if (!forced && lists.length < order.length + head.footer().always()) {
      // By now other segments may have raised it. It is the score of a hit of theirs, so the best
      // hit of all is as good.
      float reached = query.bar().score();
      float best = Math.max(scan.score(1), reached);
      float low = Math.max(scan.score(k), reached);
      boolean like = placed.likeness(best) >= head.curve().boundary();
      scan.visit(more(lists, model, best, low, filtered, allowed(model, reached, like)));
    }
  }

  /**
   * Which share of the items expected above the k-th score may be left out. Where the bar leaves
   * fewer than k hits to this segment, it is that of so many fewer.
   *
   * @param like whether the query looks like the rows
   */
  private double allowed(ScoreModel model, float bar, boolean like) {
    double filtered = accepted.total() < head.footer().count() ? FILTERED : 1;
    int sought = k;
    if (bar > Float.NEGATIVE_INFINITY) {
      float[] expected = model.expectedBetween(bar, Float.POSITIVE_INFINITY);
      sought = (int) Math.clamp(Math.ceil(ScoreModel.sum(expected)), 1, k);
    }
    return head.curve().leftAt(query.recallTarget(), sought, like) * filtered;
  }

  /**
   * The lists that a search without the filter would visit, as far as they have accepted items. The
   * filter may accept the best items of each list; then these are the lists to look into, although
   * few of their items are accepted.
   */
  private int[] unfiltered(ScoreModel model, float bar, double allowed) {
    int[] counts = accepted.counts();
    int[] sizes = new int[counts.length];
    Arrays.setAll(sizes, list -> counts[list] == 0 ? 0 : head.table().size(list));
    ScoreModel all = model.withAccepted(chosen(sizes));
    float predicted = Math.max(all.kthScore(k), bar);
    int[] order = all.promising(predicted);
    return Arrays.copyOf(order, until(order, all, predicted, allowed));
  }

  /** How many lists of an order to visit so that those left promise no more than is allowed. */
  private static int until(int[] order, ScoreModel model, float predicted, double allowed) {
    float[] expected = model.expectedBetween(predicted, Float.POSITIVE_INFINITY);
    return Visit.until(allowed * ScoreModel.sum(expected), order, expected);
  }

  /**
   * More lists to visit now that the k-th score is known: those left out must not promise more
   * items above it than they may. They do when the prediction was wrong, as for a query that is
   * unlike the rows, or for a filter that has not accepted the best items of the lists visited.
   *
   * <p>Under a filter, items much better than the best one found are not expected: if the filter
   * accepts only what is unlike the query, hits are all about as good, and lie in lists where
   * scores of that size are, not in those that the query is close to.
   *
   * @param best the best score found
   * @param low the score that hits reach
   */
  private int[] more(
      int[] visited, ScoreModel model, float best, float low, boolean filtered, double allowed) {
    if (allowed == 0) {
      return model.possible(low, visited);
    }
    float width = Math.max(best - low, model.deviation(visited[0]) / 2);
    float high = filtered ? best + width : Float.POSITIVE_INFINITY;
    float[] expected = model.expectedBetween(low, high);
    double whole = ScoreModel.sum(expected);
    for (int list : visited) {
      expected[list] = 0;
    }
    double missed = allowed * whole;
    return ScoreModel.sum(expected) <= TOLERATED * missed
        ? new int[0]
        : Visit.leaving(missed, expected);
  }

  /** Ranks items by their vectors. */
  private TopK ranked(int[] items) {
    likely.accept(Arrays.stream(items).map(head::row).toArray());
    VectorScan scan = vectors(items.length);
    scan.score(items);
    return scan.top();
  }

  private VectorHits hits(TopK top, int scored) {
    if (top.size() < k && query.bar().score() == Float.NEGATIVE_INFINITY) {
      throw ElacsymException.corrupt(
          "this is no ivf index: its codes leave " + top.size() + " of " + k + " hits");
    }
    if (head.rowNumbers().length == 0) {
      return top.hits(scored);
    }
    // Equal scores must be in row order, and items are in another order: sort again by row.
    long[] best = top.best();
    for (int i = 0; i < best.length; i++) {
      best[i] = ScoreKey.of(ScoreKey.score(best[i]), head.row(ScoreKey.row(best[i])));
    }
    Arrays.sort(best);
    return VectorHits.of(best, best.length, scored);
  }
}
