package io.elacsym.format.parquet;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.ErrorKind;
import io.elacsym.api.blob.BlobSink;
import io.elacsym.api.segment.Column;
import io.elacsym.api.segment.ColumnBatch;
import io.elacsym.api.segment.SegmentSchema;
import io.elacsym.api.segment.SegmentWriter;
import io.elacsym.format.columnar.SchemaMetadata;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.apache.parquet.bytes.HeapByteBufferAllocator;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.schema.MessageType;

/** Writes rows into row groups, one after the other. */
final class ParquetSegmentWriter implements SegmentWriter {
  /**
   * How much of the least and the largest value of a page the index keeps. That is enough for other
   * readers to skip pages by; whole values would make the index large.
   */
  private static final int INDEX_VALUE_BYTES = 16;

  private static final int SIZE_CHECK_ROWS = 64;

  private final SegmentSchema schema;
  private final MessageType type;
  private final WriteSettings settings;
  private final ParquetProperties properties;
  private final ParquetFileWriter file;
  private final RowGroupWriter rowGroup;
  private final long[] absent;
  private boolean finished;

  ParquetSegmentWriter(SegmentSchema schema, BlobSink sink, WriteSettings settings) {
    if (schema.columns().isEmpty()) {
      throw ElacsymException.invalid("a Parquet file needs at least one column");
    }
    this.schema = schema;
    this.type = ParquetSchema.of(schema);
    this.settings = settings;
    this.properties = properties(settings);
    this.absent = new long[schema.columns().size()];
    try {
      this.file =
          new ParquetFileWriter(
              new SinkFile(sink),
              type,
              ParquetFileWriter.Mode.CREATE,
              settings.rowGroupBytes(),
              0,
              null,
              properties);
      file.start();
    } catch (IOException e) {
      throw failed(e);
    }
    this.rowGroup = new RowGroupWriter(schema, type, settings, properties);
  }

  private static ParquetProperties properties(WriteSettings settings) {
    HeapByteBufferAllocator allocator = HeapByteBufferAllocator.getInstance();
    return ParquetProperties.builder()
        .withAllocator(allocator)
        .withValuesWriterFactory(new SegmentEncodings(settings.pageBytes(), allocator))
        .withPageSize(settings.pageBytes())
        .withPageRowCountLimit(settings.pageRows())
        // Sizes are looked at after every row: a single value can fill a page.
        .withMinRowCountForPageSizeCheck(1)
        .estimateRowCountForPageSizeCheck(false)
        .withColumnIndexTruncateLength(INDEX_VALUE_BYTES)
        .withPageWriteChecksumEnabled(true)
        .build();
  }

  @Override
  public void write(ColumnBatch batch) {
    List<Column> columns = batch.columns(schema);
    for (int i = 0; i < absent.length; i++) {
      absent[i] += batch.rows() - presentRows(columns.get(i));
    }
    try {
      for (int row = 0; row < batch.rows(); row++) {
        rowGroup.add(columns, row);
        if (rowGroup.rows() % SIZE_CHECK_ROWS == 0
            && rowGroup.bufferedBytes() >= settings.rowGroupBytes()) {
          rowGroup.flush(file);
        }
      }
    } catch (IOException e) {
      throw failed(e);
    }
  }

  private static int presentRows(Column column) {
    return column.present().get(0, column.rows()).cardinality();
  }

  @Override
  public void finish() {
    try {
      rowGroup.flush(file);
      file.end(metadata());
      finished = true;
    } catch (IOException e) {
      throw failed(e);
    }
  }

  private Map<String, String> metadata() {
    List<String> absentRows = LongStream.of(absent).mapToObj(Long::toString).toList();
    // The library writes entries in the order in which the map gives them.
    Map<String, String> keyValues = new HashMap<>();
    new SchemaMetadata(schema, Map.of(Footer.ABSENT_ROWS, absentRows))
        .toKeyValues()
        .forEach(keyValues::put);
    return keyValues;
  }

  @Override
  public void close() {
    rowGroup.close();
    if (finished) {
      try {
        file.close();
      } catch (IOException e) {
        throw failed(e);
      }
    }
  }

  private static ElacsymException failed(IOException e) {
    return new ElacsymException(ErrorKind.INTERNAL, "writing Parquet: " + e.getMessage(), e);
  }
}
