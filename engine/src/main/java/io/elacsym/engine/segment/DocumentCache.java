package io.elacsym.engine.segment;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.RemovalCause;
import io.elacsym.engine.model.CacheStats;
import io.elacsym.engine.model.Footprint;
import io.elacsym.engine.model.Value;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Attributes of documents that were found before, decoded. A format has to decompress a page of
 * each column for a single row, which takes longer than a search; what is found once is mostly
 * found again. Bounded by weight; what it holds counts as held by the segment that the rows are of.
 * Safe for use by many threads.
 */
public final class DocumentCache {
  private final Cache<Key, Kept> rows;
  private final LongAdder hits = new LongAdder();
  private final LongAdder misses = new LongAdder();
  private final LongAdder evictions = new LongAdder();

  /**
   * @param bound most bytes
   */
  public DocumentCache(long bound) {
    this.rows =
        Caffeine.newBuilder()
            .maximumWeight(bound)
            .weigher((Key key, Kept kept) -> kept.bytes())
            .evictionListener(this::evicted)
            .executor(Runnable::run)
            .build();
  }

  /**
   * A row of one segment, as far as some attributes go. Another choice of attributes is another
   * entry, because most callers ask for the same ones each time.
   */
  private record Key(OfSegment segment, int row, List<String> attributes) {}

  private record Kept(Map<String, Value> values, int bytes) {
    static Kept of(Map<String, Value> values) {
      long bytes = Footprint.DOCUMENT + Footprint.attributes(values);
      return new Kept(values, (int) Math.min(Integer.MAX_VALUE, bytes));
    }
  }

  private void evicted(@Nullable Key key, @Nullable Kept kept, RemovalCause cause) {
    // Neither is ever null here: Caffeine passes null only for weak or soft references that the
    // garbage collector has cleared.
    if (key != null && kept != null) {
      key.segment().evicted(key, kept);
      evictions.increment();
    }
  }

  /** Look-ups, and what is kept. */
  public CacheStats stats() {
    long bytes = rows.policy().eviction().orElseThrow().weightedSize().orElse(0);
    return new CacheStats(hits.sum(), misses.sum(), bytes, evictions.sum());
  }

  /** The part of a segment that was just opened. */
  OfSegment of(Held held) {
    return new OfSegment(held);
  }

  /** The rows of one open segment; nothing is kept of it once it is closed. */
  final class OfSegment implements AutoCloseable {
    private final Held held;

    /** So that closing need not look at the rows of all segments. */
    private final Set<Key> keys = ConcurrentHashMap.newKeySet();

    private OfSegment(Held held) {
      this.held = held;
    }

    /** These attributes of a row, if they are kept. */
    Optional<Map<String, Value>> find(int row, List<String> attributes) {
      Optional<Map<String, Value>> found =
          Optional.ofNullable(rows.getIfPresent(new Key(this, row, attributes))).map(Kept::values);
      (found.isPresent() ? hits : misses).increment();
      return found;
    }

    /**
     * Keeps rows, as long as there is room.
     *
     * @param values for each row these attributes; nobody changes them any more
     */
    void keep(int[] read, List<String> attributes, List<Map<String, Value>> values) {
      for (int i = 0; i < read.length; i++) {
        Kept row = Kept.of(values.get(i));
        // What is noted beside the cache changes with it, as one step for each row.
        rows.asMap()
            .compute(
                new Key(this, read[i], attributes),
                (key, before) -> {
                  keys.add(key);
                  held.add(before == null ? row.bytes() : row.bytes() - before.bytes());
                  return row;
                });
      }
    }

    private void evicted(Key key, Kept row) {
      keys.remove(key);
      held.add(-row.bytes());
    }

    @Override
    public void close() {
      rows.invalidateAll(keys);
    }
  }
}
