package io.elacsym.engine.segment;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.segment.BatchCursor;
import io.elacsym.api.segment.Column;
import io.elacsym.api.segment.ColumnBatch;
import io.elacsym.engine.model.Deadline;
import java.lang.ref.Cleaner;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.function.Supplier;

/**
 * One column of a segment, read front to back in batches: only a window of it is in memory. For one
 * thread, which asks for rows in ascending order; going back begins anew.
 */
final class ColumnWindow {
  /** Closes the cursors of those who stop half-way. */
  private static final Cleaner CLEANER = Cleaner.create();

  private final String object;
  private final String name;
  private final int start;
  private final int end;
  private final Supplier<BatchCursor> open;
  private Optional<Reading> reading = Optional.empty();
  private Optional<Column> window = Optional.empty();
  private int from;

  /**
   * @param object where the column is stored, for messages
   * @param start the first row
   * @param end after the last row
   * @param open begins to read the column at {@code start}
   */
  ColumnWindow(String object, String name, int start, int end, Supplier<BatchCursor> open) {
    this.object = object;
    this.name = name;
    this.start = start;
    this.end = end;
    this.open = open;
  }

  /** A cursor that is closed once, at the end of its rows or when nobody holds it any more. */
  private record Reading(BatchCursor cursor, Cleaner.Cleanable close) {}

  /** What {@code read} makes of the column and the position of a row in it. */
  <T> T read(int row, Read<T> read) {
    if (row < from || reading.isEmpty()) {
      restart();
    }
    while (window.isEmpty() || row >= from + window.get().rows()) {
      advance();
    }
    return read.at(window.get(), row - from);
  }

  /** Reads a value at a position. */
  @FunctionalInterface
  interface Read<T> {
    T at(Column column, int position);
  }

  /** This column as a function of the row. */
  <T> IntFunction<T> map(Read<T> read) {
    return row -> read(row, read);
  }

  private void restart() {
    reading.ifPresent(before -> before.close().clean());
    BatchCursor cursor = open.get();
    reading = Optional.of(new Reading(cursor, CLEANER.register(this, cursor::close)));
    window = Optional.empty();
    from = start;
  }

  private void advance() {
    Deadline.check();
    from += window.map(Column::rows).orElse(0);
    window = Optional.empty();
    Optional<ColumnBatch> batch = reading.orElseThrow().cursor().next();
    if (batch.isEmpty()) {
      throw ElacsymException.corrupt(
          "object " + object + ": column '" + name + "' ends before its last row");
    }
    window = Optional.of(batch.get().column(name));
    if (from + batch.get().rows() >= end) {
      reading.orElseThrow().close().clean();
    }
  }
}
