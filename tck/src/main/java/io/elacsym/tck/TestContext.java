package io.elacsym.tck;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.ErrorKind;
import io.elacsym.api.Options;
import io.elacsym.api.PluginContext;
import io.elacsym.api.Provider;
import io.elacsym.api.VectorMath;
import java.util.Map;
import java.util.function.BooleanSupplier;

/**
 * The host's side of a plugin, for tests.
 *
 * @param options the provider's values
 * @param math plain Java by default
 * @param parallelism 2 by default
 * @param seed {@link Seed#current} by default
 * @param cancelled whether {@link #checkCancelled} throws; never by default
 */
public record TestContext(
    Options options, VectorMath math, int parallelism, long seed, BooleanSupplier cancelled)
    implements PluginContext {

  /** A context with the provider's default options. */
  public static TestContext of(Provider provider) {
    return of(provider, Map.of());
  }

  /** A context with these options, checked as the host checks them, and defaults for the rest. */
  public static TestContext of(Provider provider, Map<String, String> options) {
    return new TestContext(
        Options.of("", provider.options(), options),
        new ScalarVectorMath(),
        2,
        Seed.current(),
        () -> false);
  }

  public TestContext withParallelism(int threads) {
    return new TestContext(options, math, threads, seed, cancelled);
  }

  public TestContext withSeed(long newSeed) {
    return new TestContext(options, math, parallelism, newSeed, cancelled);
  }

  public TestContext withMath(VectorMath newMath) {
    return new TestContext(options, newMath, parallelism, seed, cancelled);
  }

  /** The same context, whose host wants the work to stop as soon as {@code condition} holds. */
  public TestContext cancelledWhen(BooleanSupplier condition) {
    return new TestContext(options, math, parallelism, seed, condition);
  }

  @Override
  public void checkCancelled() {
    if (cancelled.getAsBoolean()) {
      throw new ElacsymException(ErrorKind.UNAVAILABLE, "the work was cancelled");
    }
  }
}
