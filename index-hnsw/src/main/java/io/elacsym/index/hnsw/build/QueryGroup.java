package io.elacsym.index.hnsw.build;

import java.util.Arrays;

/**
 * Queries of one kind that the graph is measured with.
 *
 * @param members numbers of the queries
 * @param leads whether the curve follows what this group finds; another one only counts where it
 *     clearly finds less, or else the worst of many groups would be no more than bad luck
 */
record QueryGroup(int[] members, boolean leads) {
  /** By how many standard errors less is clearly less. */
  private static final double CLEARLY = 2.5;

  double mean(int[] counts) {
    return Arrays.stream(members).map(query -> counts[query]).average().orElseThrow();
  }

  /**
   * The share that was found, as a curve may tell it: the mean less its standard error, since other
   * queries will have another mean.
   *
   * @param counts of each query how many of {@code most} were found
   * @param others the share that others found; a group that does not lead tells the same unless it
   *     found clearly less
   */
  double told(int[] counts, int most, double others) {
    return leads ? Math.min(others, atLeast(counts, most)) : toldIfClear(counts, most, others);
  }

  /** As {@link #told} of a group that does not lead. */
  double toldIfClear(int[] counts, int most, double others) {
    double mean = mean(counts) / most;
    return mean + CLEARLY * error(counts) / most < others ? mean : others;
  }

  private double atLeast(int[] counts, int most) {
    return Math.max(0, mean(counts) - error(counts)) / most;
  }

  private double error(int[] counts) {
    double mean = mean(counts);
    double squares =
        Arrays.stream(members)
            .mapToDouble(query -> (counts[query] - mean) * (counts[query] - mean))
            .sum();
    return Math.sqrt(squares) / members.length;
  }
}
