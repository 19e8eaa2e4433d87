package io.elacsym.engine.segment;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.blob.BlobSource;
import io.elacsym.api.index.StoredVectors;
import io.elacsym.api.index.VectorField;
import io.elacsym.api.segment.BatchCursor;
import io.elacsym.api.segment.ColumnBatch;
import io.elacsym.api.segment.ColumnSpec;
import io.elacsym.api.segment.SegmentFormatProvider;
import io.elacsym.api.segment.SegmentReader;
import io.elacsym.engine.blob.WarmBudget;
import io.elacsym.engine.manifest.SegmentEntry;
import io.elacsym.engine.model.Attribute;
import io.elacsym.engine.model.AttributeType;
import io.elacsym.engine.model.Footprint;
import io.elacsym.engine.model.Schema;
import io.elacsym.engine.model.Value;
import io.elacsym.engine.plugin.Plugins;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;

/**
 * The documents of a stored segment: columns of rows, out of its data file. Safe for use by many
 * threads.
 */
public final class SegmentDocuments implements AutoCloseable {
  /** What a filter without an index has of a column in memory at a time. */
  private static final long WINDOW_BYTES =
      Math.clamp(Runtime.getRuntime().maxMemory() / 64, 8L << 20, 64L << 20);

  private static final int LEAST_WINDOW = 16;

  private final Plugins plugins;
  private final SegmentEntry entry;
  private final Schema schema;
  private final SegmentBlobs objects;
  private final RowSizes sizes;
  private final SegmentReader reader;
  private final List<String> columns;

  SegmentDocuments(Plugins plugins, SegmentEntry entry, Schema schema, SegmentBlobs objects) {
    this.plugins = plugins;
    this.entry = entry;
    this.schema = schema;
    this.objects = objects;
    this.sizes = objects.envelope().sizes();
    this.reader = reader(objects.documents());
    this.columns = reader.schema().columns().stream().map(ColumnSpec::name).toList();
  }

  private SegmentReader reader(BlobSource source) {
    SegmentFormatProvider format = plugins.segmentFormat(entry.encoding());
    SegmentReader reader = format.open(source, entry.encoding(), plugins.context(format));
    if (reader.rowCount() != entry.rows()) {
      reader.close();
      throw ElacsymException.corrupt(
          "object "
              + objects.name(entry.data())
              + " has "
              + reader.rowCount()
              + " rows, the manifest says "
              + entry.rows());
    }
    return reader;
  }

  /** The schema of the namespace; may have gained attributes since the segment was written. */
  Schema schema() {
    return schema;
  }

  /** Names of the stored columns. */
  public List<String> columns() {
    return columns;
  }

  /** An upper bound, in bytes, of the memory of a document made of some columns of a row. */
  public long bytes(int row, List<String> wanted) {
    return Footprint.DOCUMENT + vectorBytes(wanted) + sizes.ofRow(row, wanted);
  }

  /** How much memory all rows take, without their vectors. */
  public long bytes() {
    return sizes.ofAllRows();
  }

  private long vectorBytes(List<String> wanted) {
    return schema.vectors().stream()
        .filter(field -> wanted.contains(field.name()))
        .mapToLong(field -> Footprint.vector(field.dimension()))
        .sum();
  }

  /** Rows that can be read at once without taking much memory. */
  private int batchRows(List<String> wanted) {
    long row = Math.max(1, vectorBytes(wanted) + sizes.ofAnyRow(wanted));
    return Math.clamp(RowSizes.BATCH_BYTES / row, 1, SegmentRows.batchRows(schema));
  }

  private BatchCursor scan(SegmentReader from, List<String> wanted) {
    return from.scan(wanted, 0, batchRows(wanted));
  }

  /** Some stored columns of all rows, for reading them once: they are not taken into the caches. */
  public BatchCursor scanOnce(List<String> wanted) {
    SegmentReader once = reader(objects.documents().forOnce());
    BatchCursor cursor = scan(once, wanted);
    return new BatchCursor() {
      @Override
      public Optional<ColumnBatch> next() {
        return cursor.next();
      }

      @Override
      public void close() {
        cursor.close();
        once.close();
      }
    };
  }

