package io.elacsym.engine.simulation.mutant;

import io.elacsym.engine.simulation.SeedRun;
import java.util.List;
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
    MutantHunt.isCaught(mutant, SeedRun.class, SEEDS);
  }
}
