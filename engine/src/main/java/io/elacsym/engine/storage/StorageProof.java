package io.elacsym.engine.storage;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.ErrorKind;
import io.elacsym.api.blob.ByteRange;
import io.elacsym.api.storage.Changed;
import io.elacsym.api.storage.ObjectInfo;
import io.elacsym.api.storage.Payload;
import io.elacsym.api.storage.PutMode;
import io.elacsym.api.storage.PutResult;
import io.elacsym.api.storage.PutResult.Outcome;
import io.elacsym.api.storage.Storage;
import io.elacsym.api.storage.StoredObject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Proves on the very storage what correctness rests on: conditional puts, reading what was written,
 * and range reads. A storage without them is refused, because it would lose data, not merely be
 * slow.
 */
final class StorageProof {
  private static final String PREFIX = "elacsym-probe-";

  /** A process that probes for longer than this has died. */
  private static final Duration LONGEST = Duration.ofHours(1);

  private static final int PAGE = 1_000;

  private final Storage storage;
  private final String name;

  private StorageProof(Storage storage, String name) {
    this.storage = storage;
    this.name = name;
  }

  /**
   * @param unique makes the probe's object name unique; namespaces are folders, this is none
   * @throws ElacsymException {@code INVALID_REQUEST} saying what the storage does wrong; {@code
   *     UNAVAILABLE} when it does not say what it has done, which proves nothing
   */
  static void check(Storage storage, String unique) {
    String name = PREFIX + unique;
    try {
      new StorageProof(storage, name).run();
    } catch (RuntimeException failure) {
      try {
        storage.delete(List.of(name));
      } catch (RuntimeException e) {
        failure.addSuppressed(e); // the first one says what to do
      }
      throw failure;
    }
    storage.delete(List.of(name));
  }

  private void run() {
    expect(put("first", PutMode.IF_ABSENT).outcome() == Outcome.WON, "put a new object");
    expect(
        put("second", PutMode.IF_ABSENT).outcome() == Outcome.LOST,
        "refuse a put-if-absent of an object that exists");
    StoredObject first = read(ByteRange.ALL);
    expect(text(first).equals("first"), "read what was written");
    expect(text(read(new ByteRange(1, 3))).equals("irs"), "read a range of bytes");
    String tag = first.info().tag();
    expect(
        storage.getIfChanged(name, tag).equals(Changed.UNCHANGED),
        "recognise a tag that is current");
    PutResult third = put("third", PutMode.ifMatches(tag));
    expect(third.outcome() == Outcome.WON, "put over the tag it named");
    expect(
        put("fourth", PutMode.ifMatches(tag)).outcome() == Outcome.LOST,
        "refuse a put over a tag that is gone");
    expect(text(read(ByteRange.ALL)).equals("third"), "keep the object when a put is refused");
    expect(
        !storage.getIfChanged(name, tag).equals(Changed.UNCHANGED), "recognise a tag that is gone");
    List<ObjectInfo> listed = storage.list(name, "", PAGE);
    expect(listed.stream().anyMatch(info -> info.name().equals(name)), "list what was written");
    deleteAbandoned(listed.getFirst().lastModified());
  }

  /**
   * Deletes what probes of processes that died have left.
   *
   * @param now by the storage's clock
   */
  private void deleteAbandoned(Instant now) {
    List<String> abandoned =
        storage.list(PREFIX, "", PAGE).stream()
            .filter(info -> info.lastModified().plus(LONGEST).isBefore(now))
            .map(ObjectInfo::name)
            .toList();
    if (!abandoned.isEmpty()) {
      storage.delete(abandoned);
    }
  }

  private PutResult put(String content, PutMode mode) {
    PutResult result =
        storage.put(name, Payload.of(content.getBytes(StandardCharsets.UTF_8)), mode);
    if (result.outcome() == Outcome.UNKNOWN) {
      throw new ElacsymException(
          ErrorKind.UNAVAILABLE,
          "storage did not say whether it has taken a first object; is it overloaded?");
    }
    return result;
  }

  private StoredObject read(ByteRange range) {
    return storage
        .get(name, range)
        .orElseThrow(() -> ElacsymException.invalid(refusal("read what was written")));
  }

  private static String text(StoredObject object) {
    return new String(object.bytes(), StandardCharsets.UTF_8);
  }

  private static void expect(boolean holds, String ability) {
    if (!holds) {
      throw ElacsymException.invalid(refusal(ability));
    }
  }

  private static String refusal(String ability) {
    return "this storage does not "
        + ability
        + ", without which writes could be lost; use another one, or a newer version of it";
  }
}
