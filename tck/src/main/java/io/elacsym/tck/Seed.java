package io.elacsym.tck;

import java.lang.ScopedValue.CallableOp;

/** The seed of all random choices in checks. */
public final class Seed {
  /** The system property that sets it: {@code -Delacsym.seed=7}. */
  public static final String PROPERTY = "elacsym.seed";

  private static final long DEFAULT = 42;
  private static final ScopedValue<Long> OF_CHECK = ScopedValue.newInstance();

  private Seed() {}

  /** In a check the seed of the check; elsewhere the one given by {@value #PROPERTY}, or 42. */
  public static long current() {
    return OF_CHECK.isBound() ? OF_CHECK.get() : Long.getLong(PROPERTY, DEFAULT);
  }

  /** Runs code whose current seed is this one; threads that it starts do not inherit it. */
  public static <R, X extends Throwable> R with(long seed, CallableOp<R, X> code) throws X {
    return ScopedValue.where(OF_CHECK, seed).call(code);
  }
}
