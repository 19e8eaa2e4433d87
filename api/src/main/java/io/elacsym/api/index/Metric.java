package io.elacsym.api.index;

import java.util.Arrays;
import java.util.Optional;

/**
 * How alike two vectors are. A <em>score</em> in this SPI is higher when vectors are more alike,
 * and comparable between segments.
 */
public enum Metric {
  /** Cosine of the angle, -1 to 1. The engine refuses zero vectors under this metric. */
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
