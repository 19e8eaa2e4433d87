package io.elacsym.api.index;

import java.lang.foreign.MemorySegment;

/**
 * The vectors of a segment that is about to be written, at random access. Item {@code i} (0 to
 * {@link #count} - 1) is the {@code i}-th row that has a vector. Safe for use by many threads while
 * {@link VectorIndexProvider#build} runs, and not to be looked at when it has returned: its memory
 * may be free then.
 */
public interface VectorRows {
  /** How many rows have a vector. */
  int count();

  /** The segment row of item {@code item}; ascending. */
  int row(int item);

  /** How many rows the segment has, with or without a vector. */
  int segmentRows();

  /** All vectors: item {@code i} at byte {@code 4 * dimension * i}, little-endian 32-bit floats. */
  MemorySegment vectors();

  /** Copies item {@code item} to {@code to[at..at+dimension)}. */
  void copy(int item, float[] to, int at);
}
