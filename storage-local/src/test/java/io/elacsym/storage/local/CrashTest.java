package io.elacsym.storage.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.elacsym.api.blob.ByteRange;
import io.elacsym.api.storage.ObjectInfo;
import io.elacsym.api.storage.Storage;
import io.elacsym.storage.local.CrashWriter.Step;
import io.elacsym.tck.Seed;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Processes that are killed at any moment lose nothing they acknowledged and leave no halves. */
class CrashTest {
  private static final int KILLS = 15;

  @TempDir Path root;

  @Test
  void everyAcknowledgedStepSurvivesAKillAndEveryObjectIsWhole() throws Exception {
    long seed = Seed.current();
    System.out.println("CrashTest seed " + seed);
    Random random = new Random(seed);
    Map<String, Optional<Step>> acknowledged = new HashMap<>();
    long next = 0;
    for (int kill = 0; kill < KILLS; kill++) {
      long last = runAndKill(seed, next, random.nextInt(60), random.nextInt(20_000));
      for (; next <= last; next++) {
        Step step = Step.of(seed, next);
        acknowledged.put(step.name(), step.isDelete() ? Optional.empty() : Optional.of(step));
      }
      Step unfinished = Step.of(seed, next++);
      check(acknowledged, unfinished, "seed " + seed + ", kill " + kill);
    }
  }

  /** Returns the number of the last step that was acknowledged. */
  private long runAndKill(long seed, long from, int steps, int spins) throws IOException {
    Process writer = ChildJvm.start(CrashWriter.class, root, seed, from);
    try (BufferedReader output = writer.inputReader()) {
      long last = from - 1;
      for (int i = 0; i < steps; i++) {
        last = Long.parseLong(output.readLine());
      }
      for (int i = 0; i < spins; i++) {
        Thread.onSpinWait(); // moves the kill through the phases of a step
      }
      writer
          .toHandle()
          .destroyForcibly(); // unlike the process itself, it leaves its output readable
      String line;
      while ((line = output.readLine()) != null) {
        last = Long.parseLong(line);
      }
      return last;
    } finally {
      writer.destroyForcibly().onExit().join();
    }
  }

  /** The unfinished step may or may not have happened; what holds then is taken as the truth. */
  private void check(Map<String, Optional<Step>> expected, Step unfinished, String when) {
    try (Storage storage = LocalStorage.open(root, Clock.systemUTC())) {
      for (ObjectInfo info : storage.list("", "", 1000)) {
        byte[] bytes = storage.get(info.name(), ByteRange.ALL).orElseThrow().bytes();
        assertThat(CrashWriter.isWhole(bytes)).as("%s: %s", when, info).isTrue();
      }
      Optional<Step> done = unfinished.isDelete() ? Optional.empty() : Optional.of(unfinished);
      expected.putIfAbsent(unfinished.name(), Optional.empty());
      expected.replaceAll((name, step) -> {
        Optional<Long> found =
            storage.get(name, ByteRange.ALL).map(o -> CrashWriter.number(o.bytes()));
        if (name.equals(unfinished.name()) && found.equals(done.map(Step::number))) {
          return done;
        }
        assertThat(found).as("%s: %s", when, name).isEqualTo(step.map(Step::number));
        return step;
      });
    }
    assertThat(root.resolve(Layout.TEMPORARY)).as(when).isEmptyDirectory();
  }
}
