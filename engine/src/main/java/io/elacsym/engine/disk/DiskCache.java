package io.elacsym.engine.disk;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.RemovalCause;
import io.elacsym.engine.disk.WriteQueue.Write;
import io.elacsym.engine.model.CacheStats;
import io.elacsym.engine.settings.TaskRunner;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.BitSet;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Blocks of blobs in files of a folder, bounded in bytes, found again after a restart. Nothing
 * depends on it: files may vanish, rot, or not be written because the disk is full, and all that
 * happens is that blocks are not found. Safe for use by many threads.
 *
 * <p>Reading happens on the thread that asks. Writing and deleting happen on one background task at
 * a time, which runs while there is something to do; what it cannot keep up with is not written.
 */
public final class DiskCache implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(DiskCache.class.getName());

  /** How long nothing is written after a failure, and a folder in use is not asked for again. */
  private static final Duration PAUSE = Duration.ofMinutes(1);

  /** A trailer has four bytes for each 64 KiB of its blob: this is for one of terabytes. */
  private static final int MAX_TRAILER = 256 << 20;

  private final CacheFolder folder;
  private final long bound;
  private final TaskRunner tasks;
  private final InstantSource clock;
  private final Cache<ChunkId, Chunk> chunks;
  private final WriteQueue writes = new WriteQueue();
  private final Queue<ChunkId> doomed = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean draining = new AtomicBoolean();

  /** Held by whoever changes files, and by whoever looks which there are. */
  private final ReentrantLock files = new ReentrantLock();

  private final LongAdder hits = new LongAdder();
  private final LongAdder misses = new LongAdder();
  private final LongAdder evictions = new LongAdder();

  /** Whether this process has the folder. */
  private volatile boolean active;

  /** Whether all files that were there at the start are known. */
  private volatile boolean scanned;

  private volatile boolean closed;
  private volatile Instant resumeAt = Instant.MIN;
  private volatile boolean complained;

  private DiskCache(Path folder, long maxBytes, TaskRunner tasks, InstantSource clock) {
    this.folder = new CacheFolder(folder);
    this.bound = maxBytes;
    this.tasks = tasks;
    this.clock = clock;
    this.chunks =
        Caffeine.newBuilder()
            .maximumWeight(maxBytes)
            .weigher((ChunkId id, Chunk chunk) -> chunk.weight())
            .evictionListener(this::evicted)
            .executor(Runnable::run)
            .build();
  }

  /**
   * Opens a cache. Never fails: a folder that cannot be used is said so in the log and tried again
   * later.
   *
   * @param folder may hold other things as well; the cache's own lie in a folder below it
   * @param maxBytes most bytes of all files
   */
  public static DiskCache open(Path folder, long maxBytes, TaskRunner tasks, InstantSource clock) {
    DiskCache cache = new DiskCache(folder, maxBytes, tasks, clock);
    cache.activate();
    return cache;
  }

  /** A blob to look for blocks of. */
  public DiskBlob blob(String name, long bytes) {
    return new DiskBlob(this, name, bytes);
  }

  private void activate() {
    files.lock();
    try {
      if (active || closed) {
        return;
      }
      resumeAt = clock.instant().plus(PAUSE);
      if (!folder.acquire()) {
        complain(
            "another process uses it, so this one has no disk cache and reads from the storage each"
                + " time; give it a folder of its own with cache.disk_path");
        return;
      }
      resumeAt = Instant.MIN;
      complained = false;
      active = true;
      tasks.start("elacsym-disk-cache-scan", this::scan);
    } catch (IOException e) {
      complain(
          "it stays off, so everything that is not in memory is read from the storage: the folder"
              + " cannot be used ("
              + e
              + "); make it writable for this user, name another one with cache.disk_path, or turn"
              + " the cache off with cache.disk_size = 0");
    } finally {
      files.unlock();
    }
  }

  private void complain(String what) {
    if (!complained) {
      complained = true;
      LOG.log(Level.WARNING, "disk cache {0}: {1}", folder.root(), what);
    }
  }

  private boolean isPaused() {
    return clock.instant().isBefore(resumeAt);
  }

  /** Learns which files are there. */
  private void scan() {
    try {
      for (Path shard : folder.shards()) {
        for (Path file : CacheFolder.files(shard)) {
          if (closed) {
            return;
          }
          adopt(file);
        }
      }
    } catch (IOException | DirectoryIteratorException e) {
      // Deleted at this moment, perhaps; what was not seen is written anew.
      LOG.log(Level.DEBUG, "disk cache " + folder.root() + " could not be listed", e);
    } finally {
      scanned = true;
    }
  }

  /** Takes a file in, or deletes it if it is none of ours. */
  private void adopt(Path file) {
    files.lock();
    try {
      Optional<ChunkId> id =
          ChunkId.ofFileName(file.getFileName().toString())
              .filter(named -> folder.file(named).equals(file));
      if (id.isPresent() && chunks.getIfPresent(id.get()) != null) {
        return;
      }
      Optional<ChunkFile.Found> found =
          ChunkFile.look(file).filter(f -> id.isPresent() && isWhatItSays(id.get(), f));
      if (found.isPresent()) {
        int blockBytes = found.get().description().blockBytes();
        chunks.put(id.get(), Chunk.stored(found.get().present(), blockBytes));
        deleteDoomed();
      } else {
        LOG.log(Level.DEBUG, "disk cache: {0} is no file of it", file);
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "disk cache: " + file + " cannot be read", e);
    } finally {
      files.unlock();
    }
  }

  private boolean isWhatItSays(ChunkId id, ChunkFile.Found found) {
    ChunkFile.Description says = found.description();
    boolean sane =
        says.number() == ChunkId.TRAILER
            ? says.blockBytes() <= MAX_TRAILER
            : says.number() >= 0 && says.blockBytes() == ChunkFile.BLOCK;
    return sane && blob(says.blob(), says.blobBytes()).chunk(says.number()).equals(id);
  }

  /** What is known of a chunk; null when it is not there. */
  private @Nullable Chunk find(ChunkId id) {
    if (!active) {
      return null;
    }
    Chunk known = chunks.getIfPresent(id);
    if (known == null && !scanned && Files.exists(folder.file(id))) {
      adopt(folder.file(id));
      known = chunks.getIfPresent(id);
    }
    return known;
  }

  boolean has(DiskBlob blob, int first, int end) {
    for (int block = first; block < end; block = chunkEnd(block, end)) {
      Chunk chunk = find(blob.chunk(block / ChunkFile.BLOCKS));
      long bits = bits(block, chunkEnd(block, end));
      if (chunk == null || (chunk.present() & bits) != bits) {
        return false;
      }
    }
    return true;
  }

  boolean hasSome(DiskBlob blob, int first, int end) {
    for (int block = first; block < end; block = chunkEnd(block, end)) {
      Chunk chunk = find(blob.chunk(block / ChunkFile.BLOCKS));
      if (chunk != null && (chunk.present() & bits(block, chunkEnd(block, end))) != 0) {
        return true;
      }
    }
    misses.add(end - first);
    return false;
  }

  /** The end of those blocks of {@code block} to {@code end} that are in one chunk. */
  private static int chunkEnd(int block, int end) {
    return Math.min(end, (block / ChunkFile.BLOCKS + 1) * ChunkFile.BLOCKS);
  }

  private static long bits(int block, int end) {
    int from = block % ChunkFile.BLOCKS;
    return Chunk.bits(from, from + end - block);
  }

  BitSet read(DiskBlob blob, int first, int end, byte[] to, DiskBlob.Check check) {
    BitSet found = new BitSet(end - first);
    for (int block = first; block < end; block = chunkEnd(block, end)) {
      readChunk(blob, first, block, chunkEnd(block, end), to, check, found);
    }
    hits.add(found.cardinality());
    misses.add(end - first - found.cardinality());
    return found;
  }

  /** Reads blocks {@code block} to {@code end}, which are in one chunk. */
  private void readChunk(
      DiskBlob blob, int first, int block, int end, byte[] to, DiskBlob.Check check, BitSet found) {
    int number = block / ChunkFile.BLOCKS;
    ChunkId id = blob.chunk(number);
    Chunk chunk = find(id);
    if (chunk == null) {
      return;
    }
    int next = block;
    while (next < end) {
      int from = next;
      while (next < end && chunk.has(next % ChunkFile.BLOCKS)) {
        next++;
      }
      if (next == from) {
        next++;
        continue;
      }
      int at = Math.toIntExact(blob.offset(from) - blob.offset(first));
      int length = Math.toIntExact(blob.offset(next) - blob.offset(from));
      if (!readBytes(id, from % ChunkFile.BLOCKS, chunk.blockBytes(), to, at, length)) {
        return;
      }
      for (int read = from; read < next; read++) {
        int start = Math.toIntExact(blob.offset(read) - blob.offset(first));
        if (!check.holds(
            read, to, start, Math.toIntExact(blob.offset(read + 1) - blob.offset(read)))) {
          damaged(blob, id, "the checksum of block " + read + " does not hold");
          return;
        }
        found.set(read - first);
      }
    }
  }

  /** False when the bytes are not there. */
  private boolean readBytes(ChunkId id, int slot, int blockBytes, byte[] to, int at, int length) {
    try {
      ChunkFile.read(folder.file(id), slot, blockBytes, to, at, length);
      return true;
    } catch (ClosedByInterruptException e) {
      // The reading thread was interrupted, so the file may well be whole.
      return false;
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "disk cache: {0} is gone or cut short: {1}", folder.file(id), e);
      drop(id);
      return false;
    }
  }

  private void damaged(DiskBlob blob, ChunkId id, String why) {
    LOG.log(
        Level.WARNING,
        "disk cache: dropped the damaged file {0} of {1}: {2}",
        folder.file(id),
        blob.name(),
        why);
    drop(id);
  }

  private void drop(ChunkId id) {
    chunks.invalidate(id);
    doomed.add(id);
    startDraining();
  }

  Optional<byte[]> trailer(DiskBlob blob, int length) {
    ChunkId id = blob.chunk(ChunkId.TRAILER);
    Chunk chunk = find(id);
    byte[] trailer = new byte[length];
    boolean there =
        chunk != null
            && chunk.has(0)
            && chunk.blockBytes() == length
            && readBytes(id, 0, length, trailer, 0, length);
    (there ? hits : misses).increment();
    return there ? Optional.of(trailer) : Optional.empty();
  }

  void drop(DiskBlob blob, int number) {
    damaged(blob, blob.chunk(number), "its trailer does not hold");
  }

  void offer(Write write) {
    if (closed || isPaused()) {
      return;
    }
    if (!active) {
      activate();
    }
    if (!active) {
      return;
    }
    if (writes.offer(write)) {
      startDraining();
    }
  }

  private void startDraining() {
    if (draining.compareAndSet(false, true)) {
      boolean started = false;
      try {
        tasks.start("elacsym-disk-cache", this::drain);
        started = true;
      } finally {
        if (!started) {
          draining.set(false);
        }
      }
    }
  }

  private void drain() {
    do {
      try {
        settle();
      } finally {
        draining.set(false);
      }
    } while ((!writes.isEmpty() || !doomed.isEmpty()) && draining.compareAndSet(false, true));
  }

  /** Returns when everything that was offered before is written or given up. */
  public void settle() {
    while (true) {
      files.lock();
      try {
        deleteDoomed();
        Optional<Write> next = writes.poll();
        if (next.isEmpty()) {
          return;
        }
        if (active && !isPaused()) {
          write(next.get());
        }
      } finally {
        files.unlock();
      }
    }
  }

  /** Deletes the files of chunks that are not known any more. */
  private void deleteDoomed() {
    for (ChunkId id = doomed.poll(); id != null; id = doomed.poll()) {
      if (chunks.getIfPresent(id) == null) {
        try {
          Files.deleteIfExists(folder.file(id));
        } catch (IOException e) {
          LOG.log(Level.DEBUG, "disk cache: " + folder.file(id) + " cannot be deleted", e);
        }
      }
    }
  }

  private void write(Write write) {
    DiskBlob blob = write.blob();
    if (write.first() == ChunkId.TRAILER) {
      ChunkFile.Description trailer = blob.description(ChunkId.TRAILER, write.length());
      store(blob.chunk(ChunkId.TRAILER), trailer, 0, 1, write, write.offset(), write.length());
      return;
    }
    int end = write.first() + (write.length() + ChunkFile.BLOCK - 1) / ChunkFile.BLOCK;
    for (int block = write.first(); block < end; block = chunkEnd(block, end)) {
      int number = block / ChunkFile.BLOCKS;
      int count = chunkEnd(block, end) - block;
      long from = blob.offset(block) - blob.offset(write.first());
      long length = blob.offset(block + count) - blob.offset(block);
      store(
          blob.chunk(number),
          blob.description(number, ChunkFile.BLOCK),
          block % ChunkFile.BLOCKS,
          count,
          write,
          Math.toIntExact(write.offset() + from),
          Math.toIntExact(length));
    }
  }

  /** Writes consecutive blocks of one chunk, if the cache wants them. */
  private void store(
      ChunkId id,
      ChunkFile.Description description,
      int slot,
      int count,
      Write write,
      int at,
      int length) {
    long bits = Chunk.bits(slot, slot + count);
    Chunk before = find(id);
    if (before != null && (before.present() & bits) == bits) {
      return;
    }
    Chunk empty = Chunk.empty(description.blockBytes());
    // Room is made first: at no time are there more bytes on disk than allowed.
    chunks.asMap().compute(id, (k, old) -> (old == null ? empty : old).reserving(bits));
    chunks.cleanUp();
    deleteDoomed();
    if (chunks.getIfPresent(id) == null) {
      return;
    }
    try {
      boolean fresh = writeFile(id, description, slot, count, write, at, length);
      chunks.asMap().computeIfPresent(id, (k, old) -> fresh ? old.only(bits) : old.with(bits));
      if (complained) {
        complained = false;
        LOG.log(Level.INFO, "disk cache {0}: writing again", folder.root());
      }
    } catch (ClosedByInterruptException e) {
      drop(id);
    } catch (IOException e) {
      drop(id);
      resumeAt = clock.instant().plus(PAUSE);
      complain("nothing is written to it for a while, reading goes on: " + e);
    }
  }

  private boolean writeFile(
      ChunkId id,
      ChunkFile.Description description,
      int slot,
      int count,
      Write write,
      int at,
      int length)
      throws IOException {
    Path file = folder.file(id);
    try {
      return ChunkFile.write(file, description, slot, count, write.bytes(), at, length);
    } catch (NoSuchFileException e) {
      if (!folder.exists()) {
        LOG.log(Level.INFO, "disk cache {0}: it was deleted, beginning anew", folder.root());
        chunks.invalidateAll();
        if (!folder.acquire()) {
          active = false;
          throw e;
        }
        chunks.put(id, Chunk.empty(description.blockBytes()));
      }
      folder.createShard(id);
      return ChunkFile.write(file, description, slot, count, write.bytes(), at, length);
    }
  }

  private void evicted(@Nullable ChunkId id, @Nullable Chunk chunk, RemovalCause cause) {
    // Never null here: Caffeine passes null only for weak references that were cleared.
    if (id != null) {
      evictions.increment();
      // Whoever has put something in, which made this happen, deletes the file.
      doomed.add(id);
    }
  }

  /** Most bytes of all files. */
  public long bound() {
    return bound;
  }

  public CacheStats stats() {
    long bytes = chunks.policy().eviction().orElseThrow().weightedSize().orElse(0);
    return new CacheStats(hits.sum(), misses.sum(), bytes, evictions.sum());
  }

  /** Writes what waits, and lets others have the folder. */
  @Override
  public void close() {
    closed = true;
    settle();
    files.lock();
    try {
      active = false;
      folder.release();
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "disk cache " + folder.root() + " could not be let go", e);
    } finally {
      files.unlock();
    }
  }
}
