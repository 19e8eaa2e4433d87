package io.elacsym.tck.storage;

import static io.elacsym.tck.storage.Places.bytes;
import static io.elacsym.tck.storage.Places.content;
import static io.elacsym.tck.storage.Places.names;
import static io.elacsym.tck.storage.Places.put;

import io.elacsym.api.ErrorKind;
import io.elacsym.api.blob.ByteRange;
import io.elacsym.api.storage.Changed;
import io.elacsym.api.storage.ObjectInfo;
import io.elacsym.api.storage.PutMode;
import io.elacsym.api.storage.PutResult;
import io.elacsym.api.storage.PutResult.Outcome;
import io.elacsym.api.storage.Storage;
import io.elacsym.tck.Check;
import io.elacsym.tck.expect.Expect;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * Several handles to one place, as several processes have them. Of a storage that cannot be shared
 * a second one cannot be had, and one handle stands for both.
 */
record HandleChecks(StorageFixture fixture) {
  /** On both sides of 5 MiB: a store may take larger objects in parts. */
  private static final List<Integer> CONDITIONAL_BYTES = List.of(100, 3 << 20, 6 << 20);

  List<Check> checks() {
    return List.of(
        Check.of("a storage that cannot be shared refuses a second handle", this::notShared),
        Check.of("what one handle writes and deletes, another sees at once", this::seesOthers),
        Check.of("a condition holds against who writes meanwhile", this::meanwhile),
        Check.of("closing one handle leaves the others open", this::closing));
  }

  /** A check's code, given two handles to one place. */
  @FunctionalInterface
  private interface Use {
    void with(Storage one, Storage other) throws Exception;
  }

  private void inBoth(Use use) throws Exception {
    try (StorageFixture.Place place = fixture.newPlace();
        Storage one = place.open()) {
      if (one.capabilities().shared()) {
        try (Storage other = place.open()) {
          use.with(one, other);
        }
      } else {
        use.with(one, one);
      }
    }
  }

  private void notShared() throws Exception {
    try (StorageFixture.Place place = fixture.newPlace();
        Storage one = place.open()) {
      put(one, "o", "x");
      if (!one.capabilities().shared()) {
        Expect.failure(
            ErrorKind.CONFLICT, "opening what is open already", () -> place.open().close());
        Expect.equal("content", "x", content(one, "o"));
      }
    }
  }

  /** The other one has looked before, so that it has something to remember wrongly. */
  private void seesOthers() throws Exception {
    inBoth((one, other) -> {
      expectSeen(other, "(absent)", Optional.empty());
      String first = put(one, "d/o", "first");
      expectSeen(other, "first", Optional.of(first));
      expectSeen(one, "first", Optional.of(first));
      Expect.equal("with its tag", Changed.UNCHANGED, other.getIfChanged("d/o", first));
      String second = put(one, "d/o", "a longer second");
      expectSeen(other, "a longer second", Optional.of(second));
      Expect.that(
          other.getIfChanged("d/o", first) instanceof Changed.To(var object)
              && object.info().tag().equals(second),
          () -> "asked with an old tag another handle says " + other.getIfChanged("d/o", first));
      PutResult third = put(other, "d/o", "third", PutMode.ifMatches(second));
      Expect.equal("outcome through the other handle", Outcome.WON, third.outcome());
      expectSeen(one, "third", third.tag());
      one.delete(List.of("d/o"));
      expectSeen(other, "(absent)", Optional.empty());
      Expect.equal("gone", Changed.GONE, other.getIfChanged("d/o", third.tag().orElseThrow()));
      PutResult fourth = put(other, "d/o", "fourth", PutMode.IF_ABSENT);
      Expect.equal("outcome after a delete", Outcome.WON, fourth.outcome());
      expectSeen(one, "fourth", fourth.tag());
    });
  }

  private static void expectSeen(Storage storage, String content, Optional<String> tag) {
    boolean there = tag.isPresent();
    Expect.equal("content", content, content(storage, "d/o"));
    Expect.equal(
        "part of the content",
        content.substring(0, 2),
        storage
            .get("d/o", new ByteRange(0, 2))
            .map(object -> new String(object.bytes(), StandardCharsets.UTF_8))
            .orElse("(a"));
    Expect.equal("tag in head of " + content, tag, storage.head("d/o").map(ObjectInfo::tag));
    Expect.equal(
        "size in head of " + content,
        there ? Optional.of((long) content.length()) : Optional.empty(),
        storage.head("d/o").map(ObjectInfo::size));
    List<ObjectInfo> listed = storage.list("d/", "", 10);
    Expect.equal(
        "tags in a list",
        tag.map(List::of).orElse(List.of()),
        listed.stream().map(ObjectInfo::tag).toList());
    Expect.equal("folders", there ? List.of("d") : List.of(), storage.listFolders("", "", 10));
  }

  /** Whoever looks at the condition first, and writes later, meets what has come between. */
  private void meanwhile() throws Exception {
    inBoth((one, other) -> {
      for (int bytes : CONDITIONAL_BYTES) {
        String name = "absent/" + bytes;
        expectOneWinner(one, other, name, bytes, PutMode.IF_ABSENT);
        String tag = put(one, name, "before");
        expectOneWinner(one, other, name, bytes, PutMode.ifMatches(tag));
      }
    });
  }

  private static void expectOneWinner(
      Storage one, Storage other, String name, int bytes, PutMode mode) throws Exception {
    String slowContent = "slow".repeat(bytes / 4);
    String fastContent = "fast" + mode;
    MeanwhilePayload<PutResult> payload =
        new MeanwhilePayload<>(bytes(slowContent), () -> put(other, name, fastContent, mode));
    Outcome slow = one.put(name, payload, mode).outcome();
    Outcome fast = payload.result().outcome();
    String what =
        "of two puts with one condition ("
            + mode
            + "), the first, of "
            + bytes
            + " bytes, is "
            + slow
            + " and the second, which came in the middle of its payload, is "
            + fast;
    Expect.that(slow != Outcome.WON || fast != Outcome.WON, () -> what);
    Expect.that(slow != Outcome.LOST || fast != Outcome.LOST, () -> what);
    String content = content(one, name);
    Expect.that(
        (content.equals(slowContent) && fast != Outcome.WON)
            || (content.equals(fastContent) && slow != Outcome.WON),
        () ->
            what
                + "; the object has "
                + content.length()
                + " bytes and begins with "
                + content.substring(0, Math.min(8, content.length())));
  }

  private void closing() throws Exception {
    try (StorageFixture.Place place = fixture.newPlace();
        Storage one = place.open()) {
      if (!one.capabilities().shared()) {
        return;
      }
      Storage other = place.open();
      put(other, "o", "x");
      other.close();
      Expect.equal("content after another handle was closed", "x", content(one, "o"));
      put(one, "o", "y");
      Expect.equal("names listed", List.of("o"), names(one, "", "", 10));
      one.delete(List.of("o"));
    }
  }
}
