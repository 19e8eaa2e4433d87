package io.elacsym.api.segment;

/**
 * Where a file has the vectors of a column as they are in memory: the components of one after the
 * other as little-endian 32-bit floats. Safe for use by many threads.
 */
@FunctionalInterface
public interface VectorPlaces {
  /** Of a vector that lies nowhere in this form. */
  long NOWHERE = -1;

  /**
   * The offset in bytes of the first component of a row's vector; {@link #NOWHERE} where it has to
   * be {@linkplain SegmentReader#fetch fetched}.
   *
   * @param row one that has a vector
   */
  long offset(int row);
}
