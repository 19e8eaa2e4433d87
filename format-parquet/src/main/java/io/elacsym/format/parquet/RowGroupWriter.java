package io.elacsym.format.parquet;

import io.elacsym.api.segment.Column;
import io.elacsym.api.segment.ColumnSpec;
import io.elacsym.api.segment.SegmentSchema;
import io.elacsym.api.segment.ValueType;
import io.elacsym.format.columnar.Compression;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.column.impl.ColumnWriteStoreV2;
import org.apache.parquet.compression.CompressionCodecFactory.BytesInputCompressor;
import org.apache.parquet.hadoop.ColumnChunkPageWriteStore;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.schema.MessageType;

/**
 * The row group that is being written: encoded pages in memory until {@link #flush}, after which
 * the next one begins.
 */
final class RowGroupWriter implements AutoCloseable {
  private final SegmentSchema schema;
  private final MessageType type;
  private final WriteSettings settings;
  private final ParquetProperties properties;
  private final BytesInputCompressor compressor;
  private final BytesInputCompressor uncompressed;

  private Pages pages;
  private int rows;

  RowGroupWriter(
      SegmentSchema schema,
      MessageType type,
      WriteSettings settings,
      ParquetProperties properties) {
    this.schema = schema;
    this.type = type;
    this.settings = settings;
    this.properties = properties;
    this.compressor = Codecs.compressor(settings.compression(), settings.zstdLevel());
    this.uncompressed = Codecs.compressor(Compression.NONE, settings.zstdLevel());
    this.pages = newPages();
  }

  /**
   * The pages of one row group.
   *
   * @param store where finished pages gather
   * @param library encodes all columns but vectors
   * @param vectors encode vectors
   * @param columns one for each column of the schema, in order
   */
  private record Pages(
      ColumnChunkPageWriteStore store,
      ColumnWriteStoreV2 library,
      List<VectorPageWriter> vectors,
      List<ValueAppender> columns) {}

  private Pages newPages() {
    Map<ColumnDescriptor, BytesInputCompressor> compressors = new HashMap<>();
    List<ColumnSpec> others = new ArrayList<>();
    for (ColumnSpec spec : schema.columns()) {
      boolean isVector = spec.type() == ValueType.VECTOR;
      compressors.put(ParquetSchema.leaf(type, spec), isVector ? uncompressed : compressor);
      if (!isVector) {
        others.add(spec);
      }
    }
    ColumnChunkPageWriteStore store =
        ColumnChunkPageWriteStore.builder()
            .withSchema(type)
            .withCompressorProvider(compressors::get)
            .withAllocator(properties.getAllocator())
            .withColumnIndexTruncateLength(properties.getColumnIndexTruncateLength())
            .withPageWriteChecksumEnabled(properties.getPageWriteChecksumEnabled())
            .build();
    ColumnWriteStoreV2 library =
        new ColumnWriteStoreV2(ParquetSchema.of(others), store, properties);
    List<VectorPageWriter> vectors = new ArrayList<>();
    List<ValueAppender> columns = new ArrayList<>();
    for (ColumnSpec spec : schema.columns()) {
      ColumnDescriptor leaf = ParquetSchema.leaf(type, spec);
      if (spec.type() == ValueType.VECTOR) {
        VectorPageWriter writer =
            new VectorPageWriter(
                store.getPageWriter(leaf),
                spec.dimension(),
                settings.vectorsPerPage(spec.dimension()));
        vectors.add(writer);
        columns.add(writer);
      } else {
        columns.add(ValueAppender.of(spec, library.getColumnWriter(leaf)));
      }
    }
    return new Pages(store, library, vectors, columns);
  }

  /** Adds a row of these columns, which have the schema's order. */
  void add(List<Column> columns, int row) throws IOException {
    for (int i = 0; i < columns.size(); i++) {
      pages.columns().get(i).add(columns.get(i), row);
    }
    pages.library().endRecord();
    rows++;
  }

  int rows() {
    return rows;
  }

  long bufferedBytes() {
    long bytes = pages.library().getBufferedSize();
    for (VectorPageWriter vector : pages.vectors()) {
      bytes += vector.bufferedBytes();
    }
    return bytes;
  }

  /** Writes the row group to the file, if it has rows. */
  void flush(ParquetFileWriter file) throws IOException {
    if (rows == 0) {
      return;
    }
    pages.library().flush();
    for (VectorPageWriter vector : pages.vectors()) {
      vector.flush();
    }
    file.startBlock(rows);
    pages.store().flushToFileWriter(file);
    file.endBlock();
    closePages();
    pages = newPages();
    rows = 0;
  }

  private void closePages() {
    pages.library().close();
    pages.store().close();
  }

  @Override
  public void close() {
    pages.store().close();
    compressor.release();
  }
}
