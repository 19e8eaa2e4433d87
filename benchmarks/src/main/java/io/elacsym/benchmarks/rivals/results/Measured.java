package io.elacsym.benchmarks.rivals.results;

import java.util.Arrays;
import java.util.List;

/**
 * A contender with one setting.
 *
 * @param contender its name
 * @param shape what is set; settings of one shape are one curve
 * @param setting for people
 * @param recall 0 to 1
 * @param micros CPU time of a query in each round
 */
public record Measured(
    String contender, String shape, String setting, double recall, List<Double> micros) {
  public Measured {
    micros = List.copyOf(micros);
    if (micros.isEmpty()) {
      throw new IllegalArgumentException("no rounds of " + contender + ", " + setting);
    }
  }

  private double[] sorted() {
    return micros.stream().mapToDouble(Double::doubleValue).sorted().toArray();
  }

  /** Of the rounds. */
  public double median() {
    return sorted()[micros.size() / 2];
  }

  public double fastest() {
    return sorted()[0];
  }

  public double slowest() {
    return Arrays.stream(sorted()).max().orElseThrow();
  }
}
