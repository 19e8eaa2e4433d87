package io.elacsym.engine.filter;

import io.elacsym.engine.model.Value;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.IntFunction;
import java.util.function.Predicate;

/**
 * An index over one attribute of one segment: the distinct values in order, and for each the rows
 * that have it. As the rows of neighbouring values lie side by side, a range of values is one run
 * of rows. Immutable.
 */
public final class AttributeIndex {
  private final BitSet present;
  private final List<Value.Scalar> values;
  private final int[] offsets;
  private final int[] rows;

  /**
   * @param present rows that have the attribute
   * @param values distinct, ascending
   * @param offsets value {@code i} has rows {@code offsets[i]} to {@code offsets[i + 1]}
   *     (exclusive)
   * @param rows grouped by value
   */
  AttributeIndex(BitSet present, List<Value.Scalar> values, int[] offsets, int[] rows) {
    this.present = present;
    this.values = values;
    this.offsets = offsets;
    this.rows = rows;
  }

  /** Builds an index from the values of every row. */
  public static AttributeIndex build(int rowCount, IntFunction<Optional<Value>> valueOf) {
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
    return new AttributeIndex(present, List.copyOf(postings.keySet()), offsets, rows);
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

  BitSet presentRows() {
    return present;
  }

  List<Value.Scalar> distinctValues() {
    return values;
  }

  int[] offsets() {
    return offsets;
  }

  int[] rows() {
    return rows;
  }

  /** How many distinct values there are. */
  public int distinct() {
    return values.size();
  }

  /** A value by its number, from 0 in ascending order. */
  public Value.Scalar value(int number) {
    return values.get(number);
  }

  /** The number of a value; if it is not there, -1 minus the number of the next greater one. */
  public int place(Value.Scalar value) {
    return Collections.binarySearch(values, value, ScalarOrder.INSTANCE);
  }

  /** Where the rows of a value begin; those of the one before it end there. */
  public int start(int number) {
    return offsets[number];
  }

  /** A row by its place among those of all values. */
  public int row(int place) {
    return rows[place];
  }

  /** Rows that have the attribute; the caller's own copy, as is every result below. */
  public BitSet present() {
    return (BitSet) present.clone();
  }

  /** Rows with one of these values. */
  BitSet equalTo(List<Value.Scalar> wanted) {
    BitSet result = new BitSet();
    for (Value.Scalar value : wanted) {
      int found = Collections.binarySearch(values, value, ScalarOrder.INSTANCE);
      if (found >= 0) {
        addRows(result, found, found + 1);
      }
    }
    return result;
  }

  /** Rows with a value in this order to the operand. */
  BitSet inOrder(TypedFilter.Order order, Value.Scalar operand) {
    int found = Collections.binarySearch(values, operand, ScalarOrder.INSTANCE);
    int firstNotLess = found >= 0 ? found : -found - 1;
    int firstGreater = found >= 0 ? found + 1 : firstNotLess;
    BitSet result = new BitSet();
    switch (order) {
      case GREATER -> addRows(result, firstGreater, values.size());
      case GREATER_OR_EQUAL -> addRows(result, firstNotLess, values.size());
      case LESS -> addRows(result, 0, firstNotLess);
      case LESS_OR_EQUAL -> addRows(result, 0, firstGreater);
    }
    return result;
  }

  /** Rows with a value that passes a test; each distinct value is tested once. */
  BitSet matching(Predicate<Value.Scalar> test) {
    BitSet result = new BitSet();
    for (int i = 0; i < values.size(); i++) {
      if (test.test(values.get(i))) {
        addRows(result, i, i + 1);
      }
    }
    return result;
  }

  private void addRows(BitSet result, int fromValue, int toValue) {
    for (int i = offsets[fromValue]; i < offsets[toValue]; i++) {
      result.set(rows[i]);
    }
  }
}
