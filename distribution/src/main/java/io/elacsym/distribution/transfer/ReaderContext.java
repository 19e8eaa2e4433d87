package io.elacsym.distribution.transfer;

import io.elacsym.api.Options;
import io.elacsym.api.PluginContext;
import io.elacsym.api.VectorMath;

/**
 * What a segment format gets from us to read a file of somebody else.
 *
 * @param options its options, as they are by default
 */
record ReaderContext(Options options) implements PluginContext {
  @Override
  public VectorMath math() {
    throw new IllegalStateException("reading a file needs no vector arithmetic");
  }

  @Override
  public int parallelism() {
    return 1;
  }

  @Override
  public long seed() {
    return 0;
  }

  @Override
  public void checkCancelled() {}
}
