package io.elacsym.engine.system;

import static org.junit.jupiter.api.Assertions.assertFalse;

import io.elacsym.engine.Engine;
import io.elacsym.engine.model.Namespace;
import io.elacsym.tck.fault.Fault;
import io.elacsym.tck.fault.FaultPlan;
import io.elacsym.tck.fault.FaultyStorage;
import io.elacsym.tck.memory.MemoryStorage;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every storage call can fail before, after or in doubt, or come back damaged. */
final class FaultTest {
  private static final Map<Fault.Kind, Double> CHANCES =
      Map.of(
          Fault.Kind.UNAVAILABLE, 0.05,
          Fault.Kind.IN_DOUBT_STORED, 0.04,
          Fault.Kind.IN_DOUBT_LOST, 0.04,
          Fault.Kind.IN_DOUBT_LATE, 0.04,
          Fault.Kind.HALF_DELETED, 0.04,
          Fault.Kind.NO_SPACE, 0.03,
          Fault.Kind.TRUNCATED, 0.04,
          Fault.Kind.FLIPPED, 0.04);

  private final MemoryStorage truth = new MemoryStorage();

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22})
  void noFaultLosesAnAcknowledgedWriteOrHalvesAFailedOne(long seed) {
    Random random = new Random(seed);
    History history = new History(seed);
    TestEngine.open(truth).create("ns", TestEngine.schema());
    for (int round = 0; round < 25; round++) {
      FaultyStorage storage = new FaultyStorage(truth.attach(), FaultPlan.none());
      Engine engine = TestEngine.open(storage);
      Namespace namespace = engine.namespace("ns");
      storage.follow(FaultPlan.random(random.nextLong(), CHANCES));
      boolean settled = true;
      for (int step = 0; step < 12 && settled; step++) {
        int dice = random.nextInt(10);
        if (dice < 7) {
          settled = History.attempt(() -> history.write(namespace));
        } else if (dice == 7) {
          History.attempt(namespace::flush);
        } else if (dice == 8) {
          History.attempt(namespace::compact);
        } else {
          History.attempt(namespace::stats);
        }
      }
      storage.follow(FaultPlan.none());
      storage.deliverLate();
      engine.close();
      try (Engine fresh = TestEngine.open(truth.attach())) {
        history.settle(fresh, "ns", "seed " + seed + ", round " + round);
        assertFalse(fresh.verify("ns", bytes -> {}).damaged(), "seed " + seed + ", round " + round);
      }
    }
  }
}
