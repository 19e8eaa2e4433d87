package io.elacsym.tck.index;

import io.elacsym.api.index.Metric;
import io.elacsym.api.index.VectorIndexProvider;
import io.elacsym.tck.Check;
import io.elacsym.tck.index.ZooCell.Group;
import io.elacsym.tck.index.zoo.RowShape;
import io.elacsym.tck.index.zoo.Zoo;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Recall holds for rows and queries of every kind, not only for those that are easily found: the
 * mean recall of many queries reaches the target, and a higher target never finds less.
 *
 * <p>A mean of a sample is not the mean. So a cell whose 120 queries find less than its target is
 * asked 600 more, and fails when the mean of all of them is below the target by more than two
 * standard errors of that mean; there is no other slack. A higher target fails when it finds less
 * than a lower one by more than two standard errors of the difference between the same queries.
 *
 * <p>There are some 40 shapes of rows, 10 of queries, 4 filters, and all metrics, three k and three
 * targets. Which of them are tried is up to the seed; the system property {@code elacsym.zoo=all}
 * tries all, which takes many minutes.
 */
public final class VectorZooContract {
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
    List<String> failures = new ArrayList<>();
    for (Metric metric : choice.metrics(number)) {
      try (ZooIndex index = new ZooIndex(indexes, shape, metric)) {
        for (Group group : choice.groups(number)) {
          check(metric, index, group, failures);
        }
      }
    }
    if (!failures.isEmpty()) {
      throw new AssertionError(
          String.format(
              Locale.ROOT,
              "cells that fail: %d%n%-7s%-13s%-24s%4s %6s %7s %8s%n%s",
              failures.size(),
              "metric",
              "queries",
              "filter",
              "k",
              "target",
              "recall",
              "scored",
              String.join(System.lineSeparator(), failures)));
    }
  }

  private static void check(Metric metric, ZooIndex index, Group group, List<String> failures) {
    double[] targets = ZooCell.TARGETS;
    List<ZooSample> samples = index.measure(group, targets);
    for (int i = 0; i < targets.length; i++) {
      ZooCell cell = group.cell(targets[i]);
      ZooSample sample = samples.get(i);
      if (sample.mean() < cell.target()) {
        ZooSample longer = index.measureLonger(cell);
        if (longer.misses(cell.target())) {
          failures.add(line(metric, cell, longer, ""));
        }
      }
      if (i > 0 && sample.findsLessThan(samples.get(i - 1))) {
        String before = String.format(Locale.ROOT, " less than at %s", targets[i - 1]);
        failures.add(line(metric, cell, sample, before));
      }
    }
  }

  private static String line(Metric metric, ZooCell cell, ZooSample sample, String what) {
    return String.format(
        Locale.ROOT,
        "%-7s%-13s%-24s%4d %6s %7.4f %8.0f%s",
        metric.id(),
        cell.queries(),
        cell.filter(),
        cell.k(),
        cell.target(),
        sample.mean(),
        sample.scored(),
        what);
  }
}
