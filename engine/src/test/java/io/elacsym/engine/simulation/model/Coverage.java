package io.elacsym.engine.simulation.model;

import java.util.Map;
import java.util.TreeMap;

/** What has happened how often: a simulation proves nothing about what it never gets to. */
public final class Coverage {
  private final Map<String, Long> counts = new TreeMap<>();

  public void saw(String what) {
    counts.merge(what, 1L, Long::sum);
  }

  public void add(Coverage other) {
    other.counts.forEach((what, count) -> counts.merge(what, count, Long::sum));
  }

  public Map<String, Long> counts() {
    return counts;
  }

  @Override
  public String toString() {
    return counts.toString();
  }
}
