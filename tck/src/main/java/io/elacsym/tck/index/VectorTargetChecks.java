package io.elacsym.tck.index;

import io.elacsym.api.index.Metric;
import io.elacsym.tck.Check;
import io.elacsym.tck.Profile;
import io.elacsym.tck.index.ZooCell.Group;
import io.elacsym.tck.index.zoo.QueryShape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Recall by metric, k, target and filter on a segment of clustered rows, measured as in the
 * {@linkplain VectorZooContract zoo}: a mean that is below its target by chance does not fail.
 */
record VectorTargetChecks(ClusteredIndexes clustered) {
  private static final double[] TARGETS = {0.8, 0.9, 0.95, 0.99, 0.999};
  private static final double[] QUICK_TARGETS = {0.99, 0.999};
  private static final int[] KS = {1, 10, 100, 1000};

  /** Under them an index has to look further than without. */
  private static final List<ZooFilter> FILTERS =
      List.of(ZooFilter.A_RANDOM_TENTH, ZooFilter.THE_HALF_LEAST_LIKE_IT);

  List<Check> checks() {
    return Arrays.stream(Metric.values())
        .map(metric ->
            Check.of(
                "recall reaches every target for every k, with and without filters, " + metric.id(),
                () -> check(metric)))
        .toList();
  }

  private void check(Metric metric) throws Exception {
    ZooFailures failures = new ZooFailures();
    double[] targets = Profile.current().pick(QUICK_TARGETS, TARGETS);
    int queries = Profile.current().pick(40, 200);
    try (ZooIndex index = clustered.open(metric, queries)) {
      for (Group group : groups(metric)) {
        failures.check(metric, index, group, targets);
      }
    }
    failures.expectNone();
  }

  /** In the quick profile each k is tried with another filter. */
  private static List<Group> groups(Metric metric) {
    List<Group> groups = new ArrayList<>();
    for (int i = 0; i < KS.length; i++) {
      groups.add(new Group(QueryShape.LIKE_ROWS, ZooFilter.ALL, KS[i]));
      int turn = Math.floorMod(metric.id().hashCode(), FILTERS.size()) + i;
      for (int filter = 0; filter < FILTERS.size(); filter++) {
        if (Profile.current() == Profile.FULL || turn % FILTERS.size() == filter) {
          groups.add(new Group(QueryShape.LIKE_ROWS, FILTERS.get(filter), KS[i]));
        }
      }
    }
    return groups;
  }
}
