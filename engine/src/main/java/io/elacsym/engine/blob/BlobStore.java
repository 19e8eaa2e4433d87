package io.elacsym.engine.blob;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.blob.BlobSource;
import io.elacsym.api.blob.ByteRange;
import io.elacsym.api.storage.ObjectInfo;
import io.elacsym.api.storage.Storage;
import io.elacsym.api.storage.StoredObject;
import io.elacsym.engine.blob.CachedBlob.Keeping;
import io.elacsym.engine.cas.Puts;
import io.elacsym.engine.disk.DiskBlob;
import io.elacsym.engine.disk.DiskCache;
import io.elacsym.engine.disk.Scratch;
import io.elacsym.engine.model.Deadline;
import io.elacsym.engine.task.Detached;
import io.elacsym.engine.task.Parallel;
import io.elacsym.engine.task.ReadTrace;
import io.elacsym.engine.task.Retry;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;

/** Writes and opens immutable blobs. Safe for use by many threads. */
public final class BlobStore {
  private static final int MAX_REQUEST_BYTES = BlockLoader.MAX_REQUEST * Checksums.BLOCK;

  private final Storage storage;
  private final BlockCache memory;
  private final Optional<DiskCache> disk;
  private final Scratch scratch;
  private final LongConsumer onStored;

  /**
   * @param disk empty when blobs are not cached on disk
   * @param scratch where blobs are written before they are stored
   * @param onStored told of the size of each stored blob
   */
  public BlobStore(
      Storage storage,
      BlockCache memory,
      Optional<DiskCache> disk,
      Scratch scratch,
      LongConsumer onStored) {
    this.storage = storage;
    this.memory = memory;
    this.disk = disk;
    this.scratch = scratch;
    this.onStored = onStored;
  }

  /** Begins a blob. */
  public BlobFile newFile() {
    return BlobFile.create(scratch);
  }

  /** Where files lie that are written before they are stored. */
  public Scratch scratch() {
    return scratch;
  }

  /**
   * Stores a finished blob under a name that nobody has used before.
   *
   * @return its size
   */
  public long put(String name, BlobFile file) {
    // Names are unique to this attempt, so writing again what may be there already changes nothing.
    Puts.certain(storage, name, file::payload);
    long bytes = file.payload().size();
    onStored.accept(bytes);
    return bytes;
  }

  /**
   * Opens a blob that carries its own checksums. Those and its last bytes come in one request.
   *
   * @param objectBytes its size, as the manifest has it
   * @param tailBytes how many bytes of its end are to be in memory as long as it is open, at least
   * @param onHeld told of bytes kept in memory besides the caches: the tail, and what the reader
   *     keeps by itself
   */
  public CachedBlob openSealed(String name, long objectBytes, long tailBytes, LongConsumer onHeld) {
    return Retry.whileCorrupt(() -> openSealedOnce(name, objectBytes, tailBytes, onHeld));
  }

  /** As {@link #openSealed}, past the caches: for finding damage on the storage. */
  public BlobSource openSealedUncached(String name, long objectBytes) {
    return Retry.whileCorrupt(() -> {
      long payload = SealedBlob.payloadBytes(name, objectBytes);
      byte[] trailer = end(name, payload, objectBytes);
      return openUncached(name, SealedBlob.parse(name, payload, trailer));
    });
  }

  private CachedBlob openSealedOnce(
      String name, long objectBytes, long tailBytes, LongConsumer onHeld) {
    long payload = SealedBlob.payloadBytes(name, objectBytes);
    Optional<DiskBlob> cached = disk.map(cache -> cache.blob(name, payload));
    Optional<Checksums> onDisk =
        cached.flatMap(blob -> checksumsOnDisk(blob, name, payload, objectBytes));
    if (onDisk.isPresent()) {
      return open(name, onDisk.get(), tailBytes, Optional.empty(), onHeld);
    }
    long from = offset(tailStart(payload, tailBytes), payload);
    byte[] end = end(name, from, objectBytes);
    byte[] trailer = Arrays.copyOfRange(end, Math.toIntExact(payload - from), end.length);
    Checksums checksums = SealedBlob.parse(name, payload, trailer);
    cached.ifPresent(blob -> blob.offerTrailer(trailer));
    return open(name, checksums, tailBytes, Optional.of(new Ahead(from, end)), onHeld);
  }

  private static Optional<Checksums> checksumsOnDisk(
      DiskBlob cached, String name, long payload, long objectBytes) {
    Optional<byte[]> trailer = cached.trailer(Math.toIntExact(objectBytes - payload));
    try {
      return trailer.map(bytes -> SealedBlob.parse(name, payload, bytes));
    } catch (ElacsymException e) {
      // The copy in the disk cache is damaged. The object may be whole, so it is read instead.
      cached.dropTrailer();
      return Optional.empty();
    }
  }

  /**
   * The end of an object whose checksums are not known yet.
   *
   * @param from where it begins, at a block
   * @param bytes as they came, up to the object's end
   */
  public record Ahead(long from, byte[] bytes) {}

  /**
   * Reads the end of an object before its checksums are known, so that it need not wait for them.
   *
   * @return empty when it is in the disk cache: then {@link #open} finds it there
   */
  public Optional<Ahead> readAhead(String name, long objectBytes, long tailBytes) {
    int first = tailStart(objectBytes, tailBytes);
    long from = offset(first, objectBytes);
    boolean onDisk =
        disk.isPresent()
            && disk.get().blob(name, objectBytes).has(first, Checksums.blocks(objectBytes));
    return onDisk || from == objectBytes
        ? Optional.empty()
        : Optional.of(new Ahead(from, end(name, from, objectBytes)));
  }

