package io.elacsym.tck.storage;

import static io.elacsym.tck.storage.Places.content;
import static io.elacsym.tck.storage.Places.expectLost;
import static io.elacsym.tck.storage.Places.in;
import static io.elacsym.tck.storage.Places.names;
import static io.elacsym.tck.storage.Places.put;

import io.elacsym.api.storage.ObjectInfo;
import io.elacsym.api.storage.PutMode;
import io.elacsym.api.storage.PutResult;
import io.elacsym.tck.Check;
import io.elacsym.tck.expect.Expect;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Puts by one writer: conditions and tags. */
record PutChecks(StorageFixture fixture) {
  List<Check> checks() {
    return List.of(
        Check.of("an overwrite replaces the whole object", this::overwrite),
        Check.of("other content has another tag", this::tags),
        Check.of("ifAbsent wins only where there is no object", this::ifAbsent),
        Check.of("ifMatches wins only against the tag it names", this::ifMatches),
        Check.of("the empty tag is that of no object", this::emptyTag),
        Check.of("a lost put changes nothing", this::lostChangesNothing));
  }

  private void overwrite() throws Exception {
    in(
        fixture,
        storage -> {
          put(storage, "o", "a long first content");
          String second = put(storage, "o", "short");
          Expect.equal("content", "short", content(storage, "o"));
          ObjectInfo head = storage.head("o").orElseThrow();
          Expect.equal("size", 5L, head.size());
          Expect.equal("tag", second, head.tag());
          Expect.equal("names listed", List.of("o"), names(storage, "", "", 10));
        });
  }

  /** Many in a row and of one size: a tag made of time and size alone would repeat. */
  private void tags() throws Exception {
    in(
        fixture,
        storage -> {
          Set<String> tags = new HashSet<>();
          for (int i = 100; i < 150; i++) {
            String tag = put(storage, "o", "content " + i);
            Expect.that(tags.add(tag), () -> "tag " + tag + " came twice");
          }
        });
  }

  private void ifAbsent() throws Exception {
    in(
        fixture,
        storage -> {
          PutResult first = put(storage, "o", "first", PutMode.IF_ABSENT);
          Expect.equal("outcome where nothing is", PutResult.Outcome.WON, first.outcome());
          Expect.equal("tag", first.tag(), storage.head("o").map(ObjectInfo::tag));
          expectLost("ifAbsent onto an object", put(storage, "o", "second", PutMode.IF_ABSENT));
          expectLost("ifAbsent of the same content", put(storage, "o", "first", PutMode.IF_ABSENT));
          storage.delete(List.of("o"));
          PutResult third = put(storage, "o", "third", PutMode.IF_ABSENT);
          Expect.equal("outcome after a delete", PutResult.Outcome.WON, third.outcome());
          Expect.equal("content", "third", content(storage, "o"));
        });
  }

  private void ifMatches() throws Exception {
    in(
        fixture,
        storage -> {
          expectLost(
              "ifMatches onto nothing", put(storage, "o", "x", PutMode.ifMatches("made-up")));
          String first = put(storage, "o", "first");
          PutResult second = put(storage, "o", "second", PutMode.ifMatches(first));
          Expect.equal("outcome on a match", PutResult.Outcome.WON, second.outcome());
          Expect.equal("content", "second", content(storage, "o"));
          expectLost("ifMatches of an old tag", put(storage, "o", "x", PutMode.ifMatches(first)));
          String third = second.tag().orElseThrow();
          storage.delete(List.of("o"));
          expectLost(
              "ifMatches of a deleted object", put(storage, "o", "x", PutMode.ifMatches(third)));
          String fourth = put(storage, "o", "fourth");
          expectLost(
              "ifMatches of a made-up tag",
              put(storage, "o", "x", PutMode.ifMatches(fourth + "0")));
        });
  }

  /** A writer that has read no tag, and asks with an empty one, must not win by that. */
  private void emptyTag() throws Exception {
    in(
        fixture,
        storage -> {
          expectLost("ifMatches of '' onto nothing", put(storage, "o", "x", PutMode.ifMatches("")));
          Expect.equal("content", "(absent)", content(storage, "o"));
          String tag = put(storage, "o", "kept");
          Expect.that(!tag.isEmpty(), () -> "the tag of an object is empty");
          expectLost(
              "ifMatches of '' onto an object", put(storage, "o", "x", PutMode.ifMatches("")));
          Expect.equal("content", "kept", content(storage, "o"));
        });
  }

  private void lostChangesNothing() throws Exception {
    in(
        fixture,
        storage -> {
          String old = put(storage, "there", "zero");
          put(storage, "there", "kept");
          ObjectInfo before = storage.head("there").orElseThrow();
          expectLost("ifAbsent", put(storage, "there", "x", PutMode.IF_ABSENT));
          expectLost("ifMatches", put(storage, "there", "x", PutMode.ifMatches(old)));
          expectLost("ifMatches on nothing", put(storage, "gone", "x", PutMode.ifMatches(old)));
          Expect.equal("content", "kept", content(storage, "there"));
          Expect.equal("facts", before, storage.head("there").orElseThrow());
          Expect.equal("absent object", "(absent)", content(storage, "gone"));
          Expect.equal("names listed", List.of("there"), names(storage, "", "", 10));
        });
  }
}
