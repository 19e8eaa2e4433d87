package io.elacsym.index.ivf.search;

import io.elacsym.api.blob.BlobSource;
import io.elacsym.api.index.ScoreKey;
import io.elacsym.api.index.TopK;
import io.elacsym.api.index.VectorHits;
import io.elacsym.api.index.VectorQuery;
import io.elacsym.index.ivf.blob.v1.BlobHead;
import io.elacsym.index.ivf.quantizer.Flat;
import io.elacsym.index.ivf.quantizer.Quantizer;
import io.elacsym.index.ivf.quantizer.Similarity;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * One search. At most two waves of reads: lists, then the vectors of the best codes, or of whole
 * lists where codes say too little. A filter that works against the query can cost one more. For
 * one thread.
 */
final class IvfSearch {
  /**
   * With at most this many accepted items, all are scored: choosing lists would cost more than it
   * saves.
   */
  private static final int ALWAYS_ALL = 4096;

  /**
   * When fewer than one in this many items of a list are accepted, only the accepted ones are read
   * and not the whole list.
   */
  private static final int SPARSE = 8;

  /**
   * Accepted items of a list that are at most this many bytes apart are read as one range: reading
   * the unwanted bytes between them costs less than another range.
   */
  private static final int GAP_BYTES = 4096;

  /**
   * When at least one in this many of some consecutive items is accepted, all of them are scored:
   * the kernel is fast on long runs, and scores of other items are dropped.
   */
  private static final int DENSE = 3;

  /**
   * With a filter, only this share of the hits that could be missed may be missed. The recall curve
   * was measured without a filter, and accepted items are not a random sample of all.
   */
  private static final double FILTERED = 0.7;

  /** Items that one call of the kernel scores. */
  private static final int PART = 512;

  /**
   * A code's score has an error. An item counts as a possible hit when its score is at most this
   * many standard deviations of the error below the score of the k-th best.
   */
  private static final double DOUBT = 4;

  /**
   * How many codes are kept beyond twice k. Far fewer are doubtful, mostly; but a filter that
   * accepts only what is unlike the query leaves hundreds with nearly one score.
   */
  private static final int KEPT = 1024;

  private final BlobHead head;
  private final BlobSource source;
  private final Similarity similarity;
  private final HeldLists held;
  private final VectorQuery query;
  private final Consumer<int[]> likely;
  private final Runnable checkCancelled;
  private final float[] vector;
  private final Accepted accepted;
  private final int k;
  private final float[] scores = new float[PART];
  private int scored;

  IvfSearch(
      BlobHead head,
      BlobSource source,
      Similarity similarity,
      HeldLists held,
      VectorQuery query,
      Consumer<int[]> likely,
      Runnable checkCancelled) {
    this.checkCancelled = checkCancelled;
    this.head = head;
    this.source = source;
    this.similarity = similarity;
    this.held = held;
    this.query = query;
    this.likely = likely;
    this.vector = similarity.prepare(query.vector());
    this.accepted = Accepted.of(head, query.accept());
    this.k = Math.min(query.k(), accepted.total());
  }

  VectorHits run() {
    if (k == 0) {
      return new VectorHits(new int[0], new float[0], 0);
    }
    Quantizer.Scanner vectors = new Flat().scanner(vector, similarity);
    ScoreModel model =
        ScoreModel.of(head.table(), similarity, head.curve().spread(), vector, accepted.counts());
    Quantizer.Scanner scanner = head.quantizer().scanner(vector, similarity);
    boolean asked = query.effort().isEmpty() && query.recallTarget() >= 1;
    if (asked || !model.isUsable() || !Double.isFinite(scanner.error())) {
      TopK top = new TopK(k, accepted.total());
      scan(Visit.all(accepted), vectors, top);
      return hits(top);
    }
    // Codes rank only roughly. So more of them are kept than hits are wanted, and those that may be
    // hits are ranked by their vectors.
    TopK top =
        new TopK(
            scanner.exact() ? k : (int) Math.min(accepted.total(), 2L * k + KEPT),
            accepted.total());
    int[] visited = visit(model, scanner, top);
    return hits(scanner.exact() ? top : ranked(visited, top, scanner, vectors));
  }

