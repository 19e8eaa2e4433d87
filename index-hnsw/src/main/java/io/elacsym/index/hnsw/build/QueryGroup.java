package io.elacsym.index.hnsw.build;

import java.util.Arrays;

/**
 * Queries of one kind that the graph is measured with.
 *
 * @param members numbers of the queries
 */
record QueryGroup(int[] members) {
  /** By how many standard errors less is clearly less. */
  private static final double CLEARLY = 2.5;

  double mean(int[] counts) {
    return Arrays.stream(members).map(query -> counts[query]).average().orElseThrow();
  }

  /**
   * The share that was found: the mean less its standard error, since other queries will have
   * another mean.
   *
   * @param counts of each query how many of {@code most} were found
   */
  double atLeast(int[] counts, int most) {
    return Math.max(0, mean(counts) - error(counts)) / most;
  }

  /**
   * The share that was found if it is clearly less than others found, and what they found if not:
   * the worst of many groups is worse than all of them by chance alone.
   */
  double ifClear(int[] counts, int most, double others) {
    double mean = mean(counts) / most;
    return mean + CLEARLY * error(counts) / most < others ? mean : others;
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
