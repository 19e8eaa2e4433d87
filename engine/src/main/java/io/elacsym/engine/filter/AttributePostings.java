package io.elacsym.engine.filter;

import io.elacsym.engine.model.Value;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.IntFunction;

/**
 * What an index over one attribute of one segment is made of: the distinct values in order, and for
 * each the rows that have it. Immutable.
 */
public final class AttributePostings {
  private final int rowCount;
  private final BitSet present;
  private final List<Value.Scalar> values;
  private final int[] offsets;
  private final int[] rows;

  /**
   * @param rowCount of the segment
   * @param present rows that have the attribute
   * @param values distinct, ascending
   * @param offsets value {@code i} has rows {@code offsets[i]} to {@code offsets[i + 1]}
   *     (exclusive)
   * @param rows grouped by value
   */
  AttributePostings(
      int rowCount, BitSet present, List<Value.Scalar> values, int[] offsets, int[] rows) {
    this.rowCount = rowCount;
    this.present = present;
    this.values = values;
    this.offsets = offsets;
    this.rows = rows;
  }

  /** Takes them from the values of every row. */
  public static AttributePostings of(int rowCount, IntFunction<Optional<Value>> valueOf) {
    BitSet present = new BitSet(rowCount);
    Map<Value.Scalar, RowList> postings = new TreeMap<>(ScalarOrder.INSTANCE);
    for (int row = 0; row < rowCount; row++) {
      Optional<Value> value = valueOf.apply(row);
      if (value.isEmpty()) {
        continue;
      }
      present.set(row);
      switch (value.get()) {
        case Value.Array array -> {
          for (Value.Scalar element : array.values()) {
            postings.computeIfAbsent(element, v -> new RowList()).add(row);
          }
        }
        case Value.Scalar scalar -> postings.computeIfAbsent(scalar, v -> new RowList()).add(row);
      }
    }
    int[] offsets = new int[postings.size() + 1];
    int i = 0;
    for (RowList list : postings.values()) {
      offsets[i + 1] = offsets[i] + list.size;
      i++;
    }
    int[] rows = new int[offsets[i]];
    i = 0;
    for (RowList list : postings.values()) {
      System.arraycopy(list.rows, 0, rows, offsets[i++], list.size);
    }
    return new AttributePostings(rowCount, present, List.copyOf(postings.keySet()), offsets, rows);
  }

  /** A growing list of ascending rows; a repeated element of one array counts once. */
  private static final class RowList {
    private int[] rows = new int[2];
    private int size;

    void add(int row) {
      if (size > 0 && rows[size - 1] == row) {
        return;
      }
      if (size == rows.length) {
        rows = Arrays.copyOf(rows, size * 2);
      }
      rows[size++] = row;
    }
  }

  int rowCount() {
    return rowCount;
  }

  /** Rows that have the attribute, also as an empty array. */
  BitSet present() {
    return present;
  }

  List<Value.Scalar> values() {
    return values;
  }

  int[] offsets() {
    return offsets;
  }

  int[] rows() {
    return rows;
  }
}
