package io.elacsym.tck.broken;

import io.elacsym.api.blob.ByteRange;
import io.elacsym.api.storage.ObjectInfo;
import io.elacsym.api.storage.Payload;
import io.elacsym.api.storage.PutMode;
import io.elacsym.api.storage.PutResult;
import io.elacsym.api.storage.Storage;
import io.elacsym.api.storage.StorageCapabilities;
import io.elacsym.api.storage.StoredObject;
import io.elacsym.tck.memory.MemoryStorage;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A good storage, to be spoilt by overriding. One handle only: races then meet in this object. */
abstract class ForwardingStorage implements Storage {
  protected final Storage inner = new MemoryStorage();

  @Override
  public Optional<StoredObject> get(String name, ByteRange range) {
    return inner.get(name, range);
  }

  @Override
  public Optional<ObjectInfo> head(String name) {
    return inner.head(name);
  }

  @Override
  public PutResult put(String name, Payload payload, PutMode mode) {
    return inner.put(name, payload, mode);
  }

  @Override
  public List<ObjectInfo> list(String prefix, String after, int limit) {
    return inner.list(prefix, after, limit);
  }

  @Override
  public List<String> listFolders(String prefix, String after, int limit) {
    return inner.listFolders(prefix, after, limit);
  }

  @Override
  public void delete(List<String> names) {
    inner.delete(names);
  }

  @Override
  public void deleteBefore(String name, Instant deadline) {
    inner.deleteBefore(name, deadline);
  }

  @Override
  public StorageCapabilities capabilities() {
    return new StorageCapabilities(Long.MAX_VALUE, false);
  }

  @Override
  public void close() {
    inner.close();
  }
}
