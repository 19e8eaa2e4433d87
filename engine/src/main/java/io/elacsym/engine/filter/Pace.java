package io.elacsym.engine.filter;

import io.elacsym.engine.model.Deadline;

/**
 * Counts the steps of a long evaluation and looks at the deadline about every few thousand of them:
 * looking costs as much as reading the clock. For one thread.
 */
final class Pace {
  private static final int STEPS = 1 << 14;

  private int left = STEPS;

  /** Goes on by so many steps: rows tested, characters read. */
  void go(int steps) {
    left -= steps;
    if (left < 0) {
      left = STEPS;
      Deadline.check();
    }
  }
}
