package io.elacsym.engine.blob;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.ErrorKind;
import io.elacsym.api.blob.ByteRange;
import io.elacsym.api.storage.ObjectInfo;
import io.elacsym.api.storage.Payload;
import io.elacsym.api.storage.PutMode;
import io.elacsym.api.storage.PutResult;
import io.elacsym.api.storage.Storage;
import io.elacsym.api.storage.StoredObject;
import io.elacsym.tck.memory.MemoryStorage;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A storage in memory that records its reads and does with the next puts and reads as it is told.
 * Safe for use by many threads.
 */
public final class ScriptedStorage implements Storage {
  /** What becomes of a put. */
  public enum Put {
    /** As it should be. */
    NORMAL,
    /** Takes effect, but the answer is lost. */
    DOUBT_STORED,
    /** Has no effect, but nobody says so. */
    DOUBT_NOT_STORED,
    /** Nobody says anything, and it takes effect just before the next put. */
    DOUBT_STORED_LATER,
    /** Fails before anything was sent. */
    REFUSED
  }

  private final MemoryStorage objects = new MemoryStorage();
  private final Queue<Put> puts = new ConcurrentLinkedQueue<>();
  private final Queue<Runnable> late = new ConcurrentLinkedQueue<>();
  private final Queue<Runnable> beforeGets = new ConcurrentLinkedQueue<>();
  private final Queue<Runnable> afterPuts = new ConcurrentLinkedQueue<>();
  private final AtomicInteger damagedGets = new AtomicInteger();
  private final List<ByteRange> gets = new CopyOnWriteArrayList<>();

  /** The objects, past the script. */
  public MemoryStorage objects() {
    return objects;
  }

  /** What becomes of the next puts. */
  public ScriptedStorage nextPuts(Put... orders) {
    puts.addAll(List.of(orders));
    return this;
  }

  /** Runs before the next read that has no such action yet. */
  public ScriptedStorage beforeGet(Runnable action) {
    beforeGets.add(action);
    return this;
  }

  /** Runs after the next put that has no such action yet, before its answer. */
  public ScriptedStorage afterPut(Runnable action) {
    afterPuts.add(action);
    return this;
  }

  /** The next read that has no action yet fails. */
  public ScriptedStorage failGet() {
    return beforeGet(() -> {
      throw unreachable();
    });
  }

  /** The next reads that get bytes get one of them wrong. */
  public ScriptedStorage damageGets(int count) {
    damagedGets.set(count);
    return this;
  }

  /** The ranges that were read, in order. */
  public List<ByteRange> gets() {
    return gets;
  }

  private static ElacsymException unreachable() {
    return new ElacsymException(ErrorKind.UNAVAILABLE, "the storage cannot be reached");
  }

  @Override
  public Optional<StoredObject> get(String name, ByteRange range) {
    gets.add(range);
    Optional.ofNullable(beforeGets.poll()).ifPresent(Runnable::run);
    Optional<StoredObject> found = objects.get(name, range);
    found
        .map(StoredObject::bytes)
        .filter(bytes -> bytes.length > 0 && damagedGets.getAndUpdate(n -> Math.max(0, n - 1)) > 0)
        .ifPresent(bytes -> bytes[bytes.length / 2] ^= 1);
    return found;
  }

  @Override
  public Optional<ObjectInfo> head(String name) {
    return objects.head(name);
  }

  @Override
  public PutResult put(String name, Payload payload, PutMode mode) {
    Optional.ofNullable(late.poll()).ifPresent(Runnable::run);
    PutResult result =
        switch (Optional.ofNullable(puts.poll()).orElse(Put.NORMAL)) {
          case NORMAL -> objects.put(name, payload, mode);
          case DOUBT_STORED -> {
            objects.put(name, payload, mode);
            yield PutResult.UNKNOWN;
          }
          case DOUBT_NOT_STORED -> PutResult.UNKNOWN;
          case DOUBT_STORED_LATER -> {
            late.add(() -> objects.put(name, payload, mode));
            yield PutResult.UNKNOWN;
          }
          case REFUSED -> throw unreachable();
        };
    Optional.ofNullable(afterPuts.poll()).ifPresent(Runnable::run);
    return result;
  }

  @Override
  public List<ObjectInfo> list(String prefix, String after, int limit) {
    return objects.list(prefix, after, limit);
  }

  @Override
  public List<String> listFolders(String prefix, String after, int limit) {
    return objects.listFolders(prefix, after, limit);
  }

  @Override
  public void deleteBefore(String name, Instant deadline) {
    objects.deleteBefore(name, deadline);
  }

  @Override
  public void delete(List<String> names) {
    objects.delete(names);
  }

  @Override
  public void close() {
    objects.close();
  }
}
