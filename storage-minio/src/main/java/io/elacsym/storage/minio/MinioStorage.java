package io.elacsym.storage.minio;

import io.elacsym.api.ErrorKind;
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

/** A bucket as object storage; the module's page says how. */
final class MinioStorage implements Storage {
  private static final StorageCapabilities CAPABILITIES =
      new StorageCapabilities(MultipartUploads.MAX_OBJECT, true);

  private final Requests requests;
  private final ObjectReads reads;
  private final ObjectWrites writes;
  private final ObjectLists lists;
  private final FolderLists folders;
  private final ObjectDeletes deletes;
  private final TimedDeletes timed;

  private MinioStorage(MinioSettings settings) {
    ObjectKeys keys = new ObjectKeys(settings.prefix());
    Failures failures = new Failures(settings, ErrorKind.UNAVAILABLE);
    this.requests = new Requests(settings);
    this.reads = new ObjectReads(requests, keys, failures);
    this.writes = new ObjectWrites(requests, settings, keys, failures);
    this.lists = new ObjectLists(requests, keys, failures);
    this.folders = new FolderLists(requests, keys, failures);
    this.deletes = new ObjectDeletes(requests, keys, failures);
    this.timed = new TimedDeletes(requests, keys, failures);
  }

  /** Opens a bucket, after one look into it: it tells in good time what would fail later. */
  static MinioStorage open(MinioSettings settings) {
    MinioStorage storage = new MinioStorage(settings);
    boolean opened = false;
    try {
      storage.lists.look(new Failures(settings, ErrorKind.INVALID_REQUEST));
      opened = true;
      return storage;
    } finally {
      if (!opened) {
        storage.close();
      }
    }
  }

  @Override
  public Optional<StoredObject> get(String name, ByteRange range) {
    return reads.get(name, range);
  }

  @Override
  public Changed getIfChanged(String name, String knownVersion) {
    return reads.getIfChanged(name, knownVersion);
  }

  @Override
  public Optional<ObjectInfo> head(String name) {
    return reads.head(name);
  }

  @Override
  public PutResult put(String name, Payload payload, PutMode mode) {
    return writes.put(name, payload, mode);
  }

  @Override
  public List<ObjectInfo> list(String prefix, String after, int limit) {
    return lists.list(prefix, after, limit);
  }

  @Override
  public List<String> listFolders(String prefix, String after, int limit) {
    return folders.list(prefix, after, limit);
  }

  @Override
  public void delete(List<String> names) {
    deletes.delete(names);
  }

  @Override
  public void deleteBefore(String name, Instant deadline) {
    timed.delete(name, deadline);
  }

  @Override
  public StorageCapabilities capabilities() {
    return CAPABILITIES;
  }

  @Override
  public StorageStatistics statistics() {
    return requests.counts().statistics();
  }

  @Override
  public void close() {
    requests.close();
  }
}
