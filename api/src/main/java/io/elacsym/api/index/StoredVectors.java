package io.elacsym.api.index;

import io.elacsym.api.blob.BlobSource;
import io.elacsym.api.segment.VectorPlaces;
import java.lang.foreign.MemorySegment;

/**
 * The vectors of one field of a stored segment, read from the segment itself, so that an index need
 * not store them a second time. Safe for use by many threads.
 *
 * <p>They are as they were written: under {@link Metric#COSINE} of any length.
 */
public interface StoredVectors {
  /**
   * Reads vectors in one wave of requests.
   *
   * @param rows of the segment, ascending and distinct, each with a vector
   * @param to receives each of them once, in the order of the rows, before this returns
   * @throws io.elacsym.api.ElacsymException as {@link io.elacsym.api.blob.BlobSource#readAll}
   */
  void read(int[] rows, Run to);

  /**
   * Vectors that lie in a file as plain floats.
   *
   * @param places where each row's vector begins; a row whose vector lies {@linkplain
   *     VectorPlaces#NOWHERE nowhere} has none, and asking for it is {@code CORRUPT}: only a
   *     damaged index does
   */
  static StoredVectors in(BlobSource file, int dimension, VectorPlaces places) {
    return new PlacedVectors(file, dimension, places);
  }

  /** Receives vectors that lie one after the other. */
  @FunctionalInterface
  interface Run {
    /**
     * Takes the vectors of {@code rows[from]} to {@code rows[to - 1]}.
     *
     * @param vectors read-only, valid as long as it is reachable; components are little-endian
     *     32-bit floats, of alignment 1
     * @param offset of the first component of the first vector, in bytes
     */
    void accept(int from, int to, MemorySegment vectors, long offset);
  }
}
