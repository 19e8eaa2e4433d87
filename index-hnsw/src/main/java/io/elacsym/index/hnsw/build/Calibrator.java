package io.elacsym.index.hnsw.build;

import io.elacsym.api.index.ScoreKey;
import io.elacsym.api.index.TopK;
import io.elacsym.index.hnsw.graph.Beam;
import io.elacsym.index.hnsw.graph.Calibration;
import io.elacsym.index.hnsw.graph.Graph;
import io.elacsym.index.hnsw.graph.RecallCurve;
import io.elacsym.index.hnsw.graph.Resemblance;
import io.elacsym.index.hnsw.graph.VectorStore;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * Measures a {@link Calibration}: with nodes that are not linked yet as queries, which resemble the
 * rows, and with {@link Strangers}, which may not.
 */
final class Calibrator {
  private static final int FIRST_WIDTH = 10;
  private static final int MAX_WIDTH = 2048;
  private static final double GROWTH = 1.4;

  /** Strangers are measured at fewer widths, because they take wider beams. */
  private static final double STRANGE_GROWTH = 2;

  /** Recall beyond which no further width is measured. */
  private static final double ENOUGH = 0.9995;

  /** A beam that compares a larger part of the nodes is worth no more than a scan. */
  private static final double PART = 0.7;

  /** How many rows were held out for each stranger of a kind. */
  private static final int ROWS_A_STRANGER = 8;

  /**
   * How much a miss of a stranger counts: there are few of a kind, and of other kinds none at all.
   */
  private static final double STRANGE_WEIGHT = 3;

  /** Fewer queries of a kind are no measure of it. */
  private static final int FEWEST = 8;

  /**
   * How much worse than the worst of the held-out rows a query may be and still resemble them, as a
   * part of how much that one is worse than the median: of many queries like the rows some are
   * worse than the worst of a few.
   */
  private static final double MARGIN = 0.25;

  /** Vectors compared with several queries while they are in the cache. */
  private static final int BLOCK = 128;

  private static final int QUERIES_PER_BLOCK = 8;

  private final LinkSpace space;
  private final Graph graph;
  private final int linked;
  private final Workers workers;
  private final Beam[] beams;
  private final List<float[]> queries = new ArrayList<>();
  // Of each query the scores of its true nearest, 10th and 100th: what scores no less is a hit.
  private final float[] first;
  private final int[] nearest;
  private final float[] tenth;
  private final float[] hundredth;

  private Calibrator(
      LinkSpace space, Graph graph, int linked, Workers workers, List<float[][]> groups) {
    this.space = space;
    this.graph = graph;
    this.linked = linked;
    this.workers = workers;
    this.beams = new Beam[workers.count()];
    Arrays.setAll(beams, worker -> new Beam(linked, graph.base().stride()));
    for (float[][] group : groups) {
      queries.addAll(Arrays.asList(group));
    }
    first = new float[queries.size()];
    nearest = new int[queries.size()];
    tenth = new float[queries.size()];
    hundredth = new float[queries.size()];
  }

  /**
   * @param graph in which the nodes 0 to {@code linked - 1} are linked, with lists as long as they
   *     will be stored; there are at least 100 of them, and at least one more that is not
   */
  static Calibration measure(
      LinkSpace space, Graph graph, int linked, Workers workers, long seed, Runnable cancellation) {
    float[][] heldOut = new float[space.vectors().count() - linked][];
    Arrays.setAll(heldOut, i -> space.stored(linked + i));
    int each = Math.max(1, heldOut.length / ROWS_A_STRANGER);
    float[][] rows = new float[each][];
    Arrays.setAll(rows, i -> space.stored(i * (linked / each)));
    List<float[][]> groups = new ArrayList<>(List.of(heldOut, rows));
    groups.addAll(Strangers.of(space, linked, each, seed));
    return new Calibrator(space, graph, linked, workers, groups).measure(groups, cancellation);
  }

  private Calibration measure(List<float[][]> groups, Runnable cancellation) {
    float[][] asked = new float[queries.size()][];
    Arrays.setAll(asked, i -> space.query(queries.get(i)));
    findTruth(asked);
    double[] ofCenter = new double[asked.length];
    double[] ofBest = new double[asked.length];
    Resemblance unlimited = new Resemblance(space.center(), 0, 0);
    for (int i = 0; i < asked.length; i++) {
      float[] query = queries.get(i);
      ofCenter[i] = unlimited.ofCenter(space.metric(), space.math(), query);
      ofBest[i] = ofBest(unlimited, i, nearest[i], first[i]);
    }
    int heldOut = groups.getFirst().length;
    Resemblance resemblance =
        new Resemblance(space.center(), least(ofCenter, heldOut), least(ofBest, heldOut));

    List<QueryGroup> ordinary = new ArrayList<>();
    List<QueryGroup> strange = new ArrayList<>();
    int from = 0;
    for (float[][] group : groups) {
      int[] all = IntStream.range(from, from + group.length).toArray();
      IntPredicate resembles =
          i -> resemblance.isLikeCenter(ofCenter[i]) && resemblance.isLikeBest(ofBest[i]);
      int[] inside = Arrays.stream(all).filter(resembles).toArray();
      int[] outside = Arrays.stream(all).filter(resembles.negate()).toArray();
      if (from == 0 || inside.length >= FEWEST) {
        ordinary.add(new QueryGroup(from == 0 ? all : inside, from == 0));
      }
      if (from > 0 && outside.length >= FEWEST) {
        strange.add(new QueryGroup(outside, true));
      }
      from += group.length;
    }
    // The finished graph has more nodes, of which the same beam misses more.
    double growing = (double) space.vectors().count() / linked;
    return new Calibration(
        curve(asked, ordinary, growing, GROWTH, Optional.of(resemblance), cancellation),
        strange.isEmpty()
            ? RecallCurve.NONE
            : curve(asked, strange, STRANGE_WEIGHT, STRANGE_GROWTH, Optional.empty(), cancellation),
        resemblance);
  }