  /** Stored columns of some rows; those the segment does not have are left out. */
  public ColumnBatch fetch(int[] rows, List<String> wanted) {
    return reader.fetch(rows, wanted.stream().filter(columns::contains).toList());
  }

  /** Brings what {@link #fetch} needs of the first of these rows into the caches. */
  public void readAhead(int[] rows, List<String> wanted) {
    int count = 0;
    for (long left = RowSizes.BATCH_BYTES; count < rows.length; count++) {
      left -= bytes(rows[count], wanted);
      if (left < 0) {
        break;
      }
    }
    if (count > 0) {
      var _ = fetch(Arrays.copyOf(rows, count), wanted);
    }
  }

  /** A value out of a fetched batch. */
  public static Optional<Value> value(
      ColumnBatch batch, String attribute, Attribute declared, int row) {
    return batch.columns().containsKey(attribute)
        ? ColumnValues.read(batch.column(attribute), declared.type(), row)
        : Optional.empty();
  }

  /** Rows {@code from} to {@code to} (exclusive) of a column; empty when the segment lacks it. */
  private Optional<ColumnWindow> column(String name, int from, int to) {
    int rows = batchRows(columns);
    return columns.contains(name)
        ? Optional.of(
            new ColumnWindow(
                objects.name(entry.data()),
                name,
                from,
                to,
                () -> reader.scan(List.of(name), from, rows)))
        : Optional.empty();
  }

  /** How many rows a filter without an index looks at with one window of a column. */
  int rowsAtOnce() {
    long each = Math.max(1, entry.valueBytes() / entry.rows());
    return Math.clamp(WINDOW_BYTES / each, LEAST_WINDOW, Integer.MAX_VALUE / 2);
  }

  /** The values of rows {@code from} to {@code to} (exclusive), to be asked in ascending order. */
  Optional<IntFunction<Optional<Value>>> values(String attribute, int from, int to) {
    Optional<Attribute> declared = schema.attribute(attribute);
    if (declared.isEmpty()) {
      return Optional.empty();
    }
    AttributeType type = declared.get().type();
    return column(attribute, from, to)
        .map(c -> c.map((column, at) -> ColumnValues.read(column, type, at)));
  }

  /** Whether {@link #storedVectors} decodes nothing. */
  boolean placesVectors(VectorField field) {
    return reader.vectorPlaces(field.name()).isPresent();
  }

  /** Single vectors of a field: for indexes, which then store none. */
  StoredVectors storedVectors(VectorField field) {
    return new SegmentVectors(field, reader, objects.documents());
  }

  /** The vectors of a field batch by batch: for exact search without an index. */
  public BatchCursor vectors(VectorField field) {
    return scan(reader, List.of(field.name()));
  }

  /** The texts of a field by row, to be asked in ascending order. */
  IntFunction<Optional<List<String>>> texts(String field) {
    return column(field, 0, entry.rows())
        .map(c ->
            c.<Optional<List<String>>>map((column, at) ->
                column.isPresent(at)
                    ? Optional.of(ColumnValues.texts(column, at))
                    : Optional.empty()))
        .orElse(row -> Optional.empty());
  }

  /**
   * Brings attributes, which come with every hit, into the caches, as far as there is room, and
   * then those vectors that indexes read.
   */
  void warm(WarmBudget budget) {
    warm(columns.stream().filter(column -> schema.attribute(column).isPresent()).toList(), budget);
    warm(
        schema.vectors().stream()
            .filter(field -> columns.contains(field.name()) && placesVectors(field))
            .map(VectorField::name)
            .toList(),
        budget);
  }

  private void warm(List<String> wanted, WarmBudget budget) {
    if (wanted.isEmpty() || budget.isSpent()) {
      return;
    }
    try (SegmentReader own = reader(objects.documents().within(budget));
        BatchCursor cursor = scan(own, wanted)) {
      boolean more = true;
      while (more && !budget.isSpent()) {
        more = cursor.next().isPresent();
      }
    }
  }

  @Override
  public void close() {
    reader.close();
  }
}