  /** Scores the items of the lists that are worth it; returns these lists. */
  private int[] visit(ScoreModel model, Quantizer.Scanner scanner, TopK top) {
    double missed = missed();
    boolean all = missed == 0 || accepted.total() <= Math.max(ALWAYS_ALL, k);
    if (all && query.effort().isEmpty()) {
      int[] lists = Visit.all(accepted);
      scan(lists, scanner, top);
      return lists;
    }
    float predicted = model.kthScore(k);
    int[] order = model.promising(predicted);
    int first = query.effort().orElseGet(() -> Visit.until(missed, order, model, predicted));
    int[] lists = Visit.first(first, order, accepted, k);
    boolean filtered = query.effort().isEmpty() && !accepted.isAll();
    if (filtered) {
      lists = Visit.union(lists, unfiltered(model, missed));
    }
    scan(lists, scanner, top);
    if (!filtered || lists.length == order.length) {
      return lists;
    }
    float found = ScoreKey.score(top.best()[k - 1]);
    if (predicted - found <= head.curve().surprise() * model.deviation(order[0])) {
      return lists;
    }
    int[] more = more(lists, model, found);
    scan(more, scanner, top);
    return Visit.union(lists, more);
  }

  /** How many of the predicted hits may be missed, for this recall target, k and filter. */
  private double missed() {
    // The curve was measured for k = 3 and more. For smaller k, scores are predicted less well, so
    // less may be missed.
    double few = Math.min(1, (k + 1) / 4.0);
    double filtered = accepted.isAll() ? 1 : FILTERED;
    return head.curve().missedAt(query.recallTarget()) * k * few * filtered;
  }

  /**
   * The lists that a search without the filter would visit, as far as they have accepted items. The
   * filter may accept the best items of each list; then these are the lists to look into, although
   * few of their items are accepted.
   */
  private int[] unfiltered(ScoreModel model, double missed) {
    int[] counts = accepted.counts();
    int[] sizes = new int[counts.length];
    Arrays.setAll(sizes, list -> counts[list] == 0 ? 0 : head.table().size(list));
    ScoreModel all = model.withAccepted(sizes);
    float predicted = all.kthScore(k);
    int[] order = all.promising(predicted);
    return Arrays.copyOf(order, Visit.until(missed, order, all, predicted));
  }

  /**
   * More lists to visit, because the k-th hit turned out to score only {@code score}, which is less
   * than predicted. So the filter has not accepted the best items of the lists visited. The lists
   * that promise items of about this score are added.
   */
  private int[] more(int[] visited, ScoreModel model, float score) {
    boolean[] done = new boolean[head.table().lists()];
    for (int list : visited) {
      done[list] = true;
    }
    int[] left = Arrays.stream(model.promising(score)).filter(list -> !done[list]).toArray();
    double missed = head.curve().leftAt(query.recallTarget()) * model.expectedAbove(score);
    return Arrays.copyOf(left, Visit.until(missed, left, model, score));
  }

  /** Scores the accepted items of some lists; reads those not held in one wave. */
  private void scan(int[] lists, Quantizer.Scanner scanner, TopK top) {
    boolean codes = !scanner.exact();
    boolean holding = codes || head.footer().stride() == 0;
    Runs runs = new Runs(codes ? head.footer().codesOffset() : 0, scanner.stride());
    int[] sorted = lists.clone();
    Arrays.sort(sorted);
    for (int list : sorted) {
      int first = head.table().first()[list];
      int size = head.table().size(list);
      Optional<MemorySegment> items = holding ? held.find(list) : Optional.empty();
      if (items.isPresent()) {
        scan(first, size, items.get(), 0, scanner, top);
      } else if (accepted.counts()[list] * SPARSE < size) {
        addAccepted(first, size, GAP_BYTES / scanner.stride(), runs);
      } else {
        runs.add(first, size);
      }
    }
    if (runs.isEmpty()) {
      return;
    }
    for (Runs.Run run : runs.read(source)) {
      scan(run.first(), run.count(), run.bytes(), run.offset(), scanner, top);
      if (holding) {
        hold(run, scanner.stride());
      }
    }
  }

