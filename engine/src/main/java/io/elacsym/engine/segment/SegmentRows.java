package io.elacsym.engine.segment;

import io.elacsym.api.index.RowSet;
import io.elacsym.api.index.VectorField;
import io.elacsym.api.segment.BatchCursor;
import io.elacsym.api.segment.Column;
import io.elacsym.api.segment.ColumnBatch;
import io.elacsym.api.segment.ColumnBuilder;
import io.elacsym.api.segment.ValueType;
import io.elacsym.engine.disk.Scratch;
import io.elacsym.engine.model.Attribute;
import io.elacsym.engine.model.DocId;
import io.elacsym.engine.model.Document;
import io.elacsym.engine.model.Schema;
import io.elacsym.engine.model.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Rows in memory that are to become a segment. For one thread; close it when the segment is built.
 */
public final class SegmentRows implements AutoCloseable {
  private static final int BATCH_ROWS = 4_096;

  /** Most floats of a batch: so many rows of the longest vectors would take a gigabyte. */
  private static final int BATCH_FLOATS =
      (int) Math.min(8 << 20, RowSizes.BATCH_BYTES / Float.BYTES);

  /** The memory of a number, or of a text besides its characters. */
  private static final int VALUE_BYTES = 16;

  private final Schema schema;
  private final IdList ids;
  private final Map<String, Column> attributes;
  private final Map<String, VectorTable> vectors;
  private final List<Part> parts;

  private SegmentRows(
      Schema schema,
      IdList ids,
      Map<String, Column> attributes,
      Map<String, VectorTable> vectors,
      List<Part> parts) {
    this.parts = parts;
    this.schema = schema;
    this.ids = ids;
    this.attributes = attributes;
    this.vectors = vectors;
  }

  /**
   * Rows of documents, in their order; at least one.
   *
   * @param scratch for vectors that do not fit in memory
   */
  public static SegmentRows of(List<Document> documents, Schema schema, Scratch scratch) {
    Map<String, Column> attributes = new LinkedHashMap<>();
    for (Map.Entry<String, Attribute> attribute : schema.attributes().entrySet()) {
      String name = attribute.getKey();
      ColumnBuilder builder =
          new ColumnBuilder(ColumnValues.spec(name, attribute.getValue().type()), documents.size());
      for (Document document : documents) {
        Optional<Value> value = Optional.ofNullable(document.attributes().get(name));
        ColumnValues.add(value, builder);
      }
      attributes.put(name, builder.build());
    }
    Map<String, VectorTable> vectors = tables(schema, documents.size(), scratch);
    for (VectorField field : schema.vectors()) {
      VectorTable table = Objects.requireNonNull(vectors.get(field.name()));
      for (int row = 0; row < documents.size(); row++) {
        float[] vector = documents.get(row).vectors().get(field.name());
        if (vector != null) {
          table.append(row, vector, 0);
        }
      }
    }
    return new SegmentRows(
        schema,
        IdList.of(documents.stream().map(Document::id).toList()),
        attributes,
        vectors,
        List.of());
  }

  private static Map<String, VectorTable> tables(Schema schema, int rows, Scratch scratch) {
    Map<String, VectorTable> tables = new LinkedHashMap<>();
    orClose(
        tables,
        () ->
            schema
                .vectors()
                .forEach(field ->
                    tables.put(field.name(), new VectorTable(field.dimension(), rows, scratch))));
    return tables;
  }

  /** Fills tables; closes them when that fails, because their memory is not the collector's. */
  private static void orClose(Map<String, VectorTable> tables, Runnable fill) {
    boolean filled = false;
    try {
      fill.run();
      filled = true;
    } finally {
      if (!filled) {
        tables.values().forEach(VectorTable::close);
      }
    }
  }

  /**
   * Some rows of a stored segment.
   *
   * @param keep which rows; positions in the result count these only
   */
  public record Part(OpenSegment segment, RowSet keep) {}

