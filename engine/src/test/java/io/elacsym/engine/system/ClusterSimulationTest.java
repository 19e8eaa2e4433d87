package io.elacsym.engine.system;

import static org.junit.jupiter.api.Assertions.assertFalse;

import io.elacsym.engine.Engine;
import io.elacsym.engine.model.Namespace;
import io.elacsym.engine.settings.Seams;
import io.elacsym.tck.fault.Fault;
import io.elacsym.tck.fault.FaultPlan;
import io.elacsym.tck.fault.FaultyStorage;
import io.elacsym.tck.memory.MemoryStorage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A cluster on one thread: several engines on one storage, each with faults of its own, a clock
 * that jumps past every grace, background work at random moments, crashes and restarts. Everything
 * follows from the seed. After each write any engine must read what was acknowledged.
 */
final class ClusterSimulationTest {
  private static final int ENGINES = 3;
  private static final int STEPS = 250;
  private static final Map<Fault.Kind, Double> CHANCES =
      Map.of(
          Fault.Kind.UNAVAILABLE, 0.03,
          Fault.Kind.IN_DOUBT_STORED, 0.02,
          Fault.Kind.IN_DOUBT_LOST, 0.02,
          Fault.Kind.IN_DOUBT_LATE, 0.02,
          Fault.Kind.HALF_DELETED, 0.03,
          Fault.Kind.TRUNCATED, 0.01);

  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-01-01T00:00:00Z"));
  private final MemoryStorage truth = new MemoryStorage(now::get);
  private final List<Node> nodes = new ArrayList<>();
  private Random random = new Random();
  private long ids;

  private record Node(Engine engine, FaultyStorage storage, ManualTasks tasks) {
    Namespace namespace() {
      return engine.namespace("ns");
    }
  }

  private Node start() {
    FaultyStorage storage = new FaultyStorage(truth.attach(), FaultPlan.none());
    ManualTasks tasks = new ManualTasks();
    Seams seams = new Seams(now::get, () -> "%016x".formatted(++ids), 1, tasks);
    Map<String, String> settings =
        Map.of(
            "compaction.enabled", "true",
            "compaction.interval_secs", "300",
            "write.flush_age", "100s",
            "reaper.grace", "10m");
    return new Node(TestEngine.open(storage, settings, seams), storage, tasks);
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {101, 102, 103, 104, 105, 106, 107, 108, 109, 110, 111, 112})
  void whatIsAcknowledgedIsReadByEveryNodeWhateverHappens(long seed) {
    random = new Random(seed);
    History history = new History(seed);
    for (int i = 0; i < ENGINES; i++) {
      nodes.add(start());
    }
    nodes.getFirst().engine().create("ns", TestEngine.schema());
    for (int step = 0; step < STEPS; step++) {
      String when = "seed " + seed + ", step " + step;
      int at = random.nextInt(ENGINES);
      Node node = nodes.get(at);
      node.storage().follow(FaultPlan.random(random.nextLong(), CHANCES));
      boolean certain = act(history, at);
      nodes.forEach(n -> {
        n.storage().follow(FaultPlan.none());
        n.storage().deliverLate();
      });
      if (!certain || random.nextInt(4) == 0) {
        history.settle(nodes.get(random.nextInt(ENGINES)).engine(), "ns", when);
      }
    }
    for (Node node : nodes) {
      history.settle(node.engine(), "ns", "seed " + seed + ", at the end");
    }
    assertFalse(nodes.getFirst().engine().verify("ns", b -> {}).damaged(), "seed " + seed);
    nodes.forEach(node -> node.engine().close());
  }

  /** False when a write failed whose outcome has to be looked up. */
  private boolean act(History history, int at) {
    Node node = nodes.get(at);
    int dice = random.nextInt(20);
    if (dice < 10) {
      return History.attempt(() -> history.write(node.namespace()));
    } else if (dice < 12) {
      History.attempt(() -> node.namespace().flush());
    } else if (dice == 12) {
      History.attempt(() -> node.namespace().compact());
    } else if (dice == 13) {
      History.attempt(() -> node.namespace().stats());
    } else if (dice < 18) {
      Duration jump =
          random.nextInt(4) == 0
              ? Duration.ofMinutes(11)
              : Duration.ofSeconds(1 + random.nextInt(200));
      now.updateAndGet(time -> time.plus(jump));
      node.tasks().tick();
    } else if (dice == 18) {
      // A crash: nothing is closed, and whatever it still wanted to do never happens.
      node.storage().crash();
      nodes.set(at, start());
    } else {
      node.engine().close();
      nodes.set(at, start());
    }
    return true;
  }
}
