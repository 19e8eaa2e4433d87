package io.elacsym.format.columnar;

import io.elacsym.api.segment.BatchCursor;
import io.elacsym.api.segment.Column;
import io.elacsym.api.segment.ColumnBatch;
import io.elacsym.api.segment.ColumnSpec;
import io.elacsym.api.segment.ColumnStatistics;
import io.elacsym.api.segment.PageBounds;
import io.elacsym.api.segment.SegmentReader;
import io.elacsym.api.segment.SegmentSchema;
import io.elacsym.api.segment.ValueType;
import io.elacsym.api.segment.VectorPlaces;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads a segment from a columnar file. */
public final class ColumnarReader implements SegmentReader {
  private final String format;
  private final ColumnarFile file;
  private final Map<String, ColumnSpec> columns = new HashMap<>();

  private ColumnarReader(String format, ColumnarFile file) {
    this.format = format;
    this.file = file;
    for (ColumnSpec column : file.schema().columns()) {
      columns.put(column.name(), column);
    }
  }

  /**
   * Opens a file.
   *
   * @param format what it is, such as {@code Parquet}, for messages
   * @param opening reads what it says of itself
   * @throws io.elacsym.api.ElacsymException {@code CORRUPT} when the bytes are no such file
   */
  public static SegmentReader open(String format, Decoding<ColumnarFile> opening) {
    return new ColumnarReader(format, Decoding.of(format, opening));
  }

  @Override
  public SegmentSchema schema() {
    return file.schema();
  }

  @Override
  public int rowCount() {
    return file.rows();
  }

  @Override
  public Optional<ColumnStatistics> statistics(String column) {
    ColumnSpec found = column(column);
    return Optional.of(Decoding.of(format, () -> file.statistics(found)));
  }

  @Override
  public List<PageBounds> pageBounds(String column) {
    ColumnSpec found = column(column);
    return Decoding.of(format, () -> file.pageBounds(found));
  }

  @Override
  public BatchCursor scan(List<String> names, int fromRow, int batchRows) {
    if (fromRow < 0 || fromRow > rowCount() || batchRows < 1) {
      throw new IllegalArgumentException(
          "scan from row " + fromRow + " of " + rowCount() + " in batches of " + batchRows);
    }
    List<ColumnSpec> found = columns(names);
    ColumnarFile.Scan scan = Decoding.of(format, () -> file.scan(fromRow, found));
    return new ScanCursor(format, scan, rowCount() - fromRow, batchRows);
  }

  @Override
  public ColumnBatch fetch(int[] rows, List<String> names) {
    for (int row : rows) {
      if (row < 0 || row >= rowCount()) {
        throw new IllegalArgumentException("row " + row + " of " + rowCount());
      }
    }
    List<ColumnSpec> found = columns(names);
    int[] inOrder = Arrays.stream(rows).sorted().distinct().toArray();
    ColumnBatch fetched = Decoding.of(format, () -> file.fetch(inOrder, found));
    return Arrays.equals(rows, inOrder) ? fetched : asAsked(rows, inOrder, fetched);
  }

  @Override
  public Optional<VectorPlaces> vectorPlaces(String name) {
    ColumnSpec column = column(name);
    if (column.type() != ValueType.VECTOR) {
      throw new IllegalArgumentException("column " + name + " is of type " + column.type());
    }
    return Decoding.of(format, () -> file.vectorPlaces(column));
  }

  private static ColumnBatch asAsked(int[] rows, int[] inOrder, ColumnBatch fetched) {
    int[] places = Arrays.stream(rows).map(row -> Arrays.binarySearch(inOrder, row)).toArray();
    List<Column> gathered =
        fetched.columns().values().stream().map(column -> column.gather(places)).toList();
    return ColumnBatch.of(rows.length, gathered);
  }

  private List<ColumnSpec> columns(List<String> names) {
    return names.stream().map(this::column).toList();
  }

  private ColumnSpec column(String name) {
    ColumnSpec column = columns.get(name);
    if (column == null) {
      throw new IllegalArgumentException("no column " + name + " among " + columns.keySet());
    }
    return column;
  }

  @Override
  public void close() {
    file.close();
  }
}
