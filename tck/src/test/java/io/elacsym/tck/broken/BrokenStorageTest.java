package io.elacsym.tck.broken;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.blob.ByteRange;
import io.elacsym.api.storage.Changed;
import io.elacsym.api.storage.ObjectInfo;
import io.elacsym.api.storage.Payload;
import io.elacsym.api.storage.PutMode;
import io.elacsym.api.storage.PutResult;
import io.elacsym.api.storage.Storage;
import io.elacsym.api.storage.StorageStatistics;
import io.elacsym.api.storage.StoredObject;
import io.elacsym.tck.junit.ContractTests;
import io.elacsym.tck.memory.MemoryStorage;
import io.elacsym.tck.storage.StorageContract;
import io.elacsym.tck.storage.StorageFixture;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class BrokenStorageTest {
  private static final String IF_ABSENT = "ifAbsent wins only where there is no object";
  private static final String IF_MATCHES = "ifMatches wins only against the tag it names";
  private static final String LOST = "a lost put changes nothing";
  private static final String EMPTY_TAG = "the empty tag is that of no object";
  private static final String CLOSED = "what is opened of a payload is closed when the put returns";
  private static final String ABSENT_RACE = "of many concurrent ifAbsent puts exactly one wins";
  private static final String MATCHES_RACE = "of many concurrent ifMatches puts exactly one wins";
  private static final String FOLDERS =
      "each folder behind a prefix is listed once, in the order of objects";
  private static final String IN_TIME = "a delete with a deadline takes effect before it, or never";
  private static final String PREFIX_DELETE =
      "a delete leaves objects whose names begin with its name";
  private static final String AFTER = "a list goes on after any name, also one that does not exist";

  @TestFactory
  Stream<DynamicTest> checksFindBrokenStorages() {
    return BrokenPart.tests(
        BrokenPart.promises(StorageContract.checks(place(MemoryStorage::new))),
        Stream.of(
                parts(),
                BrokenVersions.parts(),
                BrokenHandles.parts(),
                BrokenLargeObjects.parts(),
                BrokenLists.parts())
            .flatMap(List::stream)
            .toList());
  }

  /** As those of S3 are. */
  @TestFactory
  Stream<DynamicTest> tagsMayBeHashesOfContents() {
    return ContractTests.of(StorageContract.checks(BrokenVersions.hashing()));
  }

  private static List<BrokenPart> parts() {
    return List.of(
        reading(
            "turns bits over",
            o -> with(o, flipped(o.bytes())),
            "an object is read back as it was put",
            "a large object comes back whole and in parts"),
        reading(
            "loses empty objects and empty ranges",
            o -> with(o, new byte[] {0}),
            "an empty object is an object"),
        broken(
            "reads beyond the end as an error",
            ReadsBeyondTheEnd::new,
            "a range is clipped to the object"),
        broken(
            "throws for absent objects",
            ThrowsWhenAbsent::new,
            "an absent object is empty, not an error"),
        broken(
            "keeps an old head",
            KeepsOldHead::new,
            "head says size and tag of what get reads",
            "an overwrite replaces the whole object"),
        broken(
            "hands out its own arrays", HandsOutItsArrays::new, "read bytes belong to the reader"),
        broken(
            "has one position for all who read",
            OnePosition::new,
            "many threads read ranges of one object at once"),
        broken(
            "says changed always",
            SaysChanged::new,
            "a conditional get says unchanged, changed or gone"),
        broken(
            "ignores case",
            () -> new Renaming(name -> name.toLowerCase(Locale.ROOT)),
            "every legal name is a name of its own"),
        broken(
            "cuts names at 255",
            () -> new Renaming(name -> name.substring(0, Math.min(255, name.length()))),
            "every legal name is a name of its own"),
        broken(
            "takes any name",
            () -> new Renaming(BrokenStorageTest::madeLegal),
            "illegal names are refused as invalid"),
        listing(
            "walks folder by folder",
            (inner, prefix, after, limit) ->
                inner.list(prefix, after, limit).stream()
                    .sorted(Comparator.comparing(info -> info.name().replace('/', '\0')))
                    .toList(),
            "a list is in byte order of whole names"),
        listing(
            "takes a prefix for a folder",
            (inner, prefix, after, limit) ->
                inner.list(prefix, after, 1000).stream()
                    .filter(info ->
                        prefix.isEmpty()
                            || prefix.endsWith("/")
                            || info.name().equals(prefix)
                            || info.name().startsWith(prefix + "/"))
                    .limit(limit)
                    .toList(),
            "a list has only names with the prefix, which may end anywhere"),
        listing(
            "takes _ for any character",
            (inner, prefix, after, limit) ->
                inner.list("", after, 1000).stream()
                    .filter(info -> info.name().matches(prefix.replace("_", ".") + ".*"))
                    .limit(limit)
                    .toList(),
            "a list has only names with the prefix, which may end anywhere"),
        listing(
            "ignores after", (inner, prefix, after, limit) -> inner.list(prefix, "", limit), AFTER),
        listing("includes after", BrokenStorageTest::includingAfter, AFTER),
        listing(
            "gives one too few",
            (inner, prefix, after, limit) -> inner.list(prefix, after, Math.max(1, limit - 1)),
            "a list is as long as the limit until the names end"),
        listing(
            "ignores the limit",
            (inner, prefix, after, limit) -> inner.list(prefix, after, 100_000),
            "a list is as long as the limit until the names end"),
        listing(
            "lists no sizes",
            (inner, prefix, after, limit) ->
                inner.list(prefix, after, limit).stream()
                    .map(i -> new ObjectInfo(i.name(), 0, i.tag(), i.lastModified()))
                    .toList(),
            "a list says size and tag of each object"),
        folders(
            "lists a folder for each object",
            (inner, prefix, after, limit) ->
                inner.list(prefix, after.isEmpty() ? "" : after + "0", 1000).stream()
                    .map(ObjectInfo::name)
                    .filter(name -> name.indexOf('/', prefix.length()) >= 0)
                    .map(name -> name.substring(0, name.indexOf('/', prefix.length())))
                    .limit(limit)
                    .toList(),
            FOLDERS,
            "a list of folders goes on after any folder, as far as the limit"),
        folders(
            "sorts folders by name",
            (inner, prefix, after, limit) ->
                inner.listFolders(prefix, after, 1000).stream().sorted().limit(limit).toList(),
            FOLDERS),
        folders(
            "lists the first folders again",
            (inner, prefix, after, limit) -> inner.listFolders(prefix, "", limit),
            FOLDERS,
            "a list of folders goes on after any folder, as far as the limit"),
        folders(
            "lists one folder too few",
            (inner, prefix, after, limit) ->
                inner.listFolders(prefix, after, Math.max(1, limit - 1)),
            "a list of folders goes on after any folder, as far as the limit"),
        broken(
            "remembers folders",
            RemembersFolders::new,
            "a folder is there as long as an object is in it"),
        timed(
            "takes a deadline for a wish",
            (inner, name, deadline) -> inner.delete(List.of(name)),
            IN_TIME),
        timed("says that it has deleted", (inner, name, deadline) -> {}, IN_TIME),
        broken("makes tags of sizes", SizeTags::new, "other content has another tag"),
        broken(
            "overwrites in place",
            OverwritesInPlace::new,
            "an overwrite replaces the whole object"),
        putting(
            "ignores ifAbsent",
            (inner, name, payload, mode) ->
                inner.put(name, payload, mode.equals(PutMode.IF_ABSENT) ? PutMode.OVERWRITE : mode),
            IF_ABSENT,
            LOST,
            ABSENT_RACE),
        putting(
            "ignores ifMatches",
            (inner, name, payload, mode) ->
                inner.put(name, payload, mode.equals(PutMode.IF_ABSENT) ? mode : PutMode.OVERWRITE),
            IF_MATCHES,
            LOST,
            MATCHES_RACE),
        putting(
            "ifMatches creates",
            (inner, name, payload, mode) ->
                inner.put(name, payload, inner.head(name).isEmpty() ? PutMode.OVERWRITE : mode),
            IF_MATCHES,
            LOST),
        putting(
            "takes the empty tag for no condition",
            (inner, name, payload, mode) ->
                inner.put(
                    name, payload, mode.equals(PutMode.ifMatches("")) ? PutMode.OVERWRITE : mode),
            EMPTY_TAG),
        putting(
            "takes the empty tag for that of what is absent",
            (inner, name, payload, mode) ->
                inner.put(
                    name, payload, mode.equals(PutMode.ifMatches("")) ? PutMode.IF_ABSENT : mode),
            EMPTY_TAG),
        putting("leaves a payload open", BrokenStorageTest::leavingOpen, CLOSED),
        putting(
            "leaves a payload open that it does not store",
            (inner, name, payload, mode) ->
                mode.conditional()
                    ? leavingOpen(inner, name, payload, mode)
                    : inner.put(name, payload, mode),
            CLOSED),
        broken(
            "looks at the tag and at the bytes one after the other",
            PairsOldTags::new,
            "readers see whole objects while they are overwritten"),
        putting("keeps lost puts", BrokenStorageTest::keepingLost, LOST),
        putting(
            "looks, then writes",
            BrokenStorageTest::lookingFirst,
            ABSENT_RACE,
            MATCHES_RACE,
            "a condition holds against who writes meanwhile"),
        putting(
            "says lost to all",
            (inner, name, payload, mode) -> {
              PutResult result = inner.put(name, payload, mode);
              return mode.conditional() ? PutResult.LOST : result;
            },
            ABSENT_RACE,
            MATCHES_RACE),
        putting(
            "writes in two steps",
            BrokenStorageTest::inTwoSteps,
            "readers see whole objects while they are overwritten"),
        broken(
            "loses concurrent puts",
            LosesConcurrentPuts::new,
            "puts and deletes of other names do not disturb each other"),
        putting(
            "reads a payload once",
            (inner, name, payload, mode) -> readingOnce(inner, name, payload, mode),
            "a payload that comes in small pieces is stored whole"),
        putting(
            "stores what it got of a failing payload",
            (inner, name, payload, mode) -> storingParts(inner, name, payload, mode, false),
            "a payload that fails half way leaves no object"),
        putting(
            "stores short payloads",
            (inner, name, payload, mode) -> storingParts(inner, name, payload, mode, true),
            "a payload that ends early leaves no object"),
        broken(
            "still lists what was deleted",
            ListsDeleted::new,
            "a deleted object is gone for get, head and list"),
        broken(
            "throws for deletes of nothing",
            ThrowsForAbsentDeletes::new,
            "deleting what is not there is no error"),
        deleting(
            "deletes what begins with a name",
            (inner, name) -> inner.list(name, "", 1000).stream().map(ObjectInfo::name).toList(),
            PREFIX_DELETE),
        deleting(
            "deletes folders",
            (inner, name) ->
                inner.list("", "", 1000).stream()
                    .map(ObjectInfo::name)
                    .filter(n -> n.equals(name) || n.startsWith(name + "/"))
                    .toList(),
            PREFIX_DELETE),
        broken(
            "deletes a thousand at most", DeletesAThousand::new, "one call deletes many objects"),
        BrokenPart.of(
            "forgets",
            () -> StorageContract.checks(() -> MemoryStorage::new),
            Set.of("objects survive closing and opening again").toArray(new String[0])),
        broken(
            "counts puts and no others",
            CountsPuts::new,
            "statistics count what was asked, if they count"),
        broken(
            "never closes",
            NeverCloses::new,
            "a closed storage refuses calls and can be closed again"));
  }

  static StorageFixture place(Supplier<? extends Storage> storage) {
    return () -> storage::get;
  }

  static BrokenPart broken(String what, Supplier<? extends Storage> storage, String... guards) {
    return BrokenPart.of(what, () -> StorageContract.checks(place(storage)), guards);
  }

  static BrokenPart reading(String what, UnaryOperator<StoredObject> changed, String... guards) {
    return broken(
        what,
        () ->
            new SpoiltStorage() {
              @Override
              public Optional<StoredObject> get(String name, ByteRange range) {
                return inner.get(name, range).map(changed);
              }
            },
        guards);
  }

  static StoredObject with(StoredObject object, byte[] bytes) {
    return new StoredObject(object.info(), bytes);
  }

  private static byte[] flipped(byte[] bytes) {
    if (bytes.length > 0) {
      bytes[bytes.length - 1] ^= 1;
    }
    return bytes;
  }

  private static String madeLegal(String name) {
    try {
      Storage.checkName(name);
      return name;
    } catch (ElacsymException e) {
      return "illegal";
    }
  }

  interface Listing {
    List<ObjectInfo> list(Storage inner, String prefix, String after, int limit);
  }

  interface FolderListing {
    List<String> list(Storage inner, String prefix, String after, int limit);
  }

  static BrokenPart folders(String what, FolderListing listing, String... guards) {
    return broken(
        what,
        () ->
            new SpoiltStorage() {
              @Override
              public List<String> listFolders(String prefix, String after, int limit) {
                return listing.list(inner, prefix, after, limit);
              }
            },
        guards);
  }

  private static final class RemembersFolders extends SpoiltStorage {
    private final Set<String> seen = ConcurrentHashMap.newKeySet();

    @Override
    public List<String> listFolders(String prefix, String after, int limit) {
      if (!prefix.isEmpty() || !after.isEmpty()) {
        return inner.listFolders(prefix, after, limit);
      }
      seen.addAll(inner.listFolders(prefix, after, limit));
      return seen.stream()
          .sorted(Comparator.comparing(folder -> folder + "/"))
          .limit(limit)
          .toList();
    }
  }

  private interface Doomed {
    List<String> names(Storage inner, String name);
  }

  private static BrokenPart deleting(String what, Doomed doomed, String... guards) {
    return broken(
        what,
        () ->
            new SpoiltStorage() {
              @Override
              public void delete(List<String> names) {
                names.forEach(name -> inner.delete(doomed.names(inner, name)));
              }
            },
        guards);
  }

  private interface TimedDelete {
    void delete(Storage inner, String name, Instant deadline);
  }

  private static BrokenPart timed(String what, TimedDelete delete, String... guards) {
    return broken(
        what,
        () ->
            new SpoiltStorage() {
              @Override
              public void deleteBefore(String name, Instant deadline) {
                delete.delete(inner, name, deadline);
              }
            },
        guards);
  }

  static BrokenPart listing(String what, Listing listing, String... guards) {
    return broken(
        what,
        () ->
            new SpoiltStorage() {
              @Override
              public List<ObjectInfo> list(String prefix, String after, int limit) {
                return listing.list(inner, prefix, after, limit);
              }
            },
        guards);
  }

  private static List<ObjectInfo> includingAfter(
      Storage inner, String prefix, String after, int limit) {
    return inner.list(prefix, "", 1000).stream()
        .filter(info -> info.name().compareTo(after) >= 0)
        .limit(limit)
        .toList();
  }

  interface Putting {
    PutResult put(Storage inner, String name, Payload payload, PutMode mode);
  }

  static BrokenPart putting(String what, Putting putting, String... guards) {
    return broken(
        what,
        () ->
            new SpoiltStorage() {
              @Override
              public PutResult put(String name, Payload payload, PutMode mode) {
                return putting.put(inner, name, payload, mode);
              }
            },
        guards);
  }

  private static PutResult leavingOpen(Storage inner, String name, Payload payload, PutMode mode) {
    try {
      InputStream left = payload.open();
      return left.available() < 0 ? PutResult.LOST : inner.put(name, payload, mode);
    } catch (IOException e) {
      throw ElacsymException.unavailable("payload broken", e);
    }
  }

  private static final class PairsOldTags extends SpoiltStorage {
    @Override
    public Changed getIfChanged(String name, String knownTag) {
      Optional<ObjectInfo> info = inner.head(name);
      LockSupport.parkNanos(100_000);
      return info.isEmpty()
          ? Changed.GONE
          : info.get().tag().equals(knownTag)
              ? Changed.UNCHANGED
              : Changed.to(
                  inner
                      .get(name, ByteRange.ALL)
                      .map(object -> new StoredObject(info.get(), object.bytes())));
    }
  }

  private static PutResult keepingLost(Storage inner, String name, Payload payload, PutMode mode) {
    PutResult result = inner.put(name, payload, mode);
    if (result.outcome() == PutResult.Outcome.LOST) {
      inner.put(name, payload, PutMode.OVERWRITE);
    }
    return result;
  }

  /** Right for one writer; a pause makes the gap between look and write as wide as in a network. */
  static PutResult lookingFirst(Storage inner, String name, Payload payload, PutMode mode) {
    Optional<String> found = inner.head(name).map(ObjectInfo::tag);
    boolean holds =
        switch (mode) {
          case PutMode.Overwrite always -> true;
          case PutMode.IfAbsent absent -> found.isEmpty();
          case PutMode.IfMatches(String tag) -> found.equals(Optional.of(tag));
        };
    LockSupport.parkNanos(100_000);
    return holds ? inner.put(name, payload, PutMode.OVERWRITE) : PutResult.LOST;
  }

  static PutResult inTwoSteps(Storage inner, String name, Payload payload, PutMode mode) {
    byte[] bytes = bytes(payload);
    inner.put(name, Payload.of(Arrays.copyOf(bytes, bytes.length / 2)), mode);
    LockSupport.parkNanos(100_000);
    return inner.put(name, payload, PutMode.OVERWRITE);
  }

  static PutResult storingParts(
      Storage inner, String name, Payload payload, PutMode mode, boolean silently) {
    ByteArrayOutputStream got = new ByteArrayOutputStream();
    Optional<IOException> failure = Optional.empty();
    try (InputStream stream = payload.open()) {
      stream.transferTo(got);
    } catch (IOException e) {
      failure = Optional.of(e);
    }
    PutResult result = inner.put(name, Payload.of(got.toByteArray()), mode);
    if (failure.isPresent() && !silently) {
      throw ElacsymException.unavailable("payload broken", failure.get());
    }
    return result;
  }

  /** As if a read gave all there is. */
  private static PutResult readingOnce(Storage inner, String name, Payload payload, PutMode mode) {
    byte[] bytes = new byte[Math.toIntExact(payload.size())];
    try (InputStream stream = payload.open()) {
      int count = stream.read(bytes);
      return inner.put(name, count < 0 ? payload : Payload.of(bytes), mode);
    } catch (IOException e) {
      throw ElacsymException.unavailable("payload broken", e);
    }
  }

  static byte[] bytes(Payload payload) {
    try (InputStream stream = payload.open()) {
      return stream.readAllBytes();
    } catch (IOException e) {
      throw ElacsymException.unavailable("payload broken", e);
    }
  }

  /** As one channel of a file has one. */
  private static final class OnePosition extends SpoiltStorage {
    private volatile long position;

    @Override
    public Optional<StoredObject> get(String name, ByteRange range) {
      position = range.offset();
      LockSupport.parkNanos(10_000);
      return inner.get(name, new ByteRange(position, range.length()));
    }
  }

  private static final class ReadsBeyondTheEnd extends SpoiltStorage {
    @Override
    public Optional<StoredObject> get(String name, ByteRange range) {
      Optional<StoredObject> object = inner.get(name, range);
      if (object.isPresent() && range.offset() > object.get().info().size()) {
        throw ElacsymException.invalid("range not satisfiable");
      }
      return object;
    }
  }

  private static final class ThrowsWhenAbsent extends SpoiltStorage {
    @Override
    public Optional<StoredObject> get(String name, ByteRange range) {
      Optional<StoredObject> object = inner.get(name, range);
      if (object.isEmpty()) {
        throw ElacsymException.notFound(name + " does not exist");
      }
      return object;
    }
  }

  private static final class KeepsOldHead extends SpoiltStorage {
    private final Map<String, ObjectInfo> heads = new ConcurrentHashMap<>();

    @Override
    public PutResult put(String name, Payload payload, PutMode mode) {
      heads.putIfAbsent(name, new ObjectInfo(name, 1, "old", Instant.EPOCH));
      return inner.put(name, payload, mode);
    }

    @Override
    public Optional<ObjectInfo> head(String name) {
      return Optional.ofNullable(heads.get(name));
    }
  }

  private static final class HandsOutItsArrays extends SpoiltStorage {
    private final Map<String, StoredObject> cache = new HashMap<>();

    @Override
    public Optional<StoredObject> get(String name, ByteRange range) {
      inner.get(name, range).ifPresent(object -> cache.putIfAbsent(name, object));
      return Optional.ofNullable(cache.get(name));
    }
  }

  private static final class SaysChanged extends SpoiltStorage {
    @Override
    public Changed getIfChanged(String name, String knownTag) {
      return Changed.to(inner.get(name, ByteRange.ALL));
    }
  }

  private static final class Renaming extends SpoiltStorage {
    private final UnaryOperator<String> renamed;

    Renaming(UnaryOperator<String> renamed) {
      this.renamed = renamed;
    }

    @Override
    public Optional<StoredObject> get(String name, ByteRange range) {
      return inner.get(renamed.apply(name), range);
    }

    @Override
    public Optional<ObjectInfo> head(String name) {
      return inner.head(renamed.apply(name));
    }

    @Override
    public PutResult put(String name, Payload payload, PutMode mode) {
      return inner.put(renamed.apply(name), payload, mode);
    }

    @Override
    public void delete(List<String> names) {
      inner.delete(names.stream().map(renamed).toList());
    }
  }

  private static final class SizeTags extends SpoiltStorage {
    @Override
    public PutResult put(String name, Payload payload, PutMode mode) {
      PutResult result = inner.put(name, payload, mode);
      return result.tag().isPresent() ? PutResult.won("size-" + payload.size()) : result;
    }
  }

  private static final class OverwritesInPlace extends SpoiltStorage {
    @Override
    public PutResult put(String name, Payload payload, PutMode mode) {
      byte[] old = inner.get(name, ByteRange.ALL).map(StoredObject::bytes).orElse(new byte[0]);
      byte[] now = bytes(payload);
      byte[] mixed = Arrays.copyOf(now, Math.max(old.length, now.length));
      if (old.length > now.length) {
        System.arraycopy(old, now.length, mixed, now.length, old.length - now.length);
      }
      return inner.put(name, Payload.of(mixed), mode);
    }
  }

  private static final class LosesConcurrentPuts extends SpoiltStorage {
    private final AtomicBoolean busy = new AtomicBoolean();

    @Override
    public PutResult put(String name, Payload payload, PutMode mode) {
      if (!busy.compareAndSet(false, true)) {
        return PutResult.won("never stored");
      }
      try {
        LockSupport.parkNanos(100_000);
        return inner.put(name, payload, mode);
      } finally {
        busy.set(false);
      }
    }
  }

  private static final class ListsDeleted extends SpoiltStorage {
    private final Map<String, ObjectInfo> deleted = new ConcurrentHashMap<>();

    @Override
    public void delete(List<String> names) {
      names.forEach(name -> inner.head(name).ifPresent(info -> deleted.put(name, info)));
      inner.delete(names);
    }

    @Override
    public List<ObjectInfo> list(String prefix, String after, int limit) {
      return Stream.concat(inner.list(prefix, after, limit).stream(), deleted.values().stream())
          .sorted(Comparator.comparing(ObjectInfo::name))
          .toList();
    }
  }

  private static final class ThrowsForAbsentDeletes extends SpoiltStorage {
    @Override
    public void delete(List<String> names) {
      for (String name : names) {
        if (inner.head(name).isEmpty()) {
          throw ElacsymException.notFound(name + " does not exist");
        }
      }
      inner.delete(names);
    }
  }

  private static final class DeletesAThousand extends SpoiltStorage {
    @Override
    public void delete(List<String> names) {
      inner.delete(names.subList(0, Math.min(1000, names.size())));
    }
  }

  private static final class CountsPuts extends SpoiltStorage {
    private final AtomicLong puts = new AtomicLong();

    @Override
    public PutResult put(String name, Payload payload, PutMode mode) {
      puts.incrementAndGet();
      return inner.put(name, payload, mode);
    }

    @Override
    public StorageStatistics statistics() {
      return new StorageStatistics(
          Map.of(
              StorageStatistics.Operation.PUT,
              new StorageStatistics.Counts(puts.get(), 0, 0, 0, 0, 5 * puts.get(), Duration.ZERO)));
    }
  }

  private static final class NeverCloses extends SpoiltStorage {
    @Override
    public void close() {}
  }
}
