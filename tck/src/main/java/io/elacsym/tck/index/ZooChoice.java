package io.elacsym.tck.index;

import io.elacsym.api.index.Metric;
import io.elacsym.tck.Profile;
import io.elacsym.tck.Seed;
import io.elacsym.tck.index.ZooCell.Group;
import io.elacsym.tck.index.zoo.QueryShape;
import java.util.ArrayList;
import java.util.List;

/**
 * Which indexes and cells are tried. All of them take many minutes, so in the quick profile each
 * shape of rows is tried under one metric with four kinds of queries, in turns that begin where the
 * seed says: every shape, metric, kind of query, filter, k and target is tried with many of the
 * others.
 */
final class ZooChoice {
  private static final int KINDS = 4;

  private final boolean all = Profile.current() == Profile.FULL;
  private final int seed = (int) Math.floorMod(Seed.current(), 1_000_000L);

  /**
   * @param shape the number of the shape
   */
  List<Metric> metrics(int shape) {
    Metric[] metrics = Metric.values();
    return all ? List.of(metrics) : List.of(metrics[(shape + seed) % metrics.length]);
  }

  /** The cells, each with all targets, of one shape. */
  List<Group> groups(int shape) {
    return all ? everything() : some(shape + seed);
  }

  private static List<Group> everything() {
    List<Group> groups = new ArrayList<>();
    for (QueryShape queries : QueryShape.values()) {
      for (ZooFilter filter : ZooFilter.values()) {
        for (int k : ZooCell.KS) {
          groups.add(new Group(queries, filter, k));
        }
      }
    }
    return groups;
  }

  private static List<Group> some(int turn) {
    QueryShape[] queries = QueryShape.values();
    ZooFilter[] filters = ZooFilter.values();
    List<Group> groups = new ArrayList<>();
    for (int i = 0; i < KINDS; i++) {
      boolean filtered = i == KINDS - 1;
      groups.add(
          new Group(
              queries[(KINDS * turn + i) % queries.length],
              filtered ? filters[1 + turn % (filters.length - 1)] : ZooFilter.ALL,
              ZooCell.KS[(turn + i) % ZooCell.KS.length]));
    }
    return groups;
  }
}
