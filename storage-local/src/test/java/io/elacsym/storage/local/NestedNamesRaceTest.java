package io.elacsym.storage.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.elacsym.api.blob.ByteRange;
import io.elacsym.api.storage.ObjectInfo;
import io.elacsym.api.storage.Payload;
import io.elacsym.api.storage.PutMode;
import io.elacsym.api.storage.PutResult;
import io.elacsym.api.storage.Storage;
import io.elacsym.tck.Seed;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Objects that are each other's folders come and go at once, and none disturbs another. */
class NestedNamesRaceTest {
  private static final List<String> NAMES =
      List.of("a", "a/b", "a/b/c", "a/b/c/d", "a/b/e", "a/f", "a-", "a" + "/g".repeat(5));
  private static final int STEPS = 150;

  @TempDir Path root;

  @Test
  void eachWriterFindsItsObjectAsItLeftIt() throws Exception {
    long seed = Seed.current();
    System.out.println("NestedNamesRaceTest seed " + seed);
    try (Storage storage = LocalStorage.open(root, Clock.systemUTC());
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Optional<String>>> writers = new ArrayList<>();
      for (String name : NAMES) {
        Random random = new Random(seed + name.hashCode());
        writers.add(threads.submit(() -> write(storage, name, random)));
      }
      List<String> expected = new ArrayList<>();
      for (int i = 0; i < NAMES.size(); i++) {
        if (writers.get(i).get().isPresent()) {
          expected.add(NAMES.get(i));
        }
      }
      assertThat(storage.list("", "", 100).stream().map(ObjectInfo::name))
          .containsExactlyElementsOf(expected.stream().sorted().toList());
      storage.delete(NAMES);
    }
    assertThat(root.toFile().list()).containsExactlyInAnyOrder(".tmp", ".elacsym.lock");
  }

  /** Returns what the object holds in the end. */
  private static Optional<String> write(Storage storage, String name, Random random) {
    Optional<String> content = Optional.empty();
    for (int step = 0; step < STEPS; step++) {
      if (random.nextInt(3) == 0) {
        storage.delete(List.of(name));
        content = Optional.empty();
      } else {
        String next = name + " " + step;
        PutMode mode = content.isEmpty() ? PutMode.IF_ABSENT : PutMode.OVERWRITE;
        PutResult result =
            storage.put(name, Payload.of(next.getBytes(StandardCharsets.UTF_8)), mode);
        assertThat(result.outcome()).as(next).isEqualTo(PutResult.Outcome.WON);
        content = Optional.of(next);
      }
      Optional<String> found =
          storage
              .get(name, ByteRange.ALL)
              .map(object -> new String(object.bytes(), StandardCharsets.UTF_8));
      assertThat(found).as("%s, step %d", name, step).isEqualTo(content);
    }
    return content;
  }
}
