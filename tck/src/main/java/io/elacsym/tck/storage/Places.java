package io.elacsym.tck.storage;

import io.elacsym.api.blob.ByteRange;
import io.elacsym.api.storage.ObjectInfo;
import io.elacsym.api.storage.Payload;
import io.elacsym.api.storage.PutMode;
import io.elacsym.api.storage.PutResult;
import io.elacsym.api.storage.Storage;
import io.elacsym.tck.expect.Expect;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;

/** Short words for what storage checks do all the time. */
final class Places {
  private Places() {}

  /** A check's code, given an open storage that is empty. */
  @FunctionalInterface
  interface Use {
    void with(Storage storage) throws Exception;
  }

  static void in(StorageFixture fixture, Use use) throws Exception {
    try (StorageFixture.Place place = fixture.newPlace();
        Storage storage = place.open()) {
      use.with(storage);
    }
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  static byte[] random(long seed, int size) {
    byte[] bytes = new byte[size];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  /** Puts without a condition; returns the new tag. */
  static String put(Storage storage, String name, String content) {
    return put(storage, name, bytes(content));
  }

  static String put(Storage storage, String name, byte[] content) {
    PutResult result = storage.put(name, Payload.of(content), PutMode.OVERWRITE);
    Expect.equal("outcome of the put of " + name, PutResult.Outcome.WON, result.outcome());
    return result.tag().orElseThrow();
  }

  static PutResult put(Storage storage, String name, String content, PutMode mode) {
    return storage.put(name, Payload.of(bytes(content)), mode);
  }

  static void expectLost(String what, PutResult result) {
    Expect.equal("outcome of a put " + what, PutResult.Outcome.LOST, result.outcome());
  }

  /** The whole object as text, or "(absent)". */
  static String content(Storage storage, String name) {
    return storage
        .get(name, ByteRange.ALL)
        .map(object -> new String(object.bytes(), StandardCharsets.UTF_8))
        .orElse("(absent)");
  }

  static List<String> names(Storage storage, String prefix, String after, int limit) {
    return storage.list(prefix, after, limit).stream().map(ObjectInfo::name).toList();
  }
}
