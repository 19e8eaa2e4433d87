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
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Counts requests as a bucket is asked them: one answer has a thousand names at most, and whoever
 * wants more sends another request.
 */
final class FullPages extends ForwardingStorage {
  private static final int PAGE = 1_000;

  private final AtomicInteger requests = new AtomicInteger();

  FullPages(Storage inner) {
    super(inner);
  }

  void forget() {
    requests.set(0);
  }

  int requests() {
    return requests.get();
  }

  private <T> List<T> counted(List<T> found) {
    requests.addAndGet(Math.max(1, Math.ceilDiv(found.size(), PAGE)));
    return found;
  }

  @Override
  public Optional<StoredObject> get(String name, ByteRange range) {
    requests.incrementAndGet();
    return inner.get(name, range);
  }

  @Override
  public Changed getIfChanged(String name, String knownTag) {
    requests.incrementAndGet();
    return inner.getIfChanged(name, knownTag);
  }

  @Override
  public Optional<ObjectInfo> head(String name) {
    requests.incrementAndGet();
    return inner.head(name);
  }

  @Override
  public PutResult put(String name, Payload payload, PutMode mode) {
    requests.incrementAndGet();
    return inner.put(name, payload, mode);
  }

  @Override
  public List<ObjectInfo> list(String prefix, String after, int limit) {
    return counted(inner.list(prefix, after, limit));
  }

  @Override
  public List<String> listFolders(String prefix, String after, int limit) {
    return counted(inner.listFolders(prefix, after, limit));
  }

  @Override
  public void delete(List<String> names) {
    requests.incrementAndGet();
    inner.delete(names);
  }

  @Override
  public void deleteBefore(String name, Instant deadline) {
    requests.incrementAndGet();
    inner.deleteBefore(name, deadline);
  }
}
