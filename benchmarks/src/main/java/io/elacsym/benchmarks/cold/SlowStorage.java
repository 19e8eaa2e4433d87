package io.elacsym.benchmarks.cold;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.blob.ByteRange;
import io.elacsym.api.storage.Changed;
import io.elacsym.api.storage.ObjectInfo;
import io.elacsym.api.storage.Payload;
import io.elacsym.api.storage.PutMode;
import io.elacsym.api.storage.PutResult;
import io.elacsym.api.storage.Storage;
import io.elacsym.api.storage.StorageCapabilities;
import io.elacsym.api.storage.StorageStatistics;
import io.elacsym.api.storage.StoredObject;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A storage that behaves like a bucket far away: each request waits before it is sent, and the data
 * is not this machine's own, so that it is cached on disk. Requests that are sent together wait
 * together.
 */
final class SlowStorage implements Storage {
  private final Storage inner;
  private final AtomicReference<Duration> delay;

  /**
   * @param delay how long each request waits; may change
   */
  SlowStorage(Storage inner, AtomicReference<Duration> delay) {
    this.inner = inner;
    this.delay = delay;
  }

  private void pause() {
    try {
      Thread.sleep(delay.get());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw ElacsymException.unavailable("interrupted while a request was under way", e);
    }
  }

  @Override
  public Optional<StoredObject> get(String name, ByteRange range) {
    pause();
    return inner.get(name, range);
  }

  @Override
  public Changed getIfChanged(String name, String knownVersion) {
    pause();
    return inner.getIfChanged(name, knownVersion);
  }

  @Override
  public Optional<ObjectInfo> head(String name) {
    pause();
    return inner.head(name);
  }

  @Override
  public PutResult put(String name, Payload payload, PutMode mode) {
    pause();
    return inner.put(name, payload, mode);
  }

  @Override
  public List<ObjectInfo> list(String prefix, String after, int limit) {
    pause();
    return inner.list(prefix, after, limit);
  }

  @Override
  public void delete(List<String> names) {
    pause();
    inner.delete(names);
  }

  @Override
  public StorageCapabilities capabilities() {
    return new StorageCapabilities(inner.capabilities().maxObjectBytes(), true);
  }

  @Override
  public StorageStatistics statistics() {
    return inner.statistics();
  }

  @Override
  public void close() {
    inner.close();
  }
}