  private RecallCurve curve(
      float[][] asked,
      List<QueryGroup> groups,
      double weight,
      double growth,
      Optional<Resemblance> likeRows,
      Runnable cancellation) {
    int[] members = groups.stream().flatMapToInt(group -> Arrays.stream(group.members())).toArray();
    CurveMaker curve = new CurveMaker(groups, weight);
    int width = FIRST_WIDTH;
    int widest = Math.max(100, Math.min(MAX_WIDTH, linked / 2));
    while (true) {
      cancellation.run();
      curve.add(sample(width, members, asked, likeRows));
      if (curve.isEnough(ENOUGH, PART * linked) || width >= widest || curve.isFull()) {
        return curve.curve();
      }
      int wider = (int) Math.ceil(width * growth);
      // 100 itself is a point: the narrowest beam that can find 100.
      width = width < 100 && wider > 100 ? 100 : Math.min(widest, wider);
    }
  }

  /** The least that resembles the first {@code count} values. */
  private static float least(double[] values, int count) {
    double[] sorted = Arrays.copyOf(values, count);
    Arrays.sort(sorted);
    double least = sorted[0] - MARGIN * (sorted[count / 2] - sorted[0]);
    return Double.isNaN(least) || least < -Float.MAX_VALUE ? -Float.MAX_VALUE : (float) least;
  }

  private void findTruth(float[][] asked) {
    VectorStore vectors = space.vectors();
    int blocks = (asked.length + QUERIES_PER_BLOCK - 1) / QUERIES_PER_BLOCK;
    workers.loop(
        blocks,
        (worker, block) -> {
          int from = block * QUERIES_PER_BLOCK;
          int to = Math.min(asked.length, from + QUERIES_PER_BLOCK);
          TopK[] best = new TopK[to - from];
          Arrays.setAll(best, i -> new TopK(100, linked));
          for (int start = 0; start < linked; start += BLOCK) {
            int end = Math.min(linked, start + BLOCK);
            for (int query = from; query < to; query++) {
              for (int node = start; node < end; node++) {
                best[query - from].offer(vectors.score(asked[query], 0, node), node);
              }
            }
          }
          for (int query = from; query < to; query++) {
            long[] keys = best[query - from].best();
            nearest[query] = ScoreKey.row(keys[0]);
            first[query] = ScoreKey.score(keys[0]);
            tenth[query] = ScoreKey.score(keys[9]);
            hundredth[query] = ScoreKey.score(keys[99]);
          }
        });
  }

  private WidthSample sample(
      int width, int[] members, float[][] asked, Optional<Resemblance> likeRows) {
    WidthSample sample = new WidthSample(width, asked.length);
    workers.loop(
        members.length,
        (worker, index) -> {
          int query = members[index];
          Beam beam = beams[worker];
          beam.start();
          int slot = 0;
          for (int level = graph.top(); level > 0; level--) {
            slot = beam.descend(graph, level, slot, asked[query], 0);
          }
          walk(beam, graph.slotNodes()[slot], asked[query], width);
          if (likeRows.isPresent()) {
            double ofBest = ofBest(likeRows.get(), query, beam.closest(), beam.closestScore());
            if (!likeRows.get().isLikeBest(ofBest)) {
              // A search does the same.
              walk(beam, beam.closest(), asked[query], Beam.SECOND_LOOK * width);
            }
          }
          long[] found = beam.nearest().sort();
          int size = beam.nearest().size();
          sample.scored()[query] = beam.scored();
          sample.hits1()[query] = within(found, Math.min(size, 1), first[query]);
          sample.hits10()[query] = within(found, Math.min(size, 10), tenth[query]);
          sample.hits100()[query] =
              width < 100 ? 0 : within(found, Math.min(size, 100), hundredth[query]);
        });
    return sample;
  }

  private void walk(Beam beam, int entry, float[] query, int width) {
    beam.widen(space.vectors(), graph.base(), entry, query, 0, width);
  }

  /** How near a node is to a query, as {@link Resemblance} has it. */
  private double ofBest(Resemblance resemblance, int query, int node, float score) {
    float[] vector = queries.get(query);
    return resemblance.ofBest(
        space.metric(), space.math(), vector, space.stored(node), 0, score + space.offset(vector));
  }

  private static int within(long[] found, int size, float least) {
    int hits = 0;
    while (hits < size && ScoreKey.score(found[hits]) >= least) {
      hits++;
    }
    return hits;
  }
}
