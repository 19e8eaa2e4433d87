package io.elacsym.engine.simulation.model;

import java.util.HashMap;
import java.util.Map;

/** What one process has shown to its clients: it never goes back behind that. */
public final class Session {
  private final Map<Life, Integer> shown = new HashMap<>();

  /** The latest moment of a life that was surely shown; its first one when nothing was. */
  int shown(Life life) {
    return shown.getOrDefault(life, 0);
  }

  void show(Life life, int moment) {
    shown.merge(life, moment, Math::max);
  }
}
