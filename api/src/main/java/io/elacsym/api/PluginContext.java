package io.elacsym.api;

/**
 * What the host offers a plugin. Implemented by the host only, so it may grow with any release.
 * Safe for use by many threads.
 */
public interface PluginContext {
  /** The checked values of the provider's declared options. */
  Options options();

  /** The fastest vector arithmetic of this machine. */
  VectorMath math();

  /** How many threads a long piece of work may use, at least 1. */
  int parallelism();

  /**
   * The seed for every random choice, so that the same input gives the same bytes and a whole
   * system can be replayed, as far as {@link VectorMath} gives the same sums: its fast kernels may
   * add up in another order from one call to the next, its plain ones do not.
   */
  long seed();

  /**
   * Called now and then by long work.
   *
   * @throws ElacsymException {@link ErrorKind#UNAVAILABLE} when the host wants the work to stop
   */
  void checkCancelled();
}
