package io.elacsym.tck.storage;

import io.elacsym.tck.Check;
import java.util.List;
import java.util.stream.Stream;

/**
 * What {@link io.elacsym.api.storage.Storage} promises. Each check works in a place of its own, so
 * checks may run in any order. Some 10,000 requests and 500 MB in all.
 */
public final class StorageContract {
  private static final int ROUNDS = 40;

  private StorageContract() {}

  /** The checks, each of which opens storages from the fixture. */
  public static List<Check> checks(StorageFixture fixture) {
    return checks(fixture, ROUNDS);
  }

  /**
   * The same checks.
   *
   * @param rounds of each race for a conditional put, with 16 writers; 40 by default
   */
  public static List<Check> checks(StorageFixture fixture, int rounds) {
    // Only what draws what it does, or depends on chance, is run from each seed: the others would
    // do
    // the same again.
    return Stream.of(
            Check.fromEachSeed(() -> new ReadChecks(fixture).checks()),
            new NameChecks(fixture).checks(),
            new ListChecks(fixture).checks(),
            new PutChecks(fixture).checks(),
            new PayloadChecks(fixture).checks(),
            new VersionChecks(fixture).checks(),
            new LargeObjectChecks(fixture).checks(),
            new HandleChecks(fixture).checks(),
            Check.fromEachSeed(() -> new RaceChecks(fixture, rounds).checks()),
            new LifeChecks(fixture).checks())
        .flatMap(List::stream)
        .toList();
  }
}
