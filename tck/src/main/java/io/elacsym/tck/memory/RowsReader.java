package io.elacsym.tck.memory;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.blob.BlobSource;
import io.elacsym.api.blob.ByteRange;
import io.elacsym.api.segment.BatchCursor;
import io.elacsym.api.segment.Column;
import io.elacsym.api.segment.ColumnBatch;
import io.elacsym.api.segment.ColumnSpec;
import io.elacsym.api.segment.ColumnStatistics;
import io.elacsym.api.segment.SegmentReader;
import io.elacsym.api.segment.SegmentSchema;
import io.elacsym.api.segment.VectorPlaces;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** Reads a {@code rows} file. Everything it needs for one call comes in one wave. */
final class RowsReader implements SegmentReader {
  private final BlobSource source;
  private final RowsDirectory directory;

  RowsReader(BlobSource source, RowsDirectory directory) {
    this.source = source;
    this.directory = directory;
  }

  @Override
  public SegmentSchema schema() {
    return directory.schema();
  }

  @Override
  public int rowCount() {
    return directory.rows();
  }

  @Override
  public Optional<ColumnStatistics> statistics(String column) {
    return Optional.of(directory.columns().get(index(column)));
  }

  @Override
  public BatchCursor scan(List<String> columns, int fromRow, int batchRows) {
    columns.forEach(this::index);
    return new BatchCursor() {
      private int next = fromRow;

      @Override
      public Optional<ColumnBatch> next() {
        int end = (int) Math.min((long) next + batchRows, rowCount());
        if (next >= end) {
          return Optional.empty();
        }
        ColumnBatch batch = fetch(IntStream.range(next, end).toArray(), columns);
        next = end;
        return Optional.of(batch);
      }

      @Override
      public void close() {}
    };
  }

  @Override
  public ColumnBatch fetch(int[] rows, List<String> columns) {
    for (int row : rows) {
      Objects.checkIndex(row, rowCount());
    }
    int[] chunks =
        Arrays.stream(rows).map(row -> row / RowsDirectory.CHUNK_ROWS).distinct().toArray();
    List<ByteRange> ranges = new ArrayList<>();
    for (String name : columns) {
      for (int chunk : chunks) {
        ranges.add(directory.chunks().get(index(name)).get(chunk));
      }
    }
    List<MemorySegment> parts = source.readAll(ranges);
    List<Column> result = new ArrayList<>();
    for (int c = 0; c < columns.size(); c++) {
      ColumnSpec spec = schema().columns().get(index(columns.get(c)));
      TreeMap<Integer, List<Object>> cellsOfChunk = new TreeMap<>();
      for (int i = 0; i < chunks.length; i++) {
        cellsOfChunk.put(chunks[i], cells(spec, chunks[i], parts.get(c * chunks.length + i)));
      }
      List<Object> cells = new ArrayList<>(rows.length);
      for (int row : rows) {
        List<Object> chunk = cellsOfChunk.getOrDefault(row / RowsDirectory.CHUNK_ROWS, List.of());
        cells.add(chunk.get(row % RowsDirectory.CHUNK_ROWS));
      }
      result.add(Cells.column(spec, cells));
    }
    return ColumnBatch.of(rows.length, result);
  }

  @Override
  public Optional<VectorPlaces> vectorPlaces(String column) {
    // Each row has vectors and other values in one form: rows without one would have to be counted.
    var _ = index(column);
    return Optional.empty();
  }

  private List<Object> cells(ColumnSpec spec, int chunk, MemorySegment bytes) {
    int from = chunk * RowsDirectory.CHUNK_ROWS;
    int count = Math.min(RowsDirectory.CHUNK_ROWS, rowCount() - from);
    List<Object> cells = new ArrayList<>(count);
    DataInputStream in =
        new DataInputStream(new ByteArrayInputStream(bytes.toArray(ValueLayout.JAVA_BYTE)));
    try {
      for (int i = 0; i < count; i++) {
        cells.add(RowsCells.read(in, spec));
      }
    } catch (IOException e) {
      throw ElacsymException.corrupt("column " + spec.name() + ", chunk " + chunk + ": " + e);
    }
    return cells;
  }

  private int index(String column) {
    List<ColumnSpec> specs = schema().columns();
    for (int c = 0; c < specs.size(); c++) {
      if (specs.get(c).name().equals(column)) {
        return c;
      }
    }
    throw new IllegalArgumentException("no column " + column);
  }

  @Override
  public void close() {}
}
