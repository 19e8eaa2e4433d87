package io.elacsym.tck;

/** The seed of all random choices in checks. */
public final class Seed {
  /** The system property that sets it: {@code -Delacsym.seed=7}. */
  public static final String PROPERTY = "elacsym.seed";

  private static final long DEFAULT = 42;

  private Seed() {}

  /** The seed given by {@value #PROPERTY}, 42 when there is none. */
  public static long current() {
    return Long.getLong(PROPERTY, DEFAULT);
  }
}
