package io.elacsym.engine.system;

import io.elacsym.api.blob.ByteRange;
import io.elacsym.api.storage.Changed;
import io.elacsym.api.storage.ObjectInfo;
import io.elacsym.api.storage.Payload;
import io.elacsym.api.storage.PutMode;
import io.elacsym.api.storage.PutResult;
import io.elacsym.api.storage.Storage;
import io.elacsym.api.storage.StoredObject;
import io.elacsym.tck.fault.ForwardingStorage;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;

/** A storage that does something else first, once, at a call that a test has chosen. */
final class HookedStorage extends ForwardingStorage {
  private volatile Hook hook = Hook.NONE;

  private record Hook(Predicate<String> at, Runnable action, AtomicBoolean done) {
    private static final Hook NONE = new Hook(call -> false, () -> {}, new AtomicBoolean());
  }

  HookedStorage(Storage inner) {
    super(inner);
  }

  /**
   * Runs an action before the first call that fits.
   *
   * @param at sees the operation and the name or prefix, {@code "put ns/wal/..."}, and of a put
   *     also its answer, {@code "answer to put ns/wal/..."}
   */
  void before(Predicate<String> at, Runnable action) {
    hook = new Hook(at, action, new AtomicBoolean());
  }

  /** A call that was reached and waits. */
  record Stall(CountDownLatch reached, CountDownLatch release) {
    void awaitReached() throws InterruptedException {
      reached.await();
    }

    void end() {
      release.countDown();
    }
  }

  /** Lets the first call that fits wait: its caller is a process that sleeps. */
  Stall stall(Predicate<String> at) {
    Stall stall = new Stall(new CountDownLatch(1), new CountDownLatch(1));
    before(
        at,
        () -> {
          stall.reached().countDown();
          try {
            stall.release().await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
    return stall;
  }

  private void at(String call) {
    Hook now = hook;
    if (now.at().test(call) && now.done().compareAndSet(false, true)) {
      now.action().run();
    }
  }

  @Override
  public Optional<StoredObject> get(String name, ByteRange range) {
    at("get " + name);
    return inner.get(name, range);
  }

  @Override
  public Changed getIfChanged(String name, String knownTag) {
    at("getIfChanged " + name);
    return inner.getIfChanged(name, knownTag);
  }

  @Override
  public Optional<ObjectInfo> head(String name) {
    at("head " + name);
    return inner.head(name);
  }

  @Override
  public PutResult put(String name, Payload payload, PutMode mode) {
    at("put " + name);
    PutResult result = inner.put(name, payload, mode);
    at("answer to put " + name);
    return result;
  }

  @Override
  public List<ObjectInfo> list(String prefix, String after, int limit) {
    at("list " + prefix);
    return inner.list(prefix, after, limit);
  }

  @Override
  public List<String> listFolders(String prefix, String after, int limit) {
    at("listFolders " + prefix);
    return inner.listFolders(prefix, after, limit);
  }

  @Override
  public void deleteBefore(String name, Instant deadline) {
    at("deleteBefore " + name);
    inner.deleteBefore(name, deadline);
  }

  @Override
  public void delete(List<String> names) {
    at("delete " + names);
    inner.delete(names);
  }
}
