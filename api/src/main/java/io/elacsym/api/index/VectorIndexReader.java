package io.elacsym.api.index;

/** Finds nearest rows of one segment. Safe for use by many threads. */
public interface VectorIndexReader extends AutoCloseable {
  VectorIndexCapabilities capabilities();

  /**
   * The best accepted rows.
   *
   * <p>Exactly {@code min(k, accepted rows with a vector)} hits come back, whatever the filter: a
   * filter restricts before ranking. Scores are exact up to float rounding even where the search
   * itself is approximate; rows are distinct.
   */
  VectorHits search(VectorQuery query);

  /** How many rows the index covers, that is, have a vector. */
  int count();

  @Override
  void close();
}
