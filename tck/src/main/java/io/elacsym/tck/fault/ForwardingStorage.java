package io.elacsym.tck.fault;

import io.elacsym.api.blob.ByteRange;
import io.elacsym.api.storage.ObjectInfo;
import io.elacsym.api.storage.Payload;
import io.elacsym.api.storage.PutMode;
import io.elacsym.api.storage.PutResult;
import io.elacsym.api.storage.Storage;
import io.elacsym.api.storage.StorageCapabilities;
import io.elacsym.api.storage.StoredObject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A storage that does what the one behind it does: for tests, which override what they spoil, count
 * or watch. A conditional read asks {@link #get} and {@link #head} of this one, as {@link Storage}
 * does by default, so that what is spoilt there shows in it, too.
 */
public abstract class ForwardingStorage implements Storage {
  protected final Storage inner;

  protected ForwardingStorage(Storage inner) {
    this.inner = inner;
  }

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
    return inner.capabilities();
  }

  @Override
  public void close() {
    inner.close();
  }
}
