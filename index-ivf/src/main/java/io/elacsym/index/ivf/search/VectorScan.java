package io.elacsym.index.ivf.search;

import io.elacsym.api.index.ScoreKey;
import io.elacsym.api.index.TopK;
import io.elacsym.index.codes.Similarity;
import io.elacsym.index.ivf.blob.v1.BlobHead;
import io.elacsym.index.ivf.blob.v1.ListTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Scores items by their vectors, exactly. */
final class VectorScan implements Scan {
  /** Items that one call of the kernel scores. */
  private static final int PART = 256;

  /**
   * When at least one in this many of some consecutive items is accepted, all of them are scored:
   * the kernel is fast on long runs, and scores of other items are dropped.
   */
  private static final int DENSE = 3;

  private final float[] query;
  private final Similarity similarity;
  private final ListTable table;
  private final ItemVectors vectors;
  private final HeldLists<List<VectorRun>> held;
  private final boolean holding;
  private final Accepted accepted;
  private final TopK top;
  private final Runnable checkCancelled;
  private final int waveItems;
  private final float[] scores = new float[PART];
  private final Map<Integer, List<VectorRun>> whole = new HashMap<>();
  private int[] wave = {};
  private int waiting;
  private int scored;

  /**
   * @param query as {@link Similarity#prepare} left it
   * @param offers how many items will be accepted, at most
   */
  VectorScan(
      float[] query,
      Similarity similarity,
      BlobHead head,
      ItemVectors vectors,
      HeldLists<List<VectorRun>> held,
      Accepted accepted,
      int k,
      int offers,
      Runnable checkCancelled) {
    this.query = query;
    this.similarity = similarity;
    this.table = head.table();
    this.vectors = vectors;
    this.held = held;
    // Where there are codes, all of a list's vectors are rarely asked for.
    this.holding = head.quantizer().shape().isEmpty() && vectors.keepsOrder(table);
    this.accepted = accepted;
    this.top = new TopK(k, offers);
    this.checkCancelled = checkCancelled;
    this.waveItems = (int) Math.max(1, ListReads.WAVE_BYTES / ((long) Float.BYTES * query.length));
  }

  TopK top() {
    return top;
  }

  @Override
  public void visit(int[] lists) {
    int[] inOrder = lists.clone();
    Arrays.sort(inOrder);
    for (int list : inOrder) {
      Optional<List<VectorRun>> runs = held.find(list);
      if (runs.isPresent()) {
        runs.get().forEach(this::score);
        continue;
      }
      if (holding && accepted.counts()[list] * DENSE >= table.size(list)) {
        whole.put(list, new ArrayList<>());
      }
      int end = table.first()[list + 1];
      for (int from = table.first()[list]; from < end; from += PART) {
        add(from, Math.min(end, from + PART), whole.containsKey(list));
      }
    }
    readWave();
    whole.forEach(held::hold);
    whole.clear();
  }

  private void add(int from, int to, boolean all) {
    boolean dense = all || accepted.items().cardinality(from, to) * DENSE >= to - from;
    int item = dense ? from : accepted.items().next(from);
    while (item >= 0 && item < to) {
      if (waiting == waveItems) {
        readWave();
      }
      if (waiting == wave.length) {
        wave = Arrays.copyOf(wave, Math.min(waveItems, 2 * wave.length + PART));
      }
      wave[waiting++] = item;
      item = dense ? item + 1 : accepted.items().next(item + 1);
    }
  }

  private void readWave() {
    vectors.read(
        Arrays.copyOf(wave, waiting),
        run -> {
          keep(run);
          score(run);
        });
    waiting = 0;
  }

  /** Keeps what a run has of lists that are read whole. */
  private void keep(VectorRun run) {
    int from = run.from();
    while (!whole.isEmpty() && from < run.to()) {
      int list = table.listOf(run.items()[from]);
      int to = from + 1;
      while (to < run.to() && run.items()[to] < table.first()[list + 1]) {
        to++;
      }
      List<VectorRun> kept = whole.get(list);
      if (kept != null) {
        kept.add(run.part(from, to, query.length));
      }
      from = to;
    }
  }

  /**
   * Reads items in one wave and scores the accepted ones.
   *
   * @param items ascending and distinct
   */
  void score(int[] items) {
    vectors.read(items, this::score);
  }

  private void score(VectorRun run) {
    checkCancelled.run();
    long stride = (long) Float.BYTES * query.length;
    for (int part = run.from(); part < run.to(); part += PART) {
      int end = Math.min(run.to(), part + PART);
      long at = run.offset() + stride * (part - run.from());
      similarity.scores(query, run.vectors(), at, end - part, scores);
      offer(run.items(), part, end);
    }
  }

  private void offer(int[] items, int from, int to) {
    float threshold = top.threshold();
    for (int i = from; i < to; i++) {
      float score = scores[i - from];
      if (accepted.contains(items[i])) {
        scored++;
        if (!(score < threshold)) {
          top.offer(score, items[i]);
          threshold = top.threshold();
        }
      }
    }
  }

  @Override
  public float score(int rank) {
    long[] best = top.best();
    return best.length < rank ? Float.NEGATIVE_INFINITY : ScoreKey.score(best[rank - 1]);
  }

  @Override
  public int scored() {
    return scored;
  }
}
