package io.elacsym.engine.blob;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.ErrorKind;
import io.elacsym.api.blob.BlobSource;
import io.elacsym.api.blob.ByteRange;
import io.elacsym.api.storage.ObjectInfo;
import io.elacsym.api.storage.PutMode;
import io.elacsym.api.storage.PutResult;
import io.elacsym.api.storage.Storage;
import io.elacsym.api.storage.StoredObject;
import io.elacsym.engine.blob.CachedBlob.Keeping;
import io.elacsym.engine.task.ReadTrace;
import io.elacsym.engine.task.Retry;
import java.util.Optional;
import java.util.function.LongConsumer;

/** Writes and opens immutable blobs. Safe for use by many threads. */
public final class BlobStore {
  private static final int PUT_ATTEMPTS = 4;

  private final Storage storage;
  private final BlockCache cache;
  private final LongConsumer onStored;

  /**
   * @param onStored told of the size of each stored blob
   */
  public BlobStore(Storage storage, BlockCache cache, LongConsumer onStored) {
    this.storage = storage;
    this.cache = cache;
    this.onStored = onStored;
  }

  /**
   * Stores a finished blob under a name that nobody has used before.
   *
   * @return its size
   */
  public long put(String name, BlobFile file) {
    // Names are unique to this attempt, so writing again what may be there already changes nothing.
    for (int attempt = 0; attempt < PUT_ATTEMPTS; attempt++) {
      PutResult result = storage.put(name, file.payload(), PutMode.OVERWRITE);
      if (result.outcome() == PutResult.Outcome.WON) {
        long bytes = file.payload().size();
        onStored.accept(bytes);
        return bytes;
      }
    }
    throw new ElacsymException(
        ErrorKind.UNAVAILABLE, "storage did not say whether it has taken object " + name);
  }

  /**
   * Opens a blob that carries its own checksums.
   *
   * @param objectBytes its size, as the manifest has it
   */
  public BlobSource openSealed(String name, long objectBytes) {
    return openSealed(name, objectBytes, Keeping.KEEP);
  }

  /** As {@link #openSealed}, past the caches: for finding damage on the storage. */
  public BlobSource openSealedUncached(String name, long objectBytes) {
    return openSealed(name, objectBytes, Keeping.PASS);
  }

  private BlobSource openSealed(String name, long objectBytes, Keeping keeping) {
    return Retry.whileCorrupt(() -> openSealedOnce(name, objectBytes, keeping));
  }

  private BlobSource openSealedOnce(String name, long objectBytes, Keeping keeping) {
    long payload = SealedBlob.payloadBytes(name, objectBytes);
    StoredObject trailer =
        storage
            .get(name, new ByteRange(payload, objectBytes - payload))
            .orElseThrow(() -> ElacsymException.corrupt("object " + name + " is missing"));
    ReadTrace.request(trailer.bytes().length);
    if (trailer.info().size() != objectBytes) {
      throw ElacsymException.corrupt(
          "object " + name + " has " + trailer.info().size() + " bytes, expected " + objectBytes);
    }
    return open(name, SealedBlob.parse(name, payload, trailer.bytes()), keeping);
  }

  /** Opens a blob whose checksums are kept elsewhere. */
  public BlobSource open(String name, Checksums checksums) {
    return open(name, checksums, Keeping.KEEP);
  }

  /** As {@link #open}, for reading everything once: nothing of it is kept. */
  public BlobSource openForOnce(String name, Checksums checksums) {
    return open(name, checksums, Keeping.LOOK);
  }

  /** As {@link #open}, past the caches. */
  public BlobSource openUncached(String name, Checksums checksums) {
    return open(name, checksums, Keeping.PASS);
  }

  private BlobSource open(String name, Checksums checksums, Keeping keeping) {
    return new CachedBlob(new BlockLoader(storage, name, checksums), cache, keeping);
  }

  public Optional<ObjectInfo> head(String name) {
    return storage.head(name);
  }
}
