package io.elacsym.storage.s3;

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
final class S3Storage implements Storage {
  private static final StorageCapabilities CAPABILITIES =
      new StorageCapabilities(MultipartUploads.MAX_OBJECT, true);

  private final S3Clients clients;
  private final ObjectReads reads;
  private final ObjectWrites writes;
  private final ObjectLists lists;
  private final FolderLists folders;
  private final ObjectDeletes deletes;
  private final TimedDeletes timed;

  private S3Storage(S3Settings settings, S3Clients clients) {
    ObjectKeys keys = new ObjectKeys(settings.prefix());
    Failures failures = new Failures(settings, ErrorKind.UNAVAILABLE);
    this.clients = clients;
    this.reads = new ObjectReads(clients, settings, keys, failures);
    this.writes = new ObjectWrites(clients, settings, keys, failures);
    this.lists = new ObjectLists(clients, settings, keys, failures);
    this.folders = new FolderLists(clients, settings, keys, failures);
    this.deletes = new ObjectDeletes(clients, settings, keys, failures);
    this.timed = new TimedDeletes(clients, settings, keys, failures);
  }

  /** Opens a bucket, after one look into it: it tells in good time what would fail later. */
  static S3Storage open(S3Settings settings) {
    S3Clients clients = new S3Clients(settings, CredentialsChain.of(settings));
    boolean opened = false;
    try {
      ObjectLists.look(clients, settings, new Failures(settings, ErrorKind.INVALID_REQUEST));
      S3Storage storage = new S3Storage(settings, clients);
      opened = true;
      return storage;
    } finally {
      if (!opened) {
        clients.close();
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
    return clients.counts().statistics();
  }

  @Override
  public void close() {
    clients.close();
  }
}
