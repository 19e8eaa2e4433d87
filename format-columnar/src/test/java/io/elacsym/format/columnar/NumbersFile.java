package io.elacsym.format.columnar;

import io.elacsym.api.segment.Column;
import io.elacsym.api.segment.ColumnBatch;
import io.elacsym.api.segment.ColumnBuilder;
import io.elacsym.api.segment.ColumnSpec;
import io.elacsym.api.segment.ColumnStatistics;
import io.elacsym.api.segment.SegmentSchema;
import io.elacsym.api.segment.ValueType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** A file whose columns {@code a} and {@code b} have the number of each row; it notes calls. */
final class NumbersFile implements ColumnarFile {
  static final SegmentSchema SCHEMA =
      new SegmentSchema(
          List.of(ColumnSpec.of("a", ValueType.INT64), ColumnSpec.of("b", ValueType.INT64)));

  private final int rows;
  private final int mostInBatch;
  final List<String> calls = new ArrayList<>();

  /**
   * @param mostInBatch a scan gives no more rows at once, whatever is asked for
   */
  NumbersFile(int rows, int mostInBatch) {
    this.rows = rows;
    this.mostInBatch = mostInBatch;
  }

  @Override
  public SegmentSchema schema() {
    return SCHEMA;
  }

  @Override
  public int rows() {
    return rows;
  }

  @Override
  public ColumnStatistics statistics(ColumnSpec column) throws IOException {
    throw new IOException("no statistics of " + column.name());
  }

  @Override
  public ColumnBatch fetch(int[] wanted, List<ColumnSpec> columns) {
    calls.add("fetch " + Arrays.toString(wanted));
    return batch(wanted, columns);
  }

  @Override
  public Scan scan(int fromRow, List<ColumnSpec> columns) {
    calls.add("scan " + fromRow);
    return new Scan() {
      private int row = fromRow;

      @Override
      public ColumnBatch next(int most) {
        calls.add("next " + most);
        int end = row + Math.min(most, mostInBatch);
        ColumnBatch batch = batch(IntStream.range(row, end).toArray(), columns);
        row = end;
        return batch;
      }

      @Override
      public void close() {
        calls.add("close scan");
      }
    };
  }

  private static ColumnBatch batch(int[] wanted, List<ColumnSpec> columns) {
    List<Column> result = new ArrayList<>();
    for (ColumnSpec spec : columns) {
      ColumnBuilder column = new ColumnBuilder(spec, wanted.length);
      Arrays.stream(wanted).forEach(row -> column.add((long) row));
      result.add(column.build());
    }
    return ColumnBatch.of(wanted.length, result);
  }

  static Optional<long[]> numbers(Optional<ColumnBatch> batch, String column) {
    return batch.map(b -> Arrays.copyOf(b.column(column).longs(), b.rows()));
  }

  @Override
  public void close() {
    calls.add("close");
  }
}
