package io.elacsym.index.hnsw.build;

import io.elacsym.index.hnsw.code.NodeCodes;
import io.elacsym.index.hnsw.graph.Calibration;
import io.elacsym.index.hnsw.graph.Graph;
import io.elacsym.index.hnsw.graph.RecallCurve;
import io.elacsym.index.hnsw.graph.Resemblance;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * Measures a {@link Calibration}, in two steps: with nodes that are not linked yet as queries,
 * which resemble the rows; and when all nodes are linked, with queries that may not, the {@link
 * Strangers}. What these ask for is often always the same few rows, on the outskirts of all:
 * whether the finished graph leads there is no matter of chance that a smaller graph could tell.
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

  private final LinkSpace space;
  private final NodeCodes codes;
  private final int linked;
  private final Workers workers;
  private final Runnable cancellation;
  private final QueryGroup heldOut;
  private final Resemblance resemblance;
  private final List<WidthSample> samples = new ArrayList<>();

  /**
   * The first step.
   *
   * @param codes of all nodes
   * @param graph in which the nodes 0 to {@code linked - 1} are linked, with lists as long as they
   *     will be stored; there are at least 100 of them, and at least one more that is not
   */
  Calibrator(
      LinkSpace space,
      NodeCodes codes,
      Graph graph,
      int linked,
      Workers workers,
      Runnable cancellation) {
    this.space = space;
    this.codes = codes;
    this.linked = linked;
    this.workers = workers;
    this.cancellation = cancellation;
    Trial trial = new Trial(space, codes, graph, linked, workers, heldOut(), cancellation);
    int[] all = IntStream.range(0, trial.queries()).toArray();
    heldOut = new QueryGroup(all);
    Resemblance unlimited = new Resemblance(space.center(), 0, 0);
    resemblance =
        new Resemblance(
            space.center(),
            least(Arrays.stream(all).mapToDouble(i -> trial.ofCenter(unlimited, i)).toArray()),
            least(Arrays.stream(all).mapToDouble(i -> trial.ofBest(unlimited, i)).toArray()));
    CurveMaker curve = new CurveMaker(growing());
    int width = FIRST_WIDTH;
    while (width > 0) {
      cancellation.run();
      WidthSample sample = trial.sample(width, all, Optional.of(resemblance));
      samples.add(sample);
      curve.add(sample, List.of(heldOut), sample, List.of());
      width = next(curve, width, GROWTH);
    }
  }

  /**
   * The second step.
   *
   * @param graph with all nodes
   */
  Calibration finish(Graph graph, long seed) {
    List<float[][]> kinds = new ArrayList<>();
    int each = Math.max(1, heldOut.members().length / ROWS_A_STRANGER);
    float[][] rows = new float[each][];
    Arrays.setAll(rows, i -> space.stored(i * (linked / each)));
    kinds.add(rows);
    kinds.add(heldOut().toArray(float[][]::new));
    kinds.addAll(Strangers.of(space, linked, each, seed));
    List<float[]> queries = kinds.stream().flatMap(Arrays::stream).toList();
    Trial trial =
        new Trial(space, codes, graph, space.vectors().count(), workers, queries, cancellation);
    IntPredicate resembles =
        i ->
            resemblance.isLikeCenter(trial.ofCenter(resemblance, i))
                && resemblance.isLikeBest(trial.ofBest(resemblance, i));
    List<int[]> members = new ArrayList<>();
    int from = 0;
    for (float[][] kind : kinds) {
      members.add(IntStream.range(from, from + kind.length).toArray());
      from += kind.length;
    }
    return new Calibration(
        ordinaryCurve(trial, groups(members, resembles)),
        strangeCurve(trial, groups(members, resembles.negate())),
        resemblance);
  }

  /** The queries of each kind that are wanted; those of kinds with few of them together. */
  private static List<QueryGroup> groups(List<int[]> kinds, IntPredicate wanted) {
    List<QueryGroup> groups = new ArrayList<>();
    List<Integer> rare = new ArrayList<>();
    for (int[] kind : kinds) {
      int[] members = Arrays.stream(kind).filter(wanted).toArray();
      if (members.length >= FEWEST) {
        groups.add(new QueryGroup(members));
      } else {
        Arrays.stream(members).forEach(rare::add);
      }
    }
    if (rare.size() >= FEWEST) {
      groups.add(new QueryGroup(rare.stream().mapToInt(Integer::intValue).toArray()));
    }
    return groups;
  }

  private RecallCurve ordinaryCurve(Trial trial, List<QueryGroup> groups) {
    int[] members = members(groups);
    CurveMaker curve = new CurveMaker(growing());
    int width = FIRST_WIDTH;
    for (int i = 0; width > 0; i++) {
      cancellation.run();
      // Held-out rows were measured until they found nearly all, or as much as a scan may cost.
      WidthSample leading = samples.get(Math.min(i, samples.size() - 1));
      curve.add(
          leading,
          List.of(heldOut),
          trial.sample(width, members, Optional.of(resemblance)),
          groups);
      width = next(curve, width, GROWTH);
    }
    return curve.curve();
  }

  private RecallCurve strangeCurve(Trial trial, List<QueryGroup> groups) {
    if (groups.isEmpty()) {
      return RecallCurve.NONE;
    }
    int[] members = members(groups);
    CurveMaker curve = new CurveMaker(STRANGE_WEIGHT);
    int width = FIRST_WIDTH;
    while (width > 0) {
      cancellation.run();
      WidthSample sample = trial.sample(width, members, Optional.empty());
      curve.add(sample, groups, sample, List.of());
      width = next(curve, width, STRANGE_GROWTH);
    }
    return curve.curve();
  }

  /** The next wider beam to measure, or 0. */
  private int next(CurveMaker curve, int width, double growth) {
    int widest = Math.max(100, Math.min(MAX_WIDTH, linked / 2));
    if (curve.isEnough(ENOUGH, PART * linked) || width >= widest || curve.isFull()) {
      return 0;
    }
    int wider = (int) Math.ceil(width * growth);
    // 100 itself is a point: the narrowest beam that can find 100.
    return width < 100 && wider > 100 ? 100 : Math.min(widest, wider);
  }

  /** How much more the finished graph misses, which has more nodes. */
  private double growing() {
    return (double) space.vectors().count() / linked;
  }

  private List<float[]> heldOut() {
    return IntStream.range(linked, space.vectors().count()).mapToObj(space::stored).toList();
  }

  private static int[] members(List<QueryGroup> groups) {
    return groups.stream().flatMapToInt(group -> Arrays.stream(group.members())).toArray();
  }

  /** The least that resembles some values. */
  private static float least(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    double least = sorted[0] - MARGIN * (sorted[sorted.length / 2] - sorted[0]);
    return Double.isNaN(least) || least < -Float.MAX_VALUE ? -Float.MAX_VALUE : (float) least;
  }
}
