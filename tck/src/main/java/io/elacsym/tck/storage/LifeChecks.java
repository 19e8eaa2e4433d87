package io.elacsym.tck.storage;

import static io.elacsym.tck.storage.Places.content;
import static io.elacsym.tck.storage.Places.in;
import static io.elacsym.tck.storage.Places.names;
import static io.elacsym.tck.storage.Places.put;

import io.elacsym.api.ErrorKind;
import io.elacsym.api.blob.ByteRange;
import io.elacsym.api.storage.ObjectInfo;
import io.elacsym.api.storage.Storage;
import io.elacsym.api.storage.StorageStatistics;
import io.elacsym.api.storage.StorageStatistics.Operation;
import io.elacsym.tck.Check;
import io.elacsym.tck.expect.Expect;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Deletes, and the life of a storage. */
record LifeChecks(StorageFixture fixture) {
  private static final Duration LATER = Duration.ofMinutes(1);

  List<Check> checks() {
    return List.of(
        Check.of("a deleted object is gone for get, head and list", this::deleted),
        Check.of("deleting what is not there is no error", this::deleteAbsent),
        Check.of("a delete leaves objects whose names begin with its name", this::deletePrefix),
        Check.of("one call deletes many objects", this::deleteMany),
        Check.of("a delete with a deadline takes effect before it, or never", this::deleteInTime),
        Check.of("objects survive closing and opening again", this::reopened),
        Check.of("statistics count what was asked, if they count", this::statistics),
        Check.of("a closed storage refuses calls and can be closed again", this::closed));
  }

  private void deleted() throws Exception {
    in(
        fixture,
        storage -> {
          put(storage, "d/a", "a");
          put(storage, "d/b", "b");
          put(storage, "d/a-c", "c");
          storage.delete(List.of("d/a"));
          Expect.equal("get", Optional.empty(), storage.get("d/a", ByteRange.ALL));
          Expect.equal("head", Optional.empty(), storage.head("d/a"));
          Expect.equal("names listed", List.of("d/a-c", "d/b"), names(storage, "", "", 10));
          Expect.equal("neighbour", "b", content(storage, "d/b"));
          put(storage, "d/a", "again");
          Expect.equal("written again", "again", content(storage, "d/a"));
        });
  }

  private void deleteAbsent() throws Exception {
    in(
        fixture,
        storage -> {
          put(storage, "there", "x");
          storage.delete(List.of());
          storage.delete(List.of("absent", "there", "folder/absent", "there"));
          storage.delete(List.of("there"));
          Expect.equal("names listed", List.of(), names(storage, "", "", 10));
        });
  }

  /** A name that is none of an object may be the folder of some. */
  private void deletePrefix() throws Exception {
    in(
        fixture,
        storage -> {
          List<String> kept = List.of("d-a", "d.a", "d/a", "d/b/c", "d0", "dd");
          for (String name : kept) {
            put(storage, name, "content of " + name);
          }
          storage.delete(List.of("d", "d/b"));
          storage.delete(List.of("d"));
          Instant now = storage.head("dd").orElseThrow().lastModified();
          storage.deleteBefore("d", now.plus(LATER));
          storage.deleteBefore("d/b", now.plus(LATER));
          Expect.equal("names listed", kept, names(storage, "", "", 10));
          for (String name : kept) {
            Expect.equal("content", "content of " + name, content(storage, name));
          }
        });
  }

  /** More than the 1,000 names that one request to S3 may carry. */
  private void deleteMany() throws Exception {
    in(
        fixture,
        storage -> {
          List<String> doomed = new ArrayList<>();
          for (int i = 0; i < 2100; i++) {
            doomed.add("doomed/" + i);
          }
          for (int i = 0; i < doomed.size(); i += 100) {
            put(storage, doomed.get(i), "x");
          }
          put(storage, "kept", "x");
          storage.delete(doomed);
          Expect.equal("names listed", List.of("kept"), names(storage, "", "", 100));
        });
  }

  /**
   * Times are read from what the storage says of its objects: its clock may differ from this
   * machine's.
   */
  private void deleteInTime() throws Exception {
    in(
        fixture,
        storage -> {
          put(storage, "f/a", "a");
          put(storage, "f/b", "b");
          Instant now = storage.head("f/b").orElseThrow().lastModified();
          storage.deleteBefore("f/a", now.plus(LATER));
          storage.deleteBefore("f/absent", now.plus(LATER));
          Expect.equal("names listed", List.of("f/b"), names(storage, "", "", 10));
          Expect.failure(
              ErrorKind.UNAVAILABLE,
              "a delete whose time is over",
              () -> storage.deleteBefore("f/b", now.minus(LATER)));
          Expect.equal("content", "b", content(storage, "f/b"));
        });
  }

  private void reopened() throws Exception {
    try (StorageFixture.Place place = fixture.newPlace()) {
      String tag;
      try (Storage storage = place.open()) {
        tag = put(storage, "deep/er/object", "kept");
        put(storage, "deleted", "x");
        storage.delete(List.of("deleted"));
      }
      try (Storage storage = place.open()) {
        Expect.equal("content", "kept", content(storage, "deep/er/object"));
        Expect.equal("tag", Optional.of(tag), storage.head("deep/er/object").map(ObjectInfo::tag));
        Expect.equal("names listed", List.of("deep/er/object"), names(storage, "", "", 10));
      }
    }
  }

  private void statistics() throws Exception {
    in(
        fixture,
        storage -> {
          StorageStatistics before = storage.statistics();
          put(storage, "o", "12345");
          content(storage, "o");
          storage.head("o");
          names(storage, "", "", 10);
          storage.delete(List.of("o"));
          StorageStatistics after = storage.statistics();
          if (after.equals(StorageStatistics.NONE)) {
            return;
          }
          for (Operation operation : Operation.values()) {
            long asked = after.of(operation).requests() - before.of(operation).requests();
            Expect.that(asked >= 1, () -> operation + " was asked and is not counted");
          }
          long sent = after.of(Operation.PUT).bytesSent() - before.of(Operation.PUT).bytesSent();
          long received =
              after.of(Operation.GET).bytesReceived() - before.of(Operation.GET).bytesReceived();
          Expect.equal("bytes sent", 5L, sent);
          Expect.equal("bytes received", 5L, received);
        });
  }

  private void closed() throws Exception {
    try (StorageFixture.Place place = fixture.newPlace()) {
      Storage storage = place.open();
      put(storage, "o", "x");
      storage.close();
      storage.close();
      Expect.exception(
          RuntimeException.class, "get after close", () -> storage.get("o", ByteRange.ALL));
      Expect.exception(RuntimeException.class, "head after close", () -> storage.head("o"));
      Expect.exception(RuntimeException.class, "put after close", () -> put(storage, "o", "y"));
      Expect.exception(RuntimeException.class, "list after close", () -> storage.list("", "", 1));
      Expect.exception(
          RuntimeException.class, "delete after close", () -> storage.delete(List.of("o")));
    }
  }
}