  /**
   * Kept rows of stored segments, one segment after the other; at least one row.
   *
   * @param scratch for vectors that do not fit in memory
   */
  public static SegmentRows merge(List<Part> parts, Schema schema, Scratch scratch) {
    int rows = parts.stream().mapToInt(part -> part.keep().cardinality()).sum();
    List<DocId> ids = new ArrayList<>(rows);
    Map<String, ColumnBuilder> builders = new LinkedHashMap<>();
    schema
        .attributes()
        .forEach((name, attribute) ->
            builders.put(name, new ColumnBuilder(ColumnValues.spec(name, attribute.type()), rows)));
    Map<String, VectorTable> vectors = tables(schema, rows, scratch);
    orClose(
        vectors,
        () -> {
          for (Part part : parts) {
            int base = ids.size();
            for (int row = part.keep().next(0); row >= 0; row = part.keep().next(row + 1)) {
              ids.add(part.segment().ids().id(row));
            }
            appendColumns(part, base, builders, vectors);
          }
        });
    Map<String, Column> attributes = new LinkedHashMap<>();
    builders.forEach((name, builder) -> attributes.put(name, builder.build()));
    return new SegmentRows(schema, IdList.of(ids), attributes, vectors, parts);
  }

  private static void appendColumns(
      Part part, int base, Map<String, ColumnBuilder> builders, Map<String, VectorTable> vectors) {
    List<String> stored = part.segment().documents().columns();
    List<String> wanted =
        stored.stream().filter(c -> builders.containsKey(c) || vectors.containsKey(c)).toList();
    int from = 0;
    int position = base;
    try (BatchCursor cursor = part.segment().documents().scanOnce(wanted)) {
      for (Optional<ColumnBatch> batch = cursor.next(); batch.isPresent(); batch = cursor.next()) {
        int rows = batch.get().rows();
        for (int row = 0; row < rows; row++) {
          if (!part.keep().contains(from + row)) {
            continue;
          }
          for (Map.Entry<String, ColumnBuilder> builder : builders.entrySet()) {
            if (stored.contains(builder.getKey())) {
              builder.getValue().addRow(batch.get().column(builder.getKey()), row);
            } else {
              builder.getValue().addAbsent();
            }
          }
          for (Map.Entry<String, VectorTable> vector : vectors.entrySet()) {
            if (stored.contains(vector.getKey())) {
              Column column = batch.get().column(vector.getKey());
              if (column.isPresent(row)) {
                vector
                    .getValue()
                    .append(position, column.floats(), row * column.spec().dimension());
              }
            }
          }
          position++;
        }
        from += rows;
      }
    }
  }

  /** The same rows in another order: {@code order[newRow] = oldRow}; closed on its own. */
  SegmentRows permuted(int[] order) {
    Map<String, Column> columns = new LinkedHashMap<>();
    attributes.forEach((name, column) -> columns.put(name, column.gather(order)));
    Map<String, VectorTable> tables = new LinkedHashMap<>();
    orClose(
        tables, () -> vectors.forEach((name, table) -> tables.put(name, table.permuted(order))));
    return new SegmentRows(schema, ids.permuted(order), columns, tables, parts);
  }

  /** What was merged, in the order of the rows before they were permuted; empty for new rows. */
  List<Part> parts() {
    return parts;
  }

  int rows() {
    return ids.size();
  }

  Schema schema() {
    return schema;
  }

  IdList ids() {
    return ids;
  }

  Map<String, Column> attributes() {
    return attributes;
  }

  Map<String, VectorTable> vectors() {
    return vectors;
  }

  /** What the values of the attributes take in memory, roughly. */
  long valueBytes() {
    return attributes.values().stream().mapToLong(SegmentRows::bytes).sum();
  }

  private static long bytes(Column column) {
    if (column.rows() == 0) {
      return 0;
    }
    long bytes = (long) column.end(column.rows() - 1) * VALUE_BYTES;
    if (column.spec().type() == ValueType.STRING) {
      for (int row = 0; row < column.rows(); row++) {
        bytes += ColumnValues.texts(column, row).stream().mapToLong(String::length).sum();
      }
    }
    return bytes;
  }

  /** Rows that are written or read at once. */
  static int batchRows(Schema schema) {
    int floats = schema.vectors().stream().mapToInt(VectorField::dimension).sum();
    return Math.clamp(BATCH_FLOATS / Math.max(1, floats), 1, BATCH_ROWS);
  }

  @Override
  public void close() {
    vectors.values().forEach(VectorTable::close);
  }
}
