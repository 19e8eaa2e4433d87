package io.elacsym.tck.index;

import io.elacsym.api.index.Metric;
import io.elacsym.api.index.VectorIndexProvider;
import io.elacsym.tck.Check;
import io.elacsym.tck.index.ZooCell.Group;
import io.elacsym.tck.index.zoo.RowShape;
import io.elacsym.tck.index.zoo.Zoo;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Recall holds for rows and queries of every kind, not only for those that are easily found: the
 * mean recall of many queries reaches the target, and a higher target never finds less.
 *
 * <p>A mean of a sample is not the mean. So a cell whose 120 queries find less than its target is
 * asked 150 more, and if need be 600 more, and fails when the mean of all of them is below the
 * target by more than two standard errors of that mean; there is no other slack. A higher target
 * fails when it finds less than a lower one by more than two standard errors of the difference
 * between the same queries.
 *
 * <p>There are some 40 shapes of rows, 10 of queries, 4 filters, and all metrics, three k and three
 * targets. Which of them are tried is up to the seed; the {@linkplain io.elacsym.tck.Profile full
 * profile} tries all, from one seed, which takes many minutes.
 */
public final class VectorZooContract {
  private static final int QUERIES = 120;

  private final VectorIndexes indexes;
  private final ZooChoice choice = new ZooChoice();

  private VectorZooContract(VectorIndexes indexes) {
    this.indexes = indexes;
  }

  /** A check for each shape of rows, with the provider's default options. */
  public static List<Check> checks(VectorIndexProvider provider) {
    return checks(provider, Map.of());
  }

  /** A check for each shape of rows, with some of the provider's options. */
  public static List<Check> checks(VectorIndexProvider provider, Map<String, String> options) {
    return new VectorZooContract(new VectorIndexes(provider, options)).checks();
  }

  private List<Check> checks() {
    List<Check> checks = new ArrayList<>();
    List<RowShape> shapes = Zoo.shapes();
    for (int i = 0; i < shapes.size(); i++) {
      RowShape shape = shapes.get(i);
      int number = i;
      checks.add(
          Check.of(
              "recall reaches its target on rows '" + shape + "'", () -> check(shape, number)));
    }
    return checks;
  }

  private void check(RowShape shape, int number) {
    ZooFailures failures = new ZooFailures();
    for (Metric metric : choice.metrics(number)) {
      try (ZooIndex index = ZooIndex.of(indexes, shape, metric, QUERIES)) {
        for (Group group : choice.groups(number)) {
          failures.check(metric, index, group, ZooCell.TARGETS);
        }
      }
    }
    failures.expectNone();
  }
}
