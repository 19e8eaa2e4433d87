package io.elacsym.tck.index;

import io.elacsym.tck.index.zoo.QueryShape;

/**
 * One kind of request to one index of the zoo.
 *
 * @param k how many hits are wanted
 * @param target the recall that is asked for
 */
record ZooCell(QueryShape queries, ZooFilter filter, int k, double target) {
  static final int[] KS = {1, 10, 100};
  static final double[] TARGETS = {0.8, 0.95, 0.99};

  /** A group of cells that differ in their target only. */
  record Group(QueryShape queries, ZooFilter filter, int k) {
    ZooCell cell(double target) {
      return new ZooCell(queries, filter, k, target);
    }
  }
}
