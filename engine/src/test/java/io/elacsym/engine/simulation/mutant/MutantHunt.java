package io.elacsym.engine.simulation.mutant;

import java.util.Optional;
import java.util.function.LongFunction;

/** Looks for a seed that catches a mutant. */
public final class MutantHunt {
  private MutantHunt() {}

  /**
   * Runs a simulation of the mutant, seed by seed, until one fails.
   *
   * @param run gives for a seed what has failed; it is loaded a second time, with the mutant
   * @throws AssertionError when no seed fails
   */
  public static void isCaught(
      Mutant mutant, Class<? extends LongFunction<Optional<String>>> run, long seeds)
      throws ReflectiveOperationException {
    LongFunction<Optional<String>> simulation = load(mutant, run);
    for (long seed = 1; seed <= seeds; seed++) {
      Optional<String> failure = simulation.apply(seed);
      if (failure.isPresent()) {
        String how = failure.get().lines().findFirst().orElse("");
        System.out.println("caught by seed " + seed + ": " + mutant + ": " + how);
        return;
      }
    }
    throw new AssertionError("not caught by " + seeds + " seeds: " + mutant);
  }

  @SuppressWarnings("unchecked")
  private static LongFunction<Optional<String>> load(Mutant mutant, Class<?> run)
      throws ReflectiveOperationException {
    MutantLoader loader = new MutantLoader(MutantCompiler.compile(mutant));
    return (LongFunction<Optional<String>>)
        loader.loadClass(run.getName()).getConstructor().newInstance();
  }
}