  /**
   * Opens a blob whose checksums are kept elsewhere.
   *
   * @param tailBytes as for {@link #openSealed}
   * @param ahead its end, if that was read ahead
   * @param onHeld as for {@link #openSealed}
   */
  public CachedBlob open(
      String name,
      Checksums checksums,
      long tailBytes,
      Optional<Ahead> ahead,
      LongConsumer onHeld) {
    Optional<DiskBlob> cached = disk.map(cache -> cache.blob(name, checksums.blobBytes()));
    BlockLoader loader = new BlockLoader(storage, cached, name, checksums);
    int first = tailStart(checksums.blobBytes(), tailBytes);
    int end = Checksums.blocks(checksums.blobBytes());
    Run tail = first == end ? null : tail(loader, cached, checksums, first, end, ahead);
    onHeld.accept(loader.size() - loader.offset(first));
    return new CachedBlob(loader, memory, Keeping.KEEP, tail, onHeld);
  }

  private static Run tail(
      BlockLoader loader,
      Optional<DiskBlob> cached,
      Checksums checksums,
      int first,
      int end,
      Optional<Ahead> ahead) {
    int length = Math.toIntExact(loader.size() - loader.offset(first));
    if (ahead.isPresent() && ahead.get().from() == loader.offset(first)) {
      byte[] bytes = ahead.get().bytes();
      if (bytes.length >= length
          && checksums.firstDamage(loader.offset(first), bytes, 0, length) < 0) {
        cached.ifPresent(blob -> blob.offer(first, bytes, 0, length));
        return Run.of(first, end, MemorySegment.ofArray(bytes).asSlice(0, length).asReadOnly());
      }
      // Perhaps only the transfer went wrong: below it is read again, and again if need be.
    }
    List<Run> parts = new ArrayList<>();
    for (int from = first; from < end; from += BlockLoader.MAX_REQUEST) {
      Run part = new Run(from);
      part.endsAt(Math.min(end, from + BlockLoader.MAX_REQUEST));
      parts.add(part);
    }
    byte[] bytes = new byte[parts.size() == 1 ? 0 : length];
    Detached.call(() ->
        Deadline.without(() ->
            loader.load(
                parts,
                true,
                (part, loaded) -> {
                  if (parts.size() > 1) {
                    long at = loader.offset(part.first()) - loader.offset(first);
                    MemorySegment.ofArray(bytes).asSlice(at, loaded.byteSize()).copyFrom(loaded);
                  }
                  part.complete(loaded);
                })));
    return parts.size() == 1
        ? parts.getFirst()
        : Run.of(first, end, MemorySegment.ofArray(bytes).asReadOnly());
  }

  /** Opens a blob whose checksums are kept elsewhere, past the caches. */
  public BlobSource openUncached(String name, Checksums checksums) {
    return new CachedBlob(
        new BlockLoader(storage, Optional.empty(), name, checksums),
        memory,
        Keeping.PASS,
        null,
        bytes -> {});
  }

  /**
   * The block in which the last {@code tailBytes} begin; the one after the last block when that is
   * 0.
   */
  private static int tailStart(long blobBytes, long tailBytes) {
    return tailBytes == 0
        ? Checksums.blocks(blobBytes)
        : (int) (Math.max(0, blobBytes - tailBytes) / Checksums.BLOCK);
  }

  private static long offset(int block, long blobBytes) {
    return Math.min((long) block * Checksums.BLOCK, blobBytes);
  }

  /** The bytes of an object from some point on, in one wave; unverified. */
  private byte[] end(String name, long from, long objectBytes) {
    List<ByteRange> ranges = new ArrayList<>();
    for (long at = from; at < objectBytes; at += MAX_REQUEST_BYTES) {
      ranges.add(new ByteRange(at, Math.min(MAX_REQUEST_BYTES, objectBytes - at)));
    }
    List<byte[]> parts =
        Parallel.map(ranges, range -> Retry.whileCorrupt(() -> part(name, range, objectBytes)));
    if (parts.size() == 1) {
      return parts.getFirst();
    }
    byte[] end = new byte[Math.toIntExact(objectBytes - from)];
    int at = 0;
    for (byte[] part : parts) {
      System.arraycopy(part, 0, end, at, part.length);
      at += part.length;
    }
    return end;
  }

  private byte[] part(String name, ByteRange range, long objectBytes) {
    CacheMisses.log(name, range.length(), "the storage");
    StoredObject object =
        Detached.call(() -> storage.get(name, range))
            .orElseThrow(() -> ElacsymException.corrupt("object " + name + " is missing"));
    ReadTrace.request(object.bytes().length);
    if (object.info().size() != objectBytes) {
      throw ElacsymException.corrupt(
          "object " + name + " has " + object.info().size() + " bytes, expected " + objectBytes);
    }
    if (object.bytes().length != range.length()) {
      throw ElacsymException.corrupt(
          "object " + name + ": " + object.bytes().length + " bytes came of " + range);
    }
    return object.bytes();
  }

  /** How much can be brought into the caches at all. */
  public WarmBudget warmBudget() {
    return new WarmBudget(
        memory.bound() - memory.heldBytes(), disk.map(DiskCache::bound).orElse(0L));
  }

  /** Counts bytes that open segments hold in memory besides the caches; see {@link BlockCache}. */
  public void hold(long bytes) {
    memory.hold(bytes);
  }

  public Optional<ObjectInfo> head(String name) {
    return storage.head(name);
  }
}
