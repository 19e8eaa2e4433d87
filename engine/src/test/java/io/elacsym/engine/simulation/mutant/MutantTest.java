package io.elacsym.engine.simulation.mutant;

import static org.junit.jupiter.api.Assertions.fail;

import io.elacsym.engine.simulation.SeedRun;
import java.util.List;
import java.util.Optional;
import java.util.function.LongFunction;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The simulation is worth what it finds: each of many bugs has to fail it within a few seeds.
 * {@code -Delacsym.sim.mutants=N} gives it N seeds, {@code -Delacsym.sim.mutant=fence} tries those
 * bugs alone whose descriptions have that in them.
 */
final class MutantTest {
  private static final long SEEDS = Long.getLong("elacsym.sim.mutants", 2_000);

  static List<Mutant> mutants() {
    String part = System.getProperty("elacsym.sim.mutant", "");
    return Mutants.ALL.stream().filter(mutant -> mutant.toString().contains(part)).toList();
  }

  @ParameterizedTest
  @MethodSource("mutants")
  void isCaught(Mutant mutant) throws ReflectiveOperationException {
    LongFunction<Optional<String>> simulation = load(mutant);
    for (long seed = 1; seed <= SEEDS; seed++) {
      Optional<String> failure = simulation.apply(seed);
      if (failure.isPresent()) {
        String how = failure.get().lines().findFirst().orElse("");
        System.out.println("caught by seed " + seed + ": " + mutant + ": " + how);
        return;
      }
    }
    fail("not caught by " + SEEDS + " seeds: " + mutant);
  }

  @SuppressWarnings("unchecked")
  private static LongFunction<Optional<String>> load(Mutant mutant)
      throws ReflectiveOperationException {
    MutantLoader loader = new MutantLoader(MutantCompiler.compile(mutant));
    return (LongFunction<Optional<String>>)
        loader.loadClass(SeedRun.class.getName()).getConstructor().newInstance();
  }
}