  private void addAccepted(int first, int size, int gap, Runs runs) {
    for (int item = first; item < first + size; item++) {
      if (accepted.contains(item)) {
        runs.addNear(item, 1, gap);
      }
    }
  }

  /** Keeps the bytes of a run in memory if the run is exactly one list. */
  private void hold(Runs.Run run, int stride) {
    int list = Arrays.binarySearch(head.table().first(), run.first());
    if (list >= 0 && head.table().size(list) == run.count()) {
      held.hold(list, run.bytes().asSlice(run.offset(), (long) stride * run.count()));
    }
  }

  private void scan(
      int first, int count, MemorySegment bytes, long offset, Quantizer.Scanner scanner, TopK top) {
    for (int from = 0; from < count; from += PART) {
      checkCancelled.run();
      int size = Math.min(PART, count - from);
      long at = offset + (long) scanner.stride() * from;
      int wanted = accepted.count(first + from, size);
      if (wanted * DENSE >= size) {
        scanner.scores(bytes, at, size, scores);
        scored += size;
        offer(first + from, size, wanted == size, top);
      } else if (wanted > 0) {
        scanRuns(first + from, size, bytes, at, scanner, top);
      }
    }
  }

  private void offer(int first, int count, boolean all, TopK top) {
    float threshold = top.threshold();
    for (int i = 0; i < count; i++) {
      if (!(scores[i] < threshold) && (all || accepted.contains(first + i))) {
        top.offer(scores[i], first + i);
        threshold = top.threshold();
      }
    }
  }

  /** Scores run by run: neighbours that are both accepted go to the kernel together. */
  private void scanRuns(
      int first, int count, MemorySegment bytes, long offset, Quantizer.Scanner scanner, TopK top) {
    int end = first + count;
    int item = first;
    while (item < end) {
      if (!accepted.contains(item)) {
        item++;
        continue;
      }
      int from = item;
      do {
        item++;
      } while (item < end && accepted.contains(item));
      scanner.scores(bytes, offset + (long) scanner.stride() * (from - first), item - from, scores);
      scored += item - from;
      offer(from, item - from, true, top);
    }
  }

  /**
   * Ranks by their vectors those items that, after the scores of their codes, may be among the best
   * k. When they are more than were kept, the codes say too little, as they do where one component
   * of one row has stretched their range: then the visited lists are scored by their vectors.
   */
  private TopK ranked(
      int[] visited, TopK found, Quantizer.Scanner codes, Quantizer.Scanner vectors) {
    long[] best = found.best();
    double least = ScoreKey.score(best[k - 1]) - DOUBT * codes.error();
    int count = k;
    while (count < best.length && ScoreKey.score(best[count]) >= least) {
      count++;
    }
    if (count == best.length && count < acceptedIn(visited)) {
      TopK exact = new TopK(k, accepted.total());
      scan(visited, vectors, exact);
      return exact;
    }
    int[] items = new int[count];
    Arrays.setAll(items, i -> ScoreKey.row(best[i]));
    Arrays.sort(items);
    Runs runs = new Runs(0, vectors.stride());
    for (int item : items) {
      runs.add(item, 1);
    }
    likely.accept(Arrays.stream(items).map(head::row).toArray());
    TopK top = new TopK(k, count);
    for (Runs.Run run : runs.read(source)) {
      vectors.scores(run.bytes(), run.offset(), 1, scores);
      top.offer(scores[0], run.first());
    }
    return top;
  }

  private int acceptedIn(int[] lists) {
    return Arrays.stream(lists).map(list -> accepted.counts()[list]).sum();
  }

  private VectorHits hits(TopK top) {
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
