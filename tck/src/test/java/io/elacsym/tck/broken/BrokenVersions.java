package io.elacsym.tck.broken;

import io.elacsym.api.blob.ByteRange;
import io.elacsym.api.storage.ObjectInfo;
import io.elacsym.api.storage.Payload;
import io.elacsym.api.storage.PutMode;
import io.elacsym.api.storage.PutResult;
import io.elacsym.api.storage.StorageCapabilities;
import io.elacsym.api.storage.StoredObject;
import io.elacsym.tck.memory.MemoryStorage;
import io.elacsym.tck.storage.StorageContract;
import io.elacsym.tck.storage.StorageFixture;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;

/** Tags that repeat for other content, and times that are others. */
final class BrokenVersions {
  private static final String AFTER_DELETE = "other content has another tag, also after a delete";
  private static final String AFTER_OPENING =
      "a tag is never that of other content after opening again";
  private static final String ONE_BYTE = "contents that differ in one byte have different tags";
  private static final String MODIFIED = "an object was last modified when it was last written";

  private BrokenVersions() {}

  static List<BrokenPart> parts() {
    return List.of(
        BrokenStorageTest.broken("counts anew after a delete", CountsAnew::new, AFTER_DELETE),
        BrokenPart.of(
            "counts anew after opening",
            () ->
                StorageContract.checks(() -> {
                  MemoryStorage objects = new MemoryStorage();
                  Map<String, String> tags = new ConcurrentHashMap<>();
                  return () -> new CountsFromOne(objects.attach(), tags);
                }),
            AFTER_OPENING),
        BrokenStorageTest.broken("hashes the beginning", HashesTheBeginning::new, ONE_BYTE),
        telling("tells what time it is", (first, info) -> Clock.systemUTC().instant()),
        telling("tells no time", (first, info) -> Instant.EPOCH),
        telling("tells when a name was first written", (first, info) -> first),
        telling(
            "takes seconds for milliseconds",
            (first, info) -> Instant.ofEpochMilli(info.lastModified().getEpochSecond())));
  }

  /** A place whose tags are hashes of what is stored, which is right. */
  static StorageFixture hashing() {
    return () -> {
      MemoryStorage objects = new MemoryStorage();
      Map<String, String> tags = new ConcurrentHashMap<>();
      return () -> new Hashes(objects.attach(), tags);
    };
  }

  private static final class Hashes extends Retagging {
    Hashes(MemoryStorage inner, Map<String, String> tags) {
      super(inner, tags);
    }

    @Override
    String tag(String name, Payload payload) {
      return hash(BrokenStorageTest.bytes(payload));
    }
  }

  private static String hash(byte[] bytes) {
    // Of little worth as a hash, but other for all contents of the checks.
    return Integer.toHexString(Arrays.hashCode(bytes)) + "-" + bytes.length;
  }

  private abstract static class OneHandle extends Retagging {
    OneHandle() {
      super(new MemoryStorage(), new ConcurrentHashMap<>());
    }

    @Override
    public StorageCapabilities capabilities() {
      return new StorageCapabilities(Long.MAX_VALUE, false);
    }
  }

  private static final class CountsAnew extends OneHandle {
    private final Map<String, Integer> counts = new ConcurrentHashMap<>();

    @Override
    String tag(String name, Payload payload) {
      return "v" + counts.merge(name, 1, Integer::sum);
    }

    @Override
    public void delete(List<String> names) {
      names.forEach(counts::remove);
      super.delete(names);
    }
  }

  private static final class CountsFromOne extends Retagging {
    private int count;

    CountsFromOne(MemoryStorage inner, Map<String, String> tags) {
      super(inner, tags);
    }

    @Override
    String tag(String name, Payload payload) {
      return "v" + ++count;
    }
  }

  private static final class HashesTheBeginning extends OneHandle {
    @Override
    String tag(String name, Payload payload) {
      byte[] bytes = BrokenStorageTest.bytes(payload);
      return hash(Arrays.copyOf(bytes, Math.min(bytes.length, 1 << 20))) + "-" + bytes.length;
    }
  }

  /**
   * @param time given when the name was first written, and the facts as they are
   */
  private static BrokenPart telling(String what, BiFunction<Instant, ObjectInfo, Instant> time) {
    return BrokenStorageTest.broken(
        what,
        () ->
            new SpoiltStorage() {
              private final Map<String, Instant> first = new ConcurrentHashMap<>();

              @Override
              public PutResult put(String name, Payload payload, PutMode mode) {
                first.computeIfAbsent(name, key -> Clock.systemUTC().instant());
                return inner.put(name, payload, mode);
              }

              @Override
              public Optional<ObjectInfo> head(String name) {
                return inner.head(name).map(this::told);
              }

              @Override
              public Optional<StoredObject> get(String name, ByteRange range) {
                return inner
                    .get(name, range)
                    .map(object -> new StoredObject(told(object.info()), object.bytes()));
              }

              private ObjectInfo told(ObjectInfo info) {
                Instant written = first.getOrDefault(info.name(), info.lastModified());
                return new ObjectInfo(
                    info.name(), info.size(), info.tag(), time.apply(written, info));
              }
            },
        MODIFIED);
  }
}
