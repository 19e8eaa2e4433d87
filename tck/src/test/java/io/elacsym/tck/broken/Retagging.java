package io.elacsym.tck.broken;

import io.elacsym.api.blob.ByteRange;
import io.elacsym.api.storage.ObjectInfo;
import io.elacsym.api.storage.Payload;
import io.elacsym.api.storage.PutMode;
import io.elacsym.api.storage.PutResult;
import io.elacsym.api.storage.Storage;
import io.elacsym.api.storage.StoredObject;
import io.elacsym.tck.fault.ForwardingStorage;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A storage whose tags are others than those of the one behind it. */
abstract class Retagging extends ForwardingStorage {
  private final Map<String, String> tags;

  /**
   * @param tags by those of the storage behind; all handles to one place share it
   */
  Retagging(Storage inner, Map<String, String> tags) {
    super(inner);
    this.tags = tags;
  }

  /** The tag of an object that is about to be written. */
  abstract String tag(String name, Payload payload);

  @Override
  public PutResult put(String name, Payload payload, PutMode mode) {
    synchronized (tags) {
      return putTagged(name, payload, mode);
    }
  }

  private PutResult putTagged(String name, Payload payload, PutMode mode) {
    PutMode passed = mode;
    if (mode instanceof PutMode.IfMatches(String asked)) {
      Optional<String> now =
          inner.head(name).map(ObjectInfo::tag).filter(tag -> asked.equals(tags.get(tag)));
      if (now.isEmpty()) {
        return PutResult.LOST;
      }
      passed = PutMode.ifMatches(now.get());
    }
    PutResult result = inner.put(name, payload, passed);
    if (result.tag().isEmpty()) {
      return result;
    }
    String tag = tag(name, payload);
    tags.put(result.tag().get(), tag);
    return PutResult.won(tag);
  }

  @Override
  public Optional<StoredObject> get(String name, ByteRange range) {
    return inner
        .get(name, range)
        .map(object -> new StoredObject(retagged(object.info()), object.bytes()));
  }

  @Override
  public Optional<ObjectInfo> head(String name) {
    return inner.head(name).map(this::retagged);
  }

  @Override
  public List<ObjectInfo> list(String prefix, String after, int limit) {
    return inner.list(prefix, after, limit).stream().map(this::retagged).toList();
  }

  private ObjectInfo retagged(ObjectInfo info) {
    synchronized (tags) {
      return new ObjectInfo(
          info.name(), info.size(), tags.getOrDefault(info.tag(), "?"), info.lastModified());
    }
  }
}
