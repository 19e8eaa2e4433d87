package io.elacsym.tck.broken;

import io.elacsym.api.blob.ByteRange;
import io.elacsym.api.storage.Changed;
import io.elacsym.api.storage.ObjectInfo;
import io.elacsym.api.storage.Payload;
import io.elacsym.api.storage.PutMode;
import io.elacsym.api.storage.PutResult;
import io.elacsym.api.storage.Storage;
import io.elacsym.api.storage.StoredObject;
import io.elacsym.tck.fault.ForwardingStorage;
import io.elacsym.tck.memory.MemoryStorage;
import io.elacsym.tck.storage.StorageContract;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

/** Storages of which each handle does as if it were alone, or is not. */
final class BrokenHandles {
  private static final String SEES = "what one handle writes and deletes, another sees at once";

  private BrokenHandles() {}

  static List<BrokenPart> parts() {
    return List.of(
        BrokenStorageTest.broken(
            "opens again what it cannot share",
            () -> new SpoiltStorage() {},
            "a storage that cannot be shared refuses a second handle"),
        handles("remembers bytes", RemembersBytes::new, SEES),
        handles("remembers facts", RemembersFacts::new, SEES),
        handles("remembers what is absent", RemembersAbsence::new, SEES),
        handles("remembers lists", RemembersLists::new, SEES),
        handles("remembers tags", RemembersTags::new, SEES),
        handles(
            "locks for its own handle only",
            LocksByItself::new,
            "a condition holds against who writes meanwhile"),
        handles(
            "locks for its own handle only what it uploads in parts",
            LocksPartsByItself::new,
            "a condition holds against who writes meanwhile"),
        BrokenPart.of(
            "closes what all handles share",
            () ->
                StorageContract.checks(() -> {
                  MemoryStorage shared = new MemoryStorage();
                  AtomicBoolean first = new AtomicBoolean(true);
                  return () -> first.getAndSet(false) ? shared : new Closing(shared);
                }),
            "closing one handle leaves the others open"));
  }

  private static BrokenPart handles(
      String what, Function<Storage, Storage> handle, String... guards) {
    return BrokenPart.of(
        what,
        () ->
            StorageContract.checks(() -> {
              MemoryStorage objects = new MemoryStorage();
              return () -> handle.apply(objects.attach());
            }),
        guards);
  }

  private static final class Closing extends ForwardingStorage {
    Closing(Storage inner) {
      super(inner);
    }
  }

  /** Forgets what it writes itself, as a cache does. */
  private static final class RemembersBytes extends ForwardingStorage {
    private final Map<String, StoredObject> seen = new ConcurrentHashMap<>();

    RemembersBytes(Storage inner) {
      super(inner);
    }

    @Override
    public Optional<StoredObject> get(String name, ByteRange range) {
      if (!range.equals(ByteRange.ALL)) {
        return inner.get(name, range);
      }
      inner.get(name, range).ifPresent(object -> seen.putIfAbsent(name, object));
      return Optional.ofNullable(seen.get(name));
    }

    @Override
    public PutResult put(String name, Payload payload, PutMode mode) {
      seen.remove(name);
      return inner.put(name, payload, mode);
    }

    @Override
    public void delete(List<String> names) {
      names.forEach(seen::remove);
      inner.delete(names);
    }
  }

  private static final class RemembersFacts extends ForwardingStorage {
    private final Map<String, ObjectInfo> seen = new ConcurrentHashMap<>();

    RemembersFacts(Storage inner) {
      super(inner);
    }

    @Override
    public Optional<ObjectInfo> head(String name) {
      inner.head(name).ifPresent(info -> seen.putIfAbsent(name, info));
      return Optional.ofNullable(seen.get(name));
    }

    @Override
    public PutResult put(String name, Payload payload, PutMode mode) {
      seen.remove(name);
      return inner.put(name, payload, mode);
    }
  }

  private static final class RemembersAbsence extends ForwardingStorage {
    private final Map<String, Boolean> absent = new ConcurrentHashMap<>();

    RemembersAbsence(Storage inner) {
      super(inner);
    }

    @Override
    public Optional<StoredObject> get(String name, ByteRange range) {
      if (absent.containsKey(name)) {
        return Optional.empty();
      }
      Optional<StoredObject> object = inner.get(name, range);
      if (object.isEmpty()) {
        absent.put(name, true);
      }
      return object;
    }

    @Override
    public PutResult put(String name, Payload payload, PutMode mode) {
      absent.remove(name);
      return inner.put(name, payload, mode);
    }
  }

  private static final class RemembersLists extends ForwardingStorage {
    private final Map<String, List<ObjectInfo>> seen = new ConcurrentHashMap<>();

    RemembersLists(Storage inner) {
      super(inner);
    }

    @Override
    public List<ObjectInfo> list(String prefix, String after, int limit) {
      return seen.computeIfAbsent(
          prefix + " " + after + " " + limit, key -> inner.list(prefix, after, limit));
    }

    @Override
    public PutResult put(String name, Payload payload, PutMode mode) {
      seen.clear();
      return inner.put(name, payload, mode);
    }
  }

  private static final class RemembersTags extends ForwardingStorage {
    private final Map<String, String> tags = new ConcurrentHashMap<>();

    RemembersTags(Storage inner) {
      super(inner);
    }

    @Override
    public Changed getIfChanged(String name, String knownTag) {
      return knownTag.equals(tags.get(name))
          ? Changed.UNCHANGED
          : super.getIfChanged(name, knownTag);
    }

    @Override
    public Optional<ObjectInfo> head(String name) {
      Optional<ObjectInfo> info = inner.head(name);
      info.ifPresent(found -> tags.putIfAbsent(name, found.tag()));
      return info;
    }

    @Override
    public PutResult put(String name, Payload payload, PutMode mode) {
      tags.remove(name);
      return inner.put(name, payload, mode);
    }
  }

  private static final class LocksPartsByItself extends ForwardingStorage {
    private static final long LARGE = 5 << 20;

    LocksPartsByItself(Storage inner) {
      super(inner);
    }

    @Override
    public PutResult put(String name, Payload payload, PutMode mode) {
      return payload.size() > LARGE
          ? BrokenStorageTest.lookingFirst(inner, name, payload, mode)
          : inner.put(name, payload, mode);
    }
  }

  private static final class LocksByItself extends ForwardingStorage {
    LocksByItself(Storage inner) {
      super(inner);
    }

    @Override
    public synchronized PutResult put(String name, Payload payload, PutMode mode) {
      return BrokenStorageTest.lookingFirst(inner, name, payload, mode);
    }
  }
}
