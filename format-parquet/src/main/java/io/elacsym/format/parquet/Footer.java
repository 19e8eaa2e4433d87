package io.elacsym.format.parquet;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.blob.BlobSource;
import io.elacsym.api.segment.ColumnSpec;
import io.elacsym.api.segment.SegmentSchema;
import io.elacsym.format.columnar.SchemaMetadata;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.parquet.bytes.ByteBufferInputStream;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.format.converter.ParquetMetadataConverter;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.metadata.ColumnPath;
import org.apache.parquet.hadoop.metadata.ParquetMetadata;
import org.apache.parquet.schema.MessageType;

/**
 * What the end of a file says of it.
 *
 * @param schema as given to the writer
 * @param rows of the whole file
 * @param groups the row groups, in order
 * @param columns by name
 */
record Footer(
    SegmentSchema schema, int rows, List<RowGroup> groups, Map<String, FooterColumn> columns) {
  /**
   * A property of each column in the file's metadata: how many rows have no value. Parquet's own
   * count has empty lists in it as well.
   */
  static final String ABSENT_ROWS = "absent";

  private static final ValueLayout.OfInt LITTLE_ENDIAN_INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final byte[] MAGIC = "PAR1".getBytes(StandardCharsets.US_ASCII);
  private static final int LENGTH_AND_MAGIC = Integer.BYTES + 4;

  /**
   * Some consecutive rows.
   *
   * @param firstRow its first row's number in the file
   */
  record RowGroup(int firstRow, int rows) {}

  /**
   * A column.
   *
   * @param absent how many rows have no value
   * @param chunks one for each row group
   */
  record FooterColumn(
      ColumnSpec spec, ColumnDescriptor leaf, long absent, List<ColumnChunkMetaData> chunks) {}

  static Footer read(BlobSource file) throws IOException {
    ParquetMetadata metadata = metadata(file);
    SchemaMetadata declared =
        SchemaMetadata.parse(
            "Parquet", metadata.getFileMetaData().getKeyValueMetaData(), ABSENT_ROWS);
    List<String> absent = Objects.requireNonNull(declared.more().get(ABSENT_ROWS));
    List<RowGroup> groups = new ArrayList<>();
    int rows = 0;
    for (BlockMetaData block : metadata.getBlocks()) {
      int count = Math.toIntExact(block.getRowCount());
      groups.add(new RowGroup(rows, count));
      rows = Math.addExact(rows, count);
    }
    MessageType type = metadata.getFileMetaData().getSchema();
    Map<String, FooterColumn> columns = new LinkedHashMap<>();
    List<ColumnSpec> specs = declared.schema().columns();
    for (int i = 0; i < specs.size(); i++) {
      ColumnSpec spec = specs.get(i);
      ColumnDescriptor leaf = ParquetSchema.leaf(type, spec);
      columns.put(
          spec.name(),
          new FooterColumn(
              spec, leaf, Long.parseLong(absent.get(i)), chunks(metadata.getBlocks(), leaf)));
    }
    return new Footer(declared.schema(), rows, groups, columns);
  }

  /** A column of the schema. */
  FooterColumn column(ColumnSpec spec) {
    return Objects.requireNonNull(columns.get(spec.name()));
  }

  private static ParquetMetadata metadata(BlobSource file) throws IOException {
    long size = file.size();
    if (size < MAGIC.length + LENGTH_AND_MAGIC) {
      throw ElacsymException.corrupt("a Parquet file cannot have " + size + " bytes");
    }
    MemorySegment end = file.read(size - LENGTH_AND_MAGIC, LENGTH_AND_MAGIC);
    if (end.asSlice(Integer.BYTES).mismatch(MemorySegment.ofArray(MAGIC)) >= 0) {
      throw ElacsymException.corrupt("the file does not end like a Parquet file");
    }
    int length = end.get(LITTLE_ENDIAN_INT, 0);
    long start = size - LENGTH_AND_MAGIC - length;
    if (length <= 0 || start < MAGIC.length) {
      throw ElacsymException.corrupt("the Parquet file's footer cannot have " + length + " bytes");
    }
    return new ParquetMetadataConverter()
        .readParquetMetadata(
            ByteBufferInputStream.wrap(file.read(start, length).asByteBuffer()),
            ParquetMetadataConverter.NO_FILTER);
  }

  private static List<ColumnChunkMetaData> chunks(
      List<BlockMetaData> blocks, ColumnDescriptor leaf) {
    ColumnPath path = ColumnPath.get(leaf.getPath());
    List<ColumnChunkMetaData> chunks = new ArrayList<>();
    for (BlockMetaData block : blocks) {
      chunks.add(
          block.getColumns().stream()
              .filter(chunk -> chunk.getPath().equals(path))
              .findFirst()
              .orElseThrow(() -> ElacsymException.corrupt("a row group has no column " + path)));
    }
    return chunks;
  }
}
