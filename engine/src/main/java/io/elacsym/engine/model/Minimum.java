package io.elacsym.engine.model;

/** How many of several words or parts must be there. */
public sealed interface Minimum {
  /** One of them is enough. */
  Minimum ONE = new Count(1);

  /** All of them must. */
  Minimum ALL = new Percent(100);

  /**
   * Of so many; never more than there are.
   *
   * @param parts from 1
   */
  int of(int parts);

  /**
   * @param count from 0
   */
  record Count(int count) implements Minimum {
    @Override
    public int of(int parts) {
      return Math.min(count, parts);
    }
  }

  /**
   * A share of them, rounded down, but at least one.
   *
   * @param percent 1 to 100
   */
  record Percent(int percent) implements Minimum {
    @Override
    public int of(int parts) {
      return Math.max(1, (int) ((long) parts * percent / 100));
    }
  }
}
