package io.elacsym.tck.storage;

import static io.elacsym.tck.storage.Places.in;
import static io.elacsym.tck.storage.Places.names;
import static io.elacsym.tck.storage.Places.put;

import io.elacsym.api.blob.ByteRange;
import io.elacsym.api.storage.ObjectInfo;
import io.elacsym.api.storage.Payload;
import io.elacsym.api.storage.PutMode;
import io.elacsym.api.storage.PutResult;
import io.elacsym.api.storage.Storage;
import io.elacsym.api.storage.StoredObject;
import io.elacsym.tck.Check;
import io.elacsym.tck.Profile;
import io.elacsym.tck.expect.Expect;
import io.elacsym.tck.host.Together;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Objects so large that a storage may write them in another way, in parts say. Each is one byte
 * repeated, and how long it is follows from the byte.
 */
record LargeObjectChecks(StorageFixture fixture) {
  private static final int PART = 64 << 10;

  List<Check> checks() {
    return List.of(
        Check.of("conditions hold for large objects, too", this::conditions),
        Check.of("a large object is seen whole or not at all while it is written", this::whole),
        Check.of("a large payload that fails half way leaves no object", this::failing));
  }

  /** More than our own storages, and others that are known, send with one request. */
  private static int least() {
    return Profile.current().pick(33 << 20, 130 << 20);
  }

  private static byte[] object(int value) {
    byte[] bytes = new byte[size(value)];
    Arrays.fill(bytes, (byte) value);
    return bytes;
  }

  private static int size(int value) {
    return least() + 1000 * value;
  }

  private static PutResult putLarge(Storage storage, String name, int value, PutMode mode) {
    return storage.put(name, Payload.of(object(value)), mode);
  }

  private void conditions() throws Exception {
    in(
        fixture,
        storage -> {
          PutResult first = putLarge(storage, "o", 1, PutMode.IF_ABSENT);
          Expect.equal("outcome where nothing is", PutResult.Outcome.WON, first.outcome());
          String tag = first.tag().orElseThrow();
          expectNotWon("ifAbsent of a large object", putLarge(storage, "o", 2, PutMode.IF_ABSENT));
          PutResult third = putLarge(storage, "o", 3, PutMode.ifMatches(tag));
          Expect.equal("outcome on a match", PutResult.Outcome.WON, third.outcome());
          expectNotWon(
              "ifMatches of an old tag, of a large object",
              putLarge(storage, "o", 4, PutMode.ifMatches(tag)));
          expectNotWon(
              "ifMatches of a large object onto nothing",
              putLarge(storage, "absent", 5, PutMode.ifMatches(tag)));
          expectObject(storage.head("o"), 3, "the object that won");
          Expect.equal("tag", third.tag(), storage.head("o").map(ObjectInfo::tag));
          Expect.equal("names listed", List.of("o"), names(storage, "", "", 10));
        });
  }

  /**
   * A store that refuses a large object early breaks the connection on which it still arrives, and
   * then nobody can say what has become of it. What is stored is looked at afterwards.
   */
  private static void expectNotWon(String what, PutResult result) {
    Expect.that(
        result.outcome() != PutResult.Outcome.WON, () -> "a put " + what + " won, expected LOST");
  }

  private static void expectObject(Optional<ObjectInfo> head, int value, String what) {
    Expect.equal("size of " + what, Optional.of((long) size(value)), head.map(ObjectInfo::size));
  }

  private void whole() throws Exception {
    in(
        fixture,
        storage -> {
          AtomicBoolean writing = new AtomicBoolean(true);
          Together.run(
              3,
              thread -> {
                if (thread == 0) {
                  try {
                    for (int value = 1; value <= 3; value++) {
                      put(storage, "o", object(value));
                    }
                  } finally {
                    writing.set(false);
                  }
                } else {
                  while (writing.get()) {
                    expectWhole(storage, thread);
                  }
                }
                return thread;
              });
          expectWhole(storage, 1);
          expectObject(storage.head("o"), 3, "the object that was written last");
        });
  }

  /** What is read of the middle and of the end must belong to the size that is told. */
  private static void expectWhole(Storage storage, int thread) {
    List<ObjectInfo> listed = storage.list("", "", 10);
    for (ObjectInfo info : listed) {
      long value = (info.size() - least()) / 1000;
      Expect.that(
          value >= 1 && value <= 3 && info.size() == size((int) value),
          () -> "a list shows an object of " + info.size() + " bytes, which nobody has written");
    }
    long from = thread == 1 ? least() / 2 : least() - PART;
    Optional<StoredObject> read = storage.get("o", new ByteRange(from, PART));
    Expect.that(read.isPresent() || listed.isEmpty(), () -> "an object that was listed is absent");
    read.ifPresent(object -> {
      int value = (int) (object.info().size() - least()) / 1000;
      byte[] expected = new byte[PART];
      Arrays.fill(expected, (byte) value);
      Expect.equal(
          "range " + from + "+" + PART + " of an object of " + object.info().size() + " bytes",
          expected,
          object.bytes());
    });
  }

  private void failing() throws Exception {
    in(
        fixture,
        storage -> {
          put(storage, "old", object(1));
          Payload broken = new BrokenPayload(least(), least() / 4 * 3, true);
          PayloadChecks.expectFails(storage, "new", broken, PutMode.OVERWRITE);
          PayloadChecks.expectFails(storage, "old", broken, PutMode.OVERWRITE);
          expectObject(storage.head("old"), 1, "an object whose overwriting failed");
          Expect.equal("names listed", List.of("old"), names(storage, "", "", 10));
        });
  }
}
