package io.elacsym.distribution.probe;

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
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The objects of a storage whose names begin with a prefix, as a storage of their own. Names are
 * not checked here: whether the storage refuses wrong ones is what is to be found out.
 *
 * @param prefix ends with a slash
 */
record PrefixedStorage(Storage inner, String prefix) implements Storage {
  @Override
  public Optional<StoredObject> get(String name, ByteRange range) {
    return inner.get(prefix + name, range).map(this::renamed);
  }

  @Override
  public Changed getIfChanged(String name, String knownTag) {
    Changed changed = inner.getIfChanged(prefix + name, knownTag);
    return changed instanceof Changed.To(StoredObject object)
        ? new Changed.To(renamed(object))
        : changed;
  }

  @Override
  public Optional<ObjectInfo> head(String name) {
    return inner.head(prefix + name).map(this::renamed);
  }

  @Override
  public PutResult put(String name, Payload payload, PutMode mode) {
    return inner.put(prefix + name, payload, mode);
  }

  @Override
  public List<ObjectInfo> list(String start, String after, int limit) {
    return inner.list(prefix + start, after.isEmpty() ? "" : prefix + after, limit).stream()
        .map(this::renamed)
        .toList();
  }

  @Override
  public List<String> listFolders(String start, String after, int limit) {
    return inner.listFolders(prefix + start, after.isEmpty() ? "" : prefix + after, limit).stream()
        .map(folder -> folder.substring(prefix.length()))
        .toList();
  }

  @Override
  public void deleteBefore(String name, Instant deadline) {
    inner.deleteBefore(prefix + name, deadline);
  }

  @Override
  public void delete(List<String> names) {
    inner.delete(names.stream().map(name -> prefix + name).toList());
  }

  @Override
  public StorageCapabilities capabilities() {
    return inner.capabilities();
  }

  @Override
  public StorageStatistics statistics() {
    return inner.statistics();
  }

  @Override
  public void close() {
    inner.close();
  }

  private StoredObject renamed(StoredObject object) {
    return new StoredObject(renamed(object.info()), object.bytes());
  }

  private ObjectInfo renamed(ObjectInfo info) {
    return new ObjectInfo(
        info.name().substring(prefix.length()), info.size(), info.tag(), info.lastModified());
  }
}
