package io.elacsym.api.index;

import java.util.function.Consumer;

/** Finds nearest rows of one segment. Safe for use by many threads. */
public interface VectorIndexReader extends AutoCloseable {
  VectorIndexCapabilities capabilities();

  /**
   * The best accepted rows.
   *
   * <p>Exactly {@code min(k, accepted rows with a vector)} hits come back, whatever the filter: a
   * filter restricts before ranking. Only hits below the query's {@link VectorQuery#bar} may be
   * missing. Scores are exact up to float rounding even where the search itself is approximate;
   * rows are distinct.
   */
  VectorHits search(VectorQuery query);

  /**
   * As {@link #search(VectorQuery)}, telling the host which rows may be hits before the index reads
   * what decides between them, so that the host can read their documents meanwhile.
   *
   * @param likely called at most once, by the searching thread, with at least the rows that will be
   *     hits; returns at once
   */
  default VectorHits search(VectorQuery query, Consumer<int[]> likely) {
    return search(query);
  }

  /** How many rows the index covers, that is, have a vector. */
  int count();

  @Override
  void close();
}
