package io.elacsym.tck.index;

import io.elacsym.api.index.Metric;
import io.elacsym.tck.index.ZooCell.Group;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Cells in which too little was found. */
final class ZooFailures {
  private final List<String> lines = new ArrayList<>();

  /** Tries a group at some targets, the lowest first. */
  void check(Metric metric, ZooIndex index, Group group, double[] targets) {
    List<ZooSample> samples = index.measure(group, targets);
    for (int i = 0; i < targets.length; i++) {
      ZooCell cell = group.cell(targets[i]);
      ZooSample sample = samples.get(i);
      if (sample.mean() < cell.target()) {
        expectEnough(metric, index, cell);
      }
      if (i > 0 && sample.findsLessThan(samples.get(i - 1))) {
        add(metric, cell, sample, String.format(Locale.ROOT, " less than at %s", targets[i - 1]));
      }
    }
  }

  /** Asks more and more, and stops when enough was found. */
  private void expectEnough(Metric metric, ZooIndex index, ZooCell cell) {
    ZooSample longer = index.measureLonger(cell);
    if (longer.mean() < cell.target()) {
      ZooSample longest = index.measureLongest(cell);
      if (longest.misses(cell.target())) {
        add(metric, cell, longest, "");
      }
    }
  }

  private void add(Metric metric, ZooCell cell, ZooSample sample, String what) {
    lines.add(
        String.format(
            Locale.ROOT,
            "%-7s%-13s%-24s%4d %6s %7.4f %8.0f%s",
            metric.id(),
            cell.queries(),
            cell.filter(),
            cell.k(),
            cell.target(),
            sample.mean(),
            sample.scored(),
            what));
  }

  void expectNone() {
    if (!lines.isEmpty()) {
      throw new AssertionError(
          String.format(
              Locale.ROOT,
              "cells that fail: %d%n%-7s%-13s%-24s%4s %6s %7s %8s%n%s",
              lines.size(),
              "metric",
              "queries",
              "filter",
              "k",
              "target",
              "recall",
              "scored",
              String.join(System.lineSeparator(), lines)));
    }
  }
}
