package io.elacsym.tck.segment;

import io.elacsym.api.segment.BatchCursor;
import io.elacsym.api.segment.Column;
import io.elacsym.api.segment.ColumnBatch;
import io.elacsym.api.segment.ColumnSpec;
import io.elacsym.api.segment.SegmentReader;
import io.elacsym.api.segment.SegmentSchema;
import io.elacsym.tck.expect.Expect;
import io.elacsym.tck.expect.Shown;
import io.elacsym.tck.memory.Cells;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A table in memory: what a segment is written from and compared with.
 *
 * @param cells for each column in order, one {@linkplain Cells cell} a row
 */
record Table(SegmentSchema schema, int rows, List<List<Object>> cells) {
  /** All columns. */
  List<String> names() {
    return schema.columns().stream().map(ColumnSpec::name).toList();
  }

  /** Rows {@code from} to {@code to} (exclusive), as a writer may get them. */
  ColumnBatch batch(int from, int to) {
    List<Column> columns = new ArrayList<>();
    for (int c = 0; c < cells.size(); c++) {
      columns.add(Untidy.column(schema.columns().get(c), cells.get(c).subList(from, to), from));
    }
    return ColumnBatch.of(to - from, columns);
  }

  /** Expects a batch to have exactly these rows and columns. */
  void expect(String what, int[] rows, List<String> columns, ColumnBatch seen) {
    Expect.equal("rows of " + what, rows.length, seen.rows());
    Expect.equal("columns of " + what, columns, List.copyOf(seen.columns().keySet()));
    for (String name : columns) {
      int index = names().indexOf(name);
      Column column = seen.column(name);
      Expect.equal("column of " + what, schema.columns().get(index), column.spec());
      Expect.equal("rows of the column " + name + " of " + what, rows.length, column.rows());
      for (int i = 0; i < rows.length; i++) {
        Object expected = cells.get(index).get(rows[i]);
        Object cell = Cells.at(column, i);
        if (!Shown.same(expected, cell)) {
          Expect.equal(what + ": column '" + name + "', row " + rows[i], expected, cell);
        }
      }
    }
  }

  /** Expects a scan to give all rows from {@code from} on. */
  void expectScan(SegmentReader reader, List<String> columns, int from, int batchRows) {
    int row = from;
    try (BatchCursor cursor = reader.scan(columns, from, batchRows)) {
      for (Optional<ColumnBatch> next = cursor.next(); next.isPresent(); next = cursor.next()) {
        int size = next.get().rows();
        Expect.that(
            size >= 1 && size <= batchRows,
            () -> "a batch has " + size + " rows, expected 1 to " + batchRows);
        int first = row;
        Expect.that(
            first + size <= rows, () -> "a scan goes on to row " + (first + size) + " of " + rows);
        expect("a scan", IntStream.range(first, first + size).toArray(), columns, next.get());
        row += size;
      }
    }
    Expect.equal("row where a scan from row " + from + " ended", rows, row);
  }
}
