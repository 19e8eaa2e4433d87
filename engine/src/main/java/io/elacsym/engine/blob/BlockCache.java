package io.elacsym.engine.blob;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.elacsym.engine.model.CacheStats;
import java.lang.foreign.MemorySegment;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.LongAdder;

/**
 * Verified bytes in memory, bounded by weight. A byte range is loaded once however many ask for it
 * at the same time. Blobs are immutable and their names never used again, so nothing goes stale.
 */
public final class BlockCache {
  /** Overhead of an entry besides its bytes, roughly. */
  private static final int ENTRY_BYTES = 200;

  /**
   * A range of whole blocks.
   *
   * @param blob object name
   * @param from first byte
   * @param to end, exclusive
   */
  record Extent(String blob, long from, long to) {}

  private final AsyncCache<Extent, MemorySegment> extents;
  private final LongAdder hits = new LongAdder();
  private final LongAdder misses = new LongAdder();

  public BlockCache(long maxBytes) {
    this.extents =
        Caffeine.newBuilder()
            .maximumWeight(maxBytes)
            .weigher((Extent extent, MemorySegment bytes) ->
                (int) Math.min(Integer.MAX_VALUE, bytes.byteSize() + ENTRY_BYTES))
            .executor(Runnable::run)
            .buildAsync();
  }

  /** What is cached or being loaded. */
  Optional<CompletableFuture<MemorySegment>> find(Extent extent) {
    Optional<CompletableFuture<MemorySegment>> found =
        Optional.ofNullable(extents.getIfPresent(extent));
    (found.isPresent() ? hits : misses).increment();
    return found;
  }

  /**
   * Announces a load. The caller completes the promise; a failed one is forgotten.
   *
   * @return the load that somebody else announced first, if so
   */
  Optional<CompletableFuture<MemorySegment>> announce(
      Extent extent, CompletableFuture<MemorySegment> promise) {
    return Optional.ofNullable(extents.asMap().putIfAbsent(extent, promise));
  }

  public CacheStats stats() {
    long bytes =
        extents.synchronous().policy().eviction().map(e -> e.weightedSize().orElse(0)).orElse(0L);
    return new CacheStats(hits.sum(), misses.sum(), bytes);
  }
}
