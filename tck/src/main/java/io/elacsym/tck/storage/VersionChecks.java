package io.elacsym.tck.storage;

import static io.elacsym.tck.storage.Places.content;
import static io.elacsym.tck.storage.Places.expectLost;
import static io.elacsym.tck.storage.Places.in;
import static io.elacsym.tck.storage.Places.put;
import static io.elacsym.tck.storage.Places.random;

import io.elacsym.api.blob.ByteRange;
import io.elacsym.api.storage.ObjectInfo;
import io.elacsym.api.storage.PutMode;
import io.elacsym.api.storage.Storage;
import io.elacsym.tck.Check;
import io.elacsym.tck.Seed;
import io.elacsym.tck.expect.Expect;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Tags, and when objects were written. That the same content has the same tag again is allowed: the
 * tags of S3 are hashes of what is stored.
 */
record VersionChecks(StorageFixture fixture) {
  private static final int BYTES = 9 << 20;

  /** Some stores count seconds. */
  private static final Duration CLOCK_STEP = Duration.ofSeconds(1);

  /** After this time every clock has moved on by more than a step. */
  private static final Duration LATER = Duration.ofSeconds(30);

  List<Check> checks() {
    return List.of(
        Check.of("other content has another tag, also after a delete", this::afterDelete),
        Check.of("a tag is never that of other content after opening again", this::afterOpening),
        Check.of("contents that differ in one byte have different tags", this::oneByte),
        Check.of("an object was last modified when it was last written", this::lastModified));
  }

  private void afterDelete() throws Exception {
    in(
        fixture,
        storage -> {
          Map<String, String> contents = new HashMap<>();
          List<String> tags = new ArrayList<>();
          for (int life = 0; life < 4; life++) {
            for (int version = 0; version <= life; version++) {
              String content = "life " + life + ", version " + version;
              String tag = put(storage, "o", content);
              String before = contents.getOrDefault(tag, content);
              Expect.that(
                  before.equals(content),
                  () -> "tag " + tag + " is that of '" + before + "' and of '" + content + "'");
              contents.put(tag, content);
              tags.add(tag);
            }
            for (String old : tags.subList(0, tags.size() - 1)) {
              expectLost(
                  "ifMatches of the tag of '" + contents.get(old) + "'",
                  put(storage, "o", "x", PutMode.ifMatches(old)));
            }
            storage.delete(List.of("o"));
          }
        });
  }

  private void afterOpening() throws Exception {
    try (StorageFixture.Place place = fixture.newPlace()) {
      List<String> tags = new ArrayList<>();
      for (int opening = 0; opening < 3; opening++) {
        try (Storage storage = place.open()) {
          String content = "written after opening " + opening;
          String tag = put(storage, "o", content);
          Expect.that(
              !tags.contains(tag), () -> "tag " + tag + " came again for '" + content + "'");
          for (String old : tags) {
            expectLost(
                "ifMatches of a tag from before opening",
                put(storage, "o", "x", PutMode.ifMatches(old)));
          }
          Expect.equal("content", content, content(storage, "o"));
          tags.add(tag);
        }
      }
    }
  }

  private void oneByte() throws Exception {
    in(
        fixture,
        storage -> {
          byte[] bytes = random(Seed.current(), BYTES);
          List<String> tags = new ArrayList<>(List.of(put(storage, "o", bytes)));
          for (int place : List.of(0, BYTES / 2, BYTES - 1)) {
            bytes[place]++;
            String tag = put(storage, "o", bytes);
            Expect.that(
                !tags.contains(tag),
                () -> "tag " + tag + " came again after byte " + place + " of 9 MiB was changed");
            tags.add(tag);
          }
        });
  }

  private void lastModified() throws Exception {
    in(
        fixture,
        storage -> {
          put(storage, "kept", "first");
          put(storage, "o", "first");
          Instant kept = modified(storage, "kept");
          Instant first = modified(storage, "o");
          Duration off = Duration.between(first, Instant.now()).abs();
          Expect.that(
              off.compareTo(Duration.ofDays(1)) < 0,
              () -> "an object of now was last modified at " + first);
          Instant between = whenTheClockHasMovedOn(storage, first);
          put(storage, "o", "second");
          Instant second = modified(storage, "o");
          Expect.that(
              !second.isBefore(between.minus(CLOCK_STEP)),
              () ->
                  "an object that was last modified at "
                      + first
                      + ", and is written again after "
                      + between
                      + ", was last modified at "
                      + second);
          expectNear("get", second, storage.get("o", ByteRange.ALL).orElseThrow().info());
          for (ObjectInfo info : storage.list("", "", 10)) {
            expectNear("list", info.name().equals("o") ? second : kept, info);
          }
          expectNear("head, asked again", kept, storage.head("kept").orElseThrow());
        });
  }

  /**
   * Writes new objects until one of them was, as the store says, modified later than another. It is
   * the store's clock that counts, so nothing else is waited for.
   */
  private static Instant whenTheClockHasMovedOn(Storage storage, Instant first) {
    Instant end = Instant.now().plus(LATER);
    for (int number = 0; Instant.now().isBefore(end); number++) {
      String name = "clock/" + number;
      put(storage, name, "tick");
      Instant now = modified(storage, name);
      storage.delete(List.of(name));
      if (now.isAfter(first.plus(CLOCK_STEP))) {
        return now;
      }
    }
    throw new AssertionError(
        "an object of now was last modified within "
            + CLOCK_STEP
            + " of one that was written "
            + LATER
            + " before, at "
            + first);
  }

  private static Instant modified(Storage storage, String name) {
    return storage.head(name).orElseThrow().lastModified();
  }

  private static void expectNear(String what, Instant expected, ObjectInfo seen) {
    Duration off = Duration.between(expected, seen.lastModified()).abs();
    Expect.that(
        off.compareTo(CLOCK_STEP) <= 0,
        () ->
            "time of '"
                + seen.name()
                + "' in "
                + what
                + " is "
                + seen.lastModified()
                + ", expected "
                + expected);
  }
}
