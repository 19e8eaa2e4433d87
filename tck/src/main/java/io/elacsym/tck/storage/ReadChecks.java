package io.elacsym.tck.storage;

import static io.elacsym.tck.storage.Places.bytes;
import static io.elacsym.tck.storage.Places.content;
import static io.elacsym.tck.storage.Places.in;
import static io.elacsym.tck.storage.Places.put;
import static io.elacsym.tck.storage.Places.random;

import io.elacsym.api.blob.ByteRange;
import io.elacsym.api.storage.Changed;
import io.elacsym.api.storage.ObjectInfo;
import io.elacsym.api.storage.StoredObject;
import io.elacsym.tck.Check;
import io.elacsym.tck.Seed;
import io.elacsym.tck.expect.Expect;
import io.elacsym.tck.host.Together;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Get, head and conditional get. */
record ReadChecks(StorageFixture fixture) {
  private static final int LARGE = 16 << 20;

  List<Check> checks() {
    return List.of(
        Check.of("an object is read back as it was put", this::readsBack),
        Check.of("a range is clipped to the object", this::clipsRanges),
        Check.of("an absent object is empty, not an error", this::absent),
        Check.of("head says size and tag of what get reads", this::head),
        Check.of("an empty object is an object", this::emptyObject),
        Check.of("a large object comes back whole and in parts", this::largeObject),
        Check.of("a range of many MiB comes back whole from any offset", this::longRanges),
        Check.of("many threads read ranges of one object at once", this::threads),
        Check.of("read bytes belong to the reader", this::readersOwnBytes),
        Check.of("a conditional get says unchanged, changed or gone", this::conditionalGet));
  }

  private void readsBack() throws Exception {
    in(
        fixture,
        storage -> {
          byte[] written = random(Seed.current(), 100_000);
          put(storage, "a/object", written);
          StoredObject read = storage.get("a/object", ByteRange.ALL).orElseThrow();
          Expect.equal("object", written, read.bytes());
          Expect.equal("name", "a/object", read.info().name());
          Expect.equal("size", 100_000L, read.info().size());
        });
  }

  private void clipsRanges() throws Exception {
    in(
        fixture,
        storage -> {
          put(storage, "o", "0123456789");
          record Case(long offset, long length, String expected) {}
          for (Case range :
              List.of(
                  new Case(0, 10, "0123456789"),
                  new Case(0, 1, "0"),
                  new Case(9, 1, "9"),
                  new Case(3, 4, "3456"),
                  new Case(5, 100, "56789"),
                  new Case(5, Long.MAX_VALUE, "56789"),
                  new Case(0, 0, ""),
                  new Case(4, 0, ""),
                  new Case(10, 5, ""),
                  new Case(11, 1, ""),
                  new Case(1000, Long.MAX_VALUE, ""))) {
            StoredObject read =
                storage.get("o", new ByteRange(range.offset(), range.length())).orElseThrow();
            Expect.equal(
                "range " + range.offset() + "+" + range.length() + " of 10 bytes",
                range.expected(),
                new String(read.bytes(), StandardCharsets.UTF_8));
            Expect.equal("size of the whole object", 10L, read.info().size());
          }
        });
  }

  private void absent() throws Exception {
    in(
        fixture,
        storage -> {
          put(storage, "folder/there", "x");
          for (String name : List.of("absent", "folder", "folder/other", "folder/there/below")) {
            Expect.equal(
                "get of " + name, Optional.empty(), storage.get(name, new ByteRange(1, 2)));
            Expect.equal("head of " + name, Optional.empty(), storage.head(name));
          }
        });
  }

  private void head() throws Exception {
    in(
        fixture,
        storage -> {
          String tag = put(storage, "a/b", "four");
          ObjectInfo head = storage.head("a/b").orElseThrow();
          ObjectInfo read = storage.get("a/b", new ByteRange(0, 1)).orElseThrow().info();
          Expect.equal("name in head", "a/b", head.name());
          Expect.equal("size in head", 4L, head.size());
          Expect.equal("tag in head", tag, head.tag());
          Expect.equal("tag in get", tag, read.tag());
          Expect.equal("size in get", 4L, read.size());
        });
  }

