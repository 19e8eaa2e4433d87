package io.elacsym.engine.simulation.world;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the simulation of clusters rests on. */
final class WorldTest {
  private final World world = new World(1);
  private final List<String> happened = new ArrayList<>();

  @Test
  @Timeout(60)
  void anHourPassesAtOnceAndInOrder() {
    Host host = world.host("h");
    host.start(
        "late",
        () -> {
          host.sleep(Duration.ofHours(1));
          happened.add("late");
        });
    host.start(
        "early",
        () -> {
          host.sleep(Duration.ofMinutes(1));
          happened.add("early");
        });
    world.run();
    assertThat(world.failure()).isEmpty();
    assertThat(happened).containsExactly("early", "late");
    assertThat(world.now()).isEqualTo(new World(1).now().plus(Duration.ofHours(1)));
  }

  @Test
  @Timeout(60)
  void aTimerInRealTimeIsAFailure() {
    Host host = world.host("h");
    host.start(
        "sleeper",
        () -> {
          // Again and again: a timer that rings before the thread has let go is not seen.
          while (world.failure().isEmpty()) {
            LockSupport.parkNanos(1_000_000);
          }
        });
    host.start(
        "clock",
        () -> {
          while (world.failure().isEmpty()) {
            // In real time, too: else all steps of the world are over before the timer rings.
            spin(Duration.ofNanos(100_000));
            host.sleep(Duration.ofSeconds(1));
          }
        });
    world.run();
    assertThat(world.failure())
        .hasValueSatisfying(what -> assertThat(what).contains("waited in real time", "unparker"));
  }

  private static void spin(Duration time) {
    long end = System.nanoTime() + time.toNanos();
    while (System.nanoTime() < end) {
      Thread.onSpinWait();
    }
  }

  @Test
  @Timeout(60)
  void aMonitorThatIsHeldAcrossAWaitIsAFailure() {
    Object monitor = new Object();
    Host host = world.host("h");
    for (int i = 0; i < 2; i++) {
      host.start(
          "holder",
          () -> {
            synchronized (monitor) {
              host.sleep(Duration.ofSeconds(1));
            }
          });
    }
    host.start("clock", () -> host.sleep(Duration.ofHours(1)));
    world.run();
    assertThat(world.failure()).isPresent();
  }

  @Test
  @Timeout(60)
  void whatNobodyWakesIsAFailure() {
    Host host = world.host("h");
    host.start("waiting", () -> host.newWait().await());
    world.run();
    assertThat(world.failure())
        .hasValueSatisfying(what -> assertThat(what).contains("what will never happen"));
  }

  @Test
  @Timeout(60)
  void aFrozenHostGoesOnWhereItStoodAndADeadOneNever() {
    Host frozen = world.host("frozen");
    Host dead = world.host("dead");
    for (Host host : List.of(frozen, dead)) {
      host.start(
          "work",
          () -> {
            host.sleep(Duration.ofSeconds(1));
            happened.add(host.name() + " at " + world.now().getEpochSecond() % 60);
          });
    }
    Host director = world.host("director");
    director.start(
        "script",
        () -> {
          frozen.freeze();
          dead.kill();
          director.sleep(Duration.ofSeconds(5));
          frozen.thaw();
        });
    world.run();
    assertThat(world.failure()).isEmpty();
    assertThat(happened).containsExactly("frozen at 5");
  }
}
