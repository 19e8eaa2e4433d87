package io.elacsym.engine.segment;

import io.elacsym.api.segment.Column;
import java.util.Optional;
import java.util.function.IntFunction;

/**
 * One column of a segment, of which a window of some rows is in memory at a time. For one thread,
 * which asks for rows in ascending order; another order is right, but slow.
 */
final class ColumnWindow {
  private final int rows;
  private final int rowsAtOnce;
  private final Part part;
  private Optional<Column> window = Optional.empty();
  private int from;

  /** Reads rows {@code from} to {@code to} (exclusive). */
  @FunctionalInterface
  interface Part {
    Column read(int from, int to);
  }

  /** What is made of the column and a position in it. */
  @FunctionalInterface
  interface Read<T> {
    T at(Column column, int position);
  }

  /**
   * @param rows of the segment
   * @param rowsAtOnce of a window, from 1
   */
  ColumnWindow(int rows, int rowsAtOnce, Part part) {
    this.rows = rows;
    this.rowsAtOnce = rowsAtOnce;
    this.part = part;
  }

  /** This column as a function of the row. */
  <T> IntFunction<T> map(Read<T> read) {
    return row -> {
      if (window.isEmpty() || row < from || row >= from + window.get().rows()) {
        window = Optional.empty(); // so that two windows are never in memory
        window = Optional.of(part.read(row, (int) Math.min(rows, (long) row + rowsAtOnce)));
        from = row;
      }
      return read.at(window.get(), row - from);
    };
  }
}
