package io.elacsym.cluster.simulation;

import io.elacsym.engine.simulation.mutant.Mutant;
import io.elacsym.engine.simulation.mutant.MutantHunt;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Bugs of routing put in on purpose, each of which has to fail the simulation within a few seeds.
 * {@code -Delacsym.sim.mutants=N} gives it N seeds, {@code -Delacsym.sim.mutant=doubt} tries those
 * bugs alone whose descriptions have that in them.
 */
final class RoutingMutantTest {
  private static final long SEEDS = Long.getLong("elacsym.sim.mutants", 300);

  private static final List<Mutant> ALL =
      List.of(
          new Mutant(
              "cluster",
              "a query node takes over",
              "settings/Role.java",
              "return this != QUERY;",
              "return true;"),
          new Mutant(
              "cluster",
              "a request that was forwarded is forwarded",
              "route/Router.java",
              "        Optional<Member> better = better(namespace, errand);\n        if (better.isPresent()) {\n          throw WrittenElsewhere.of(namespace, better.map(Member::id));\n        }\n        yield errand.here();",
              "        yield brought(namespace, errand);"),
          new Mutant(
              "cluster",
              "a change in doubt is sent to another node, too",
              "route/Router.java",
              "throw inDoubt(namespace, node, why);",
              "better = why.isEmpty() ? Optional.of(why) : Optional.empty();"),
          new Mutant(
              "cluster",
              "who is insisted on names another one",
              "route/Router.java",
              "      case INSISTED -> served(namespace, true, errand);",
              "      case INSISTED -> change(namespace, Arrival.FORWARDED, errand);"));

  static List<Mutant> mutants() {
    String part = System.getProperty("elacsym.sim.mutant", "");
    return ALL.stream().filter(mutant -> mutant.toString().contains(part)).toList();
  }

  @ParameterizedTest
  @MethodSource("mutants")
  void isCaught(Mutant mutant) throws ReflectiveOperationException {
    MutantHunt.isCaught(mutant, RoutedSeedRun.class, SEEDS);
  }
}
