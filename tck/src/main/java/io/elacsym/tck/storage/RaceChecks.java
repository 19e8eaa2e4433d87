package io.elacsym.tck.storage;

import static io.elacsym.tck.storage.Places.content;
import static io.elacsym.tck.storage.Places.in;
import static io.elacsym.tck.storage.Places.names;
import static io.elacsym.tck.storage.Places.put;

import io.elacsym.api.blob.ByteRange;
import io.elacsym.api.storage.Changed;
import io.elacsym.api.storage.PutMode;
import io.elacsym.api.storage.PutResult;
import io.elacsym.api.storage.Storage;
import io.elacsym.api.storage.StoredObject;
import io.elacsym.tck.Check;
import io.elacsym.tck.expect.Expect;
import io.elacsym.tck.host.Together;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Many writers and readers at once, through two handles where the storage can be shared. */
record RaceChecks(StorageFixture fixture, int rounds) {
  private static final int WRITERS = 16;

  List<Check> checks() {
    return List.of(
        Check.of("of many concurrent ifAbsent puts exactly one wins", this::ifAbsentRace),
        Check.of("of many concurrent ifMatches puts exactly one wins", this::ifMatchesRace),
        Check.of("readers see whole objects while they are overwritten", this::wholeObjects),
        Check.of("puts and deletes of other names do not disturb each other", this::manyNames));
  }

  private void ifAbsentRace() throws Exception {
    race((storage, round) -> PutMode.IF_ABSENT, round -> "race/" + round);
  }

  private void ifMatchesRace() throws Exception {
    race(
        (storage, round) -> PutMode.ifMatches(put(storage, "race", "before round " + round)),
        round -> "race");
  }

  @FunctionalInterface
  private interface Condition {
    PutMode before(Storage storage, int round);
  }

  @FunctionalInterface
  private interface Name {
    String of(int round);
  }

  private void race(Condition condition, Name name) throws Exception {
    try (StorageFixture.Place place = fixture.newPlace();
        Storage one = place.open();
        Storage other = one.capabilities().shared() ? place.open() : one) {
      for (int round = 0; round < rounds; round++) {
        int now = round;
        String object = name.of(round);
        PutMode mode = condition.before(one, round);
        List<PutResult> results =
            Together.run(
                WRITERS,
                writer ->
                    put(
                        writer % 2 == 0 ? one : other,
                        object,
                        "writer " + writer + "/" + now,
                        mode));
        expectOneWinner(round, results, one, object);
      }
    }
  }

  private static void expectOneWinner(
      int round, List<PutResult> results, Storage storage, String name) {
    List<Integer> possible = new ArrayList<>();
    int won = 0;
    for (int writer = 0; writer < results.size(); writer++) {
      won += results.get(writer).outcome() == PutResult.Outcome.WON ? 1 : 0;
      if (results.get(writer).outcome() != PutResult.Outcome.LOST) {
        possible.add(writer);
      }
    }
    int winners = won;
    Expect.that(
        winners == 1 || (winners == 0 && !possible.isEmpty()),
        () -> "round " + round + ": " + winners + " of " + WRITERS + " writers won: " + possible);
    String content = content(storage, name);
    Expect.that(
        possible.stream()
            .filter(w -> winners == 0 || results.get(w).outcome() == PutResult.Outcome.WON)
            .anyMatch(w -> content.equals("writer " + w + "/" + round)),
        () -> "round " + round + ": won by " + possible + ", but the object has: " + content);
  }

  /** Every object is one byte repeated, its size follows from the byte: a mixture shows. */
  private void wholeObjects() throws Exception {
    in(
        fixture,
        storage -> {
          int writers = 2;
          int readers = 4;
          int times = 60;
          Map<String, Byte> written = new ConcurrentHashMap<>();
          written.put(put(storage, "o", uniform(0)), (byte) 0);
          AtomicInteger writing = new AtomicInteger(writers);
          List<List<StoredObject>> read =
              Together.run(
                  writers + readers,
                  thread -> {
                    List<StoredObject> seen = new ArrayList<>();
                    if (thread < writers) {
                      try {
                        for (int i = 0; i < times; i++) {
                          int value = 1 + i * writers + thread;
                          written.put(put(storage, "o", uniform(value)), (byte) value);
                        }
                      } finally {
                        writing.decrementAndGet();
                      }
                    } else {
                      do {
                        StoredObject object = read(storage, thread);
                        expectUniform(object);
                        seen.add(new StoredObject(object.info(), new byte[] {object.bytes()[0]}));
                      } while (writing.get() > 0);
                    }
                    return seen;
                  });
          for (List<StoredObject> seen : read) {
            for (StoredObject object : seen) {
              String tag = object.info().tag();
              Expect.equal(
                  "byte in the object of tag " + tag,
                  Optional.ofNullable(written.get(tag)),
                  Optional.of(object.bytes()[0]));
            }
          }
        });
  }

  /** One half of the readers ask whether what they know has changed, of which it always has. */
  private static StoredObject read(Storage storage, int thread) {
    return thread % 2 == 0
        ? storage.get("o", ByteRange.ALL).orElseThrow()
        : switch (storage.getIfChanged("o", "made-up")) {
          case Changed.To(StoredObject object) -> object;
          case Changed other ->
              throw new AssertionError("asked with a made-up tag: " + other + " of an object");
        };
  }

  private static byte[] uniform(int value) {
    byte[] bytes = new byte[100_000 + 1000 * value];
    Arrays.fill(bytes, (byte) value);
    return bytes;
  }

  private static void expectUniform(StoredObject object) {
    byte[] bytes = object.bytes();
    Expect.equal("bytes read", (int) object.info().size(), bytes.length);
    int value = bytes.length == 0 ? -1 : bytes[0] & 0xff;
    Expect.that(
        Arrays.equals(bytes, uniform(value)),
        () -> "an object of " + bytes.length + " bytes is a mixture; it starts with " + value);
  }

  private void manyNames() throws Exception {
    in(
        fixture,
        storage -> {
          Together.run(
              8,
              thread -> {
                for (int i = 0; i < 10; i++) {
                  String name = "dir/" + i + "/" + thread;
                  put(storage, name, name);
                  if (i % 2 == 1) {
                    storage.delete(List.of(name));
                  }
                }
                return thread;
              });
          List<String> left = names(storage, "", "", 1000);
          Expect.equal("objects left", 40, left.size());
          for (String name : left) {
            Expect.equal("content", name, content(storage, name));
          }
        });
  }
}
