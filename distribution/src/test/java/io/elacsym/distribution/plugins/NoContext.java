package io.elacsym.distribution.plugins;

import io.elacsym.api.Options;
import io.elacsym.api.PluginContext;
import io.elacsym.api.VectorMath;
import java.util.List;
import java.util.Map;

/** A context without options. */
record NoContext() implements PluginContext {
  @Override
  public Options options() {
    return Options.of("", List.of(), Map.of());
  }

  @Override
  public VectorMath math() {
    throw new IllegalStateException();
  }

  @Override
  public int parallelism() {
    return 1;
  }

  @Override
  public long seed() {
    return 1;
  }

  @Override
  public void checkCancelled() {}
}
