package io.elacsym.engine.model;

/**
 * Counts of one cache layer since the engine was opened.
 *
 * @param hits look-ups that found a block
 * @param misses look-ups that did not
 * @param bytes held now
 * @param evictions how often something was dropped to make room
 */
public record CacheStats(long hits, long misses, long bytes, long evictions) {
  /** Of a layer that is switched off. */
  public static final CacheStats NONE = new CacheStats(0, 0, 0, 0);

  /** Hits of all look-ups, 0 to 1; 0 before the first one. */
  public double hitRate() {
    long all = hits + misses;
    return all == 0 ? 0 : (double) hits / all;
  }
}
