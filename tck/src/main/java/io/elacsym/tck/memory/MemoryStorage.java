package io.elacsym.tck.memory;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.ErrorKind;
import io.elacsym.api.blob.ByteRange;
import io.elacsym.api.storage.ObjectInfo;
import io.elacsym.api.storage.Payload;
import io.elacsym.api.storage.PutMode;
import io.elacsym.api.storage.PutResult;
import io.elacsym.api.storage.Storage;
import io.elacsym.api.storage.StoredObject;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A storage in memory that keeps the whole contract. It is a handle: several can look at the same
 * objects ({@link #attach}), as several processes look at one bucket, and closing one leaves the
 * objects to the others. Safe for use by many threads.
 */
public final class MemoryStorage implements Storage {
  /** The character that follows the slash: behind every name in a folder. */
  private static final char BEHIND_SLASH = '/' + 1;

  /** The first character that a name can have. */
  private static final char FIRST = '-';

  private final Objects objects;
  private volatile boolean closed;

  /** An empty storage whose clock is the system's. */
  public MemoryStorage() {
    this(Clock.systemUTC());
  }

  /** An empty storage. */
  public MemoryStorage(InstantSource clock) {
    this(new Objects(new ConcurrentSkipListMap<>(), new AtomicLong(), clock));
  }

  private MemoryStorage(Objects objects) {
    this.objects = objects;
  }

  /** Another handle to the same objects; also works when this one is closed. */
  public MemoryStorage attach() {
    return new MemoryStorage(objects);
  }

  @Override
  public Optional<StoredObject> get(String name, ByteRange range) {
    checkOpen(name);
    return Optional.ofNullable(objects.byName().get(name))
        .map(stored -> {
          ByteRange part = range.within(stored.bytes().length);
          int from = (int) part.offset();
          return new StoredObject(
              stored.info(), Arrays.copyOfRange(stored.bytes(), from, from + (int) part.length()));
        });
  }

  @Override
  public Optional<ObjectInfo> head(String name) {
    checkOpen(name);
    return Optional.ofNullable(objects.byName().get(name)).map(StoredObject::info);
  }

  @Override
  public PutResult put(String name, Payload payload, PutMode mode) {
    checkOpen(name);
    byte[] bytes = read(name, payload);
    ObjectInfo info =
        new ObjectInfo(
            name, bytes.length, "v" + objects.tags().incrementAndGet(), objects.clock().instant());
    StoredObject written = new StoredObject(info, bytes);
    // The map may try this function again when another put came between, but exactly one outcome of
    // it takes effect, by compare-and-set.
    Optional<StoredObject> now =
        Optional.ofNullable(
            objects
                .byName()
                .compute(
                    name,
                    (key, before) -> {
                      boolean holds =
                          holds(mode, Optional.ofNullable(before).map(StoredObject::info));
                      return holds || before == null ? holds ? written : null : before;
                    }));
    boolean won = now.filter(object -> object.info().tag().equals(info.tag())).isPresent();
    return won ? PutResult.won(info.tag()) : PutResult.LOST;
  }

  private static boolean holds(PutMode mode, Optional<ObjectInfo> before) {
    return switch (mode) {
      case PutMode.Overwrite always -> true;
      case PutMode.IfAbsent absent -> before.isEmpty();
      case PutMode.IfMatches(String tag) -> before.map(ObjectInfo::tag).equals(Optional.of(tag));
    };
  }

  private static byte[] read(String name, Payload payload) {
    try (InputStream stream = payload.open()) {
      byte[] bytes = stream.readNBytes(Math.toIntExact(payload.size()));
      if (bytes.length < payload.size() || stream.read() >= 0) {
        throw ElacsymException.invalid(
            "payload of " + name + " has not the " + payload.size() + " bytes it declares");
      }
      return bytes;
    } catch (IOException e) {
      throw ElacsymException.unavailable("payload of " + name + " cannot be read: " + e, e);
    }
  }

  @Override
  public List<ObjectInfo> list(String prefix, String after, int limit) {
    checkOpen();
    ConcurrentNavigableMap<String, StoredObject> rest =
        after.compareTo(prefix) < 0
            ? objects.byName().tailMap(prefix, true)
            : objects.byName().tailMap(after, false);
    List<ObjectInfo> page = new ArrayList<>();
    for (Map.Entry<String, StoredObject> entry : rest.entrySet()) {
      if (page.size() == limit || !entry.getKey().startsWith(prefix)) {
        break;
      }
      page.add(entry.getValue().info());
    }
    return page;
  }

  @Override
  public List<String> listFolders(String prefix, String after, int limit) {
    checkOpen();
    List<String> folders = new ArrayList<>();
    String from = after.isEmpty() ? prefix : after + BEHIND_SLASH;
    while (folders.size() < limit) {
      Optional<String> next =
          Optional.ofNullable(
                  objects.byName().ceilingKey(from.compareTo(prefix) < 0 ? prefix : from))
              .filter(name -> name.startsWith(prefix));
      if (next.isEmpty()) {
        break;
      }
      int slash = next.get().indexOf('/', prefix.length());
      if (slash < 0) {
        from = next.get() + FIRST;
      } else {
        String folder = next.get().substring(0, slash);
        folders.add(folder);
        from = folder + BEHIND_SLASH;
      }
    }
    return folders;
  }

  @Override
  public void delete(List<String> names) {
    checkOpen();
    names.forEach(Storage::checkName);
    names.forEach(objects.byName()::remove);
  }

  @Override
  public void deleteBefore(String name, Instant deadline) {
    checkOpen(name);
    if (!objects.clock().instant().isBefore(deadline)) {
      throw new ElacsymException(
          ErrorKind.UNAVAILABLE, "object " + name + " was to be deleted before " + deadline);
    }
    objects.byName().remove(name);
  }

  @Override
  public void close() {
    closed = true;
  }

  private void checkOpen(String name) {
    checkOpen();
    Storage.checkName(name);
  }

  private void checkOpen() {
    if (closed) {
      throw new IllegalStateException("the storage is closed");
    }
  }

  /** What all handles share. Object names are ASCII, so the order of strings is that of bytes. */
  private record Objects(
      ConcurrentSkipListMap<String, StoredObject> byName, AtomicLong tags, InstantSource clock) {}
}
