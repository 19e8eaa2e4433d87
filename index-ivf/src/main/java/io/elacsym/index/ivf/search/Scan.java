package io.elacsym.index.ivf.search;

import io.elacsym.api.blob.ByteRange;
import java.lang.foreign.MemorySegment;

/** Scores items that were read. For one thread. */
sealed interface Scan permits CodeScan, VectorScan {

  /** Where consecutive items of a list lie in the blob. */
  ByteRange range(int first, int end);

  /**
   * Scores the accepted ones of consecutive items of a list.
   *
   * @param bytes what {@link #range} asked for
   */
  void scan(int list, int first, int end, MemorySegment bytes);

  /**
   * The score that so many of the items scored so far reach, or a little less; negative infinity
   * before there are so many.
   */
  float score(int rank);

  /** How many accepted items were scored so far. */
  int scored();
}
