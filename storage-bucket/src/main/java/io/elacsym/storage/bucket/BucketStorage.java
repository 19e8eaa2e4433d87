package io.elacsym.storage.bucket;

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
import io.elacsym.storage.bucket.client.BucketClient;
import io.elacsym.storage.bucket.settings.BucketSettings;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A bucket as object storage; the module's page says how. Any number of processes may use one
 * bucket at once.
 */
public final class BucketStorage implements Storage {
  private static final StorageCapabilities CAPABILITIES =
      new StorageCapabilities(MultipartUploads.MAX_OBJECT, true);

  private final Requests requests;
  private final ObjectReads reads;
  private final ObjectWrites writes;
  private final ObjectLists lists;
  private final ObjectDeletes deletes;

  private BucketStorage(BucketSettings settings, BucketClient client) {
    ObjectKeys keys = new ObjectKeys(settings.prefix());
    Failures failures = new Failures(settings, ErrorKind.UNAVAILABLE);
    this.requests = new Requests(settings, client);
    this.reads = new ObjectReads(requests, keys, failures);
    this.writes = new ObjectWrites(requests, settings, keys, failures);
    this.lists = new ObjectLists(requests, keys, failures);
    this.deletes = new ObjectDeletes(requests, keys, failures);
  }

  /**
   * Opens a bucket, after one look into it: it tells in good time what would fail later.
   *
   * @param client closed with the storage, also when opening fails
   */
  public static Storage open(BucketSettings settings, BucketClient client) {
    BucketStorage storage = new BucketStorage(settings, client);
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
  public Changed getIfChanged(String name, String knownTag) {
    return reads.getIfChanged(name, knownTag);
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
    return lists.objects(prefix, after, limit);
  }

  @Override
  public List<String> listFolders(String prefix, String after, int limit) {
    return lists.folders(prefix, after, limit);
  }

  @Override
  public void delete(List<String> names) {
    deletes.delete(names);
  }

  @Override
  public void deleteBefore(String name, Instant deadline) {
    deletes.deleteBefore(name, deadline);
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
