package io.elacsym.engine.blob;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Policy;
import com.github.benmanes.caffeine.cache.RemovalCause;
import io.elacsym.engine.model.CacheStats;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Verified blocks in memory, bounded by weight. Blobs are immutable and their names never used
 * again, so nothing goes stale. Safe for use by many threads.
 *
 * <p>The bound also covers what open segments hold by themselves ({@link #hold}): the more they
 * hold, the less is cached. A part of the bound is the cache's in any case.
 */
public final class BlockCache {
  /** Overhead of a run besides its bytes, roughly. */
  private static final int RUN_BYTES = 250;

  /** The part of the bound that what is held cannot take away. */
  private static final int LEAST_PART = 4;

  /**
   * A blob by name, with its number of blocks: a blob of another size is another one.
   *
   * @param name object name
   * @param blocks how many it has
   */
  private record BlobKey(String name, int blocks) {}

  private final long bound;
  private final Cache<Run, BlobBlocks> runs;
  private final Policy.Eviction<Run, BlobBlocks> eviction;

  /** Tables of the blobs that are open or have cached runs, which refer to them. */
  private final Cache<BlobKey, BlobBlocks> tables =
      Caffeine.newBuilder().weakValues().executor(Runnable::run).build();

  private final LongAdder hits = new LongAdder();
  private final LongAdder misses = new LongAdder();
  private final LongAdder evictions = new LongAdder();
  private long held;

  /**
   * @param bound most bytes
   */
  public BlockCache(long bound) {
    this.bound = bound;
    this.runs =
        Caffeine.newBuilder()
            .maximumWeight(bound)
            .weigher((Run run, BlobBlocks blocks) -> weight(run))
            .evictionListener(this::evicted)
            .executor(Runnable::run)
            .build();
    this.eviction = runs.policy().eviction().orElseThrow();
  }

  private static int weight(Run run) {
    return Math.toIntExact((long) (run.end() - run.first()) * Checksums.BLOCK + RUN_BYTES);
  }

  private void evicted(@Nullable Run run, @Nullable BlobBlocks blocks, RemovalCause cause) {
    // Neither is ever null here: Caffeine passes null only for weak or soft references that the
    // garbage collector has cleared.
    if (run != null && blocks != null) {
      blocks.forget(run);
      evictions.increment();
    }
  }

  /** The table of a blob, shared by all who read it. */
  BlobBlocks table(String name, int blocks) {
    return tables.get(new BlobKey(name, blocks), key -> new BlobBlocks(key.blocks()));
  }

  /** Takes a run in, which is in the table already; it may leave again at once. */
  void keep(Run run, BlobBlocks blocks) {
    runs.put(run, blocks);
  }

  /**
   * Caches a run whose bytes were copied from several others, its parts, and drops the parts of
   * which it has every block. The other parts stay in the table for their blocks: the new run then
   * has more blocks at its borders than the table says, and is found by one of the blocks between.
   */
  void keepInPlaceOf(Iterable<Run> parts, Run whole, BlobBlocks blocks) {
    boolean reachable = false;
    for (Run part : parts) {
      if (part.first() >= whole.first() && part.end() <= whole.end()) {
        reachable |= blocks.replace(part, whole);
        runs.invalidate(part);
      }
    }
    if (reachable) {
      runs.put(whole, blocks);
    }
  }

  /** Notes that a run was used, so that it is evicted later. */
  void touch(Run run) {
    var _ = runs.getIfPresent(run);
  }

  /** Counts look-ups of blocks. */
  void count(int found, int missed) {
    hits.add(found);
    misses.add(missed);
  }

  /**
   * Notes bytes that open segments hold besides the cache.
   *
   * @param bytes more of them; fewer when negative
   */
  public synchronized void hold(long bytes) {
    held += bytes;
    eviction.setMaximum(Math.max(bound / LEAST_PART, bound - held));
  }

  /** Bytes that open segments hold besides the cache. */
  public synchronized long heldBytes() {
    return held;
  }

  /** Most bytes of the cache and of what is held together. */
  public long bound() {
    return bound;
  }

  public CacheStats stats() {
    return new CacheStats(
        hits.sum(), misses.sum(), eviction.weightedSize().orElse(0), evictions.sum());
  }
}
