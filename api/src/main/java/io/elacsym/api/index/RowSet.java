package io.elacsym.api.index;

import java.util.BitSet;
import java.util.function.LongBinaryOperator;

/**
 * A set of rows of one segment, as a dense bitmap. Immutable, safe for use by many threads.
 *
 * <p>64 rows are one {@code long}: row {@code r} is bit {@code r & 63} of word {@code r >> 6}. Bits
 * at and beyond the row count are 0.
 */
public final class RowSet {
  private final int rowCount;
  private final long[] words;
  private final int cardinality;

  private RowSet(int rowCount, long[] words, int cardinality) {
    this.rowCount = rowCount;
    this.words = words;
    this.cardinality = cardinality;
  }

  /** Every row from 0 to {@code rowCount - 1}. */
  public static RowSet all(int rowCount) {
    BitSet bits = new BitSet(rowCount);
    bits.set(0, rowCount);
    return of(rowCount, bits);
  }

  public static RowSet of(int rowCount, BitSet rows) {
    long[] words = new long[(rowCount + 63) >> 6];
    long[] given = rows.toLongArray();
    if (rows.length() > rowCount) {
      throw new IllegalArgumentException("row " + (rows.length() - 1) + " of " + rowCount);
    }
    System.arraycopy(given, 0, words, 0, given.length);
    return ofWords(rowCount, words);
  }

  /**
   * Takes words as they are, without a copy.
   *
   * @param words {@code (rowCount + 63) / 64} of them; not to be changed afterwards
   */
  public static RowSet ofWords(int rowCount, long[] words) {
    if (words.length != (rowCount + 63) >> 6) {
      throw new IllegalArgumentException(words.length + " words for " + rowCount + " rows");
    }
    if ((rowCount & 63) != 0 && words[words.length - 1] >>> (rowCount & 63) != 0) {
      throw new IllegalArgumentException("bits beyond row " + rowCount);
    }
    int cardinality = 0;
    for (long word : words) {
      cardinality += Long.bitCount(word);
    }
    return new RowSet(rowCount, words, cardinality);
  }

  /** How many rows the segment has. */
  public int rowCount() {
    return rowCount;
  }

  /** How many rows are in the set. */
  public int cardinality() {
    return cardinality;
  }

  public boolean isAll() {
    return cardinality == rowCount;
  }

  public boolean isEmpty() {
    return cardinality == 0;
  }

  public boolean contains(int row) {
    return (words[row >> 6] >>> row & 1) != 0;
  }

  /** Rows {@code 64 * index} to {@code 64 * index + 63} as bits. */
  public long word(int index) {
    return words[index];
  }

  /** The smallest row of the set that is {@code from} or greater, or -1. */
  public int next(int from) {
    int index = from >> 6;
    if (from >= rowCount) {
      return -1;
    }
    long word = words[index] & (-1L << from);
    while (word == 0) {
      if (++index == words.length) {
        return -1;
      }
      word = words[index];
    }
    return (index << 6) + Long.numberOfTrailingZeros(word);
  }

  /** Rows in both sets. */
  public RowSet and(RowSet other) {
    requireSameRows(other);
    if (isAll()) {
      return other;
    }
    if (other.isAll()) {
      return this;
    }
    return with(other, (a, b) -> a & b);
  }

  /** Rows in at least one of both sets. */
  public RowSet or(RowSet other) {
    requireSameRows(other);
    if (isEmpty() || other.isAll()) {
      return other;
    }
    if (other.isEmpty() || isAll()) {
      return this;
    }
    return with(other, (a, b) -> a | b);
  }

  /** Rows that are in this set and not in the other one. */
  public RowSet andNot(RowSet other) {
    requireSameRows(other);
    return other.isEmpty() ? this : with(other, (a, b) -> a & ~b);
  }

  private void requireSameRows(RowSet other) {
    if (other.rowCount != rowCount) {
      throw new IllegalArgumentException(rowCount + " rows and " + other.rowCount + " rows");
    }
  }

  private RowSet with(RowSet other, LongBinaryOperator operator) {
    long[] result = new long[words.length];
    for (int i = 0; i < result.length; i++) {
      result[i] = operator.applyAsLong(words[i], other.words[i]);
    }
    return ofWords(rowCount, result);
  }

  /** How many rows are in the set from {@code from} (inclusive) to {@code to} (exclusive). */
  public int cardinality(int from, int to) {
    if (from >= to) {
      return 0;
    }
    int first = from >> 6;
    int last = (to - 1) >> 6;
    long firstMask = -1L << from;
    long lastMask = -1L >>> -to;
    if (first == last) {
      return Long.bitCount(words[first] & firstMask & lastMask);
    }
    int count = Long.bitCount(words[first] & firstMask) + Long.bitCount(words[last] & lastMask);
    for (int i = first + 1; i < last; i++) {
      count += Long.bitCount(words[i]);
    }
    return count;
  }

  @Override
  public String toString() {
    return cardinality + " of " + rowCount + " rows";
  }
}
