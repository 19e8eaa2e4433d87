package io.elacsym.api.index;

import java.util.Arrays;
import java.util.Optional;

/**
 * How alike two vectors are. A <em>score</em> in this SPI is higher when vectors are more alike,
 * and comparable between segments.
 *
 * <p>Scores are floats, whatever they are computed in. No score is infinite or not a number, for
 * vectors of a length that the host accepts (see {@link VectorField}), but one that is smaller than
 * {@link Float#MIN_NORMAL} may be 0: rows that differ by no more than that may be ranked in any
 * order. So vectors must be compared in doubles, or scaled, where squares of their components leave
 * the range of floats.
 */
public enum Metric {
  /**
   * Cosine of the angle, -1 to 1. The host refuses vectors of a length below 1e-15 under this
   * metric. A zero vector that comes all the same has no direction, and the cosine 0 with all.
   */
  COSINE("cosine"),
  /** Minus the squared Euclidean distance. */
  L2("l2"),
  /** Inner product. */
  DOT("dot");

  private final String id;

  Metric(String id) {
    this.id = id;
  }

  /** The name used in configuration and stored data. */
  public String id() {
    return id;
  }

  public static Optional<Metric> byId(String id) {
    return Arrays.stream(values()).filter(metric -> metric.id.equals(id)).findFirst();
  }
}