  private void emptyObject() throws Exception {
    in(
        fixture,
        storage -> {
          String tag = put(storage, "empty", "");
          Expect.equal("content", "", content(storage, "empty"));
          Expect.equal(
              "part of an empty object",
              0,
              storage.get("empty", new ByteRange(0, 5)).orElseThrow().bytes().length);
          Expect.equal("size", 0L, storage.head("empty").orElseThrow().size());
          Expect.equal("tag", tag, storage.head("empty").orElseThrow().tag());
          Expect.equal("listed", 1, storage.list("", "", 10).size());
        });
  }

  private void largeObject() throws Exception {
    in(
        fixture,
        storage -> {
          byte[] written = random(Seed.current(), LARGE);
          put(storage, "large", written);
          byte[] read = storage.get("large", ByteRange.ALL).orElseThrow().bytes();
          Expect.equal("object of 16 MiB", written, read);
          int from = 5_000_001;
          byte[] part = storage.get("large", new ByteRange(from, 70_000)).orElseThrow().bytes();
          Expect.equal(
              "range inside 16 MiB", Arrays.copyOfRange(written, from, from + 70_000), part);
          byte[] tail = storage.get("large", new ByteRange(LARGE - 3, 9)).orElseThrow().bytes();
          Expect.equal("bytes in the tail", 3, tail.length);
        });
  }

  private void longRanges() throws Exception {
    in(
        fixture,
        storage -> {
          byte[] written = random(Seed.current(), LARGE);
          put(storage, "large", written);
          for (ByteRange range :
              List.of(
                  new ByteRange(0, LARGE - 1),
                  new ByteRange(1, (1 << 20) + 1),
                  new ByteRange((1 << 20) - 1, 3 << 20),
                  new ByteRange((5 << 20) + 7, 10 << 20),
                  new ByteRange(6 << 20, Long.MAX_VALUE))) {
            int from = (int) range.offset();
            int to = (int) Math.min(LARGE, range.end());
            Expect.equal(
                "range " + range.offset() + "+" + range.length() + " of 16 MiB",
                Arrays.copyOfRange(written, from, to),
                storage.get("large", range).orElseThrow().bytes());
          }
        });
  }

  private void threads() throws Exception {
    in(
        fixture,
        storage -> {
          byte[] written = random(Seed.current(), 1 << 20);
          put(storage, "o", written);
          Together.run(
              6,
              thread -> {
                Random random = new Random(Seed.current() + thread);
                for (int i = 0; i < 20; i++) {
                  int from = random.nextInt(written.length);
                  int to = Math.min(written.length, from + 1 + random.nextInt(100_000));
                  Expect.equal(
                      "range " + from + "+" + (to - from) + " read beside others",
                      Arrays.copyOfRange(written, from, to),
                      storage.get("o", new ByteRange(from, to - from)).orElseThrow().bytes());
                }
                return thread;
              });
        });
  }

  private void readersOwnBytes() throws Exception {
    in(
        fixture,
        storage -> {
          byte[] given = bytes("mine");
          put(storage, "o", given);
          given[0] = 'X';
          Expect.equal("content after the writer reused its array", "mine", content(storage, "o"));
          storage.get("o", ByteRange.ALL).orElseThrow().bytes()[0] = 'Y';
          Expect.equal("content after a reader changed its array", "mine", content(storage, "o"));
        });
  }

  private void conditionalGet() throws Exception {
    in(
        fixture,
        storage -> {
          String first = put(storage, "o", "first");
          Expect.equal(
              "asked with the current tag", Changed.UNCHANGED, storage.getIfChanged("o", first));

          String second = put(storage, "o", "second");
          Changed changed = storage.getIfChanged("o", first);
          if (!(changed instanceof Changed.To(StoredObject object))) {
            throw new AssertionError("asked with an old tag: " + changed + ", expected the object");
          }
          Expect.equal(
              "changed bytes", "second", new String(object.bytes(), StandardCharsets.UTF_8));
          Expect.equal("changed tag", second, object.info().tag());

          storage.delete(List.of("o"));
          Expect.equal("asked when it is gone", Changed.GONE, storage.getIfChanged("o", second));
        });
  }
}
