package io.elacsym.tck.index;

import io.elacsym.api.index.Metric;
import io.elacsym.tck.Check;
import io.elacsym.tck.Profile;
import io.elacsym.tck.Seed;
import io.elacsym.tck.index.ZooCell.Group;
import io.elacsym.tck.index.zoo.QueryShape;
import io.elacsym.tck.index.zoo.RowShape;
import java.util.ArrayList;
import java.util.List;

/**
 * Recall by metric, k, target and filter on segments of clustered rows, measured as in the
 * {@linkplain VectorZooContract zoo}: a mean that is below its target by chance does not fail.
 */
record VectorTargetChecks(VectorIndexes indexes, ClusteredIndexes clustered) {
  /** So few that an index may find it not worth while to choose, or to find out how it should. */
  private static final List<Integer> FEW_ROWS = List.of(300, 1500, 4000);

  private static final double[] TARGETS = {0.8, 0.9, 0.95, 0.99, 0.999};
  private static final double[] QUICK_TARGETS = {0.99, 0.999};
  private static final int[] KS = {1, 10, 100, 1000};
  private static final int QUERIES = 40;

  /** Under them an index has to look further than without. */
  private static final List<ZooFilter> FILTERS =
      List.of(ZooFilter.A_RANDOM_TENTH, ZooFilter.THE_HALF_LEAST_LIKE_IT);

  List<Check> checks() {
    List<Check> checks = new ArrayList<>();
    for (Metric metric : Metric.values()) {
      checks.add(
          Check.of(
              "recall reaches every target for every k, with and without filters, " + metric.id(),
              () -> check(metric)));
    }
    checks.add(Check.of("recall reaches every target on segments of few rows", this::fewRows));
    return checks;
  }

  private void fewRows() {
    ZooFailures failures = new ZooFailures();
    List<Metric> metrics = List.of(Metric.values());
    int one = (int) Math.floorMod(Seed.current(), (long) metrics.size());
    RowShape shape = ClusteredIndexes.shape();
    for (Metric metric : Profile.current().pick(List.of(metrics.get(one)), metrics)) {
      for (int rows : FEW_ROWS) {
        RowShape few = new RowShape("few " + shape.name(), rows, shape.dimension(), shape.draw());
        try (ZooIndex index = ZooIndex.of(indexes, few, metric, QUERIES)) {
          for (Group group : groups(metric, rows)) {
            failures.check(metric, index, group, TARGETS);
          }
        }
      }
    }
    failures.expectNone();
  }

  private void check(Metric metric) throws Exception {
    ZooFailures failures = new ZooFailures();
    double[] targets = Profile.current().pick(QUICK_TARGETS, TARGETS);
    int queries = Profile.current().pick(QUERIES, 200);
    try (ZooIndex index = clustered.open(metric, queries)) {
      for (Group group : groups(metric, clustered.rows())) {
        failures.check(metric, index, group, targets);
      }
    }
    failures.expectNone();
  }

  /** In the quick profile each k is tried with another filter. */
  private static List<Group> groups(Metric metric, int rows) {
    List<Group> groups = new ArrayList<>();
    for (int i = 0; i < KS.length; i++) {
      int k = KS[i];
      if (!ZooFilter.ALL.leavesAChoice(rows, k)) {
        continue;
      }
      groups.add(new Group(QueryShape.LIKE_ROWS, ZooFilter.ALL, k));
      List<ZooFilter> filters =
          FILTERS.stream().filter(filter -> filter.leavesAChoice(rows, k)).toList();
      if (filters.isEmpty()) {
        continue;
      }
      int turn = Math.floorMod(metric.id().hashCode() + i, filters.size());
      Profile.current()
          .pick(filters.subList(turn, turn + 1), filters)
          .forEach(filter -> groups.add(new Group(QueryShape.LIKE_ROWS, filter, k)));
    }
    return groups;
  }
}
