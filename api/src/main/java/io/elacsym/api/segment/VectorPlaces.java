package io.elacsym.api.segment;

/**
 * Where a file has the vectors of a column as they are in memory: the components of one after the
 * other as little-endian 32-bit floats. Safe for use by many threads.
 */
@FunctionalInterface
public interface VectorPlaces {
  /** Of a row that has no vector, where the file tells. */
  long NOWHERE = -1;

  /**
   * The offset in bytes of the first component of a row's vector. Of a row that has none it is
   * {@link #NOWHERE} or any place in the file.
   *
   * @param row 0 to {@link SegmentReader#rowCount} - 1
   */
  long offset(int row);
}
