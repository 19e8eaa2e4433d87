package io.elacsym.engine.simulation.model;

import java.util.HashMap;
import java.util.Map;

/** What one process has shown to its clients: it never goes back behind that. */
public final class Session {
  private final Map<Life, Long> shown = new HashMap<>();

  /** The last entry of a life that was surely included in an answer; 0 when there was none. */
  long shown(Life life) {
    return shown.getOrDefault(life, 0L);
  }

  void show(Life life, long sequence) {
    shown.merge(life, sequence, Math::max);
  }
}
