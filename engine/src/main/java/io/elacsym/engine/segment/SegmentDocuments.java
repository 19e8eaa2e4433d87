package io.elacsym.engine.segment;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.blob.BlobSource;
import io.elacsym.api.index.RowSet;
import io.elacsym.api.index.StoredVectors;
import io.elacsym.api.index.VectorField;
import io.elacsym.api.segment.BatchCursor;
import io.elacsym.api.segment.Column;
import io.elacsym.api.segment.ColumnBatch;
import io.elacsym.api.segment.ColumnSpec;
import io.elacsym.api.segment.ColumnStatistics;
import io.elacsym.api.segment.SegmentFormatProvider;
import io.elacsym.api.segment.SegmentReader;
import io.elacsym.engine.blob.WarmBudget;
import io.elacsym.engine.border.CheckedReader;
import io.elacsym.engine.border.PluginName;
import io.elacsym.engine.filter.FilterSource;
import io.elacsym.engine.filter.ValueBounds;
import io.elacsym.engine.manifest.SegmentEntry;
import io.elacsym.engine.model.Attribute;
import io.elacsym.engine.model.AttributeType;
import io.elacsym.engine.model.Footprint;
import io.elacsym.engine.model.Projected;
import io.elacsym.engine.model.Schema;
import io.elacsym.engine.model.Value;
import io.elacsym.engine.order.RowSource.Visitor;
import io.elacsym.engine.plugin.Plugins;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.function.IntToLongFunction;
import java.util.stream.IntStream;

/**
 * The documents of a stored segment: columns of rows, out of its data file. Safe for use by many
 * threads.
 */
public final class SegmentDocuments implements AutoCloseable {
  /** What a filter without an index has of a column in memory at a time. */
  private static final long WINDOW_BYTES =
      Math.clamp(Runtime.getRuntime().maxMemory() / 64, 8L << 20, 64L << 20);

  private static final int LEAST_WINDOW = 16;

  /** When so many rows are read at once, as by a scan, most of them are not read again soon. */
  private static final int MOST_KEPT = 256;

  private final Plugins plugins;
  private final SegmentEntry entry;
  private final Schema schema;
  private final SegmentBlobs objects;
  private final RowSizes sizes;
  private final DocumentCache.OfSegment kept;
  private final SegmentReader reader;
  private final List<String> columns;

  /**
   * @param kept rows of this segment that were read before
   */
  SegmentDocuments(
      Plugins plugins,
      SegmentEntry entry,
      Schema schema,
      SegmentBlobs objects,
      DocumentCache.OfSegment kept) {
    this.plugins = plugins;
    this.entry = entry;
    this.schema = schema;
    this.objects = objects;
    this.sizes = objects.envelope().sizes();
    this.kept = kept;
    this.reader = reader(objects.documents());
    this.columns = reader.schema().columns().stream().map(ColumnSpec::name).toList();
  }

  private SegmentReader reader(BlobSource source) {
    SegmentFormatProvider format = plugins.segmentFormat(entry.encoding());
    SegmentReader reader =
        new CheckedReader(
            format.open(source, entry.encoding(), plugins.context(format)),
            PluginName.of(format),
            plugins.watch());
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

  /** For each row an upper bound, in bytes, of the memory of a document made of these fields. */
  public IntToLongFunction bytes(Projected wanted) {
    if (wanted.isEmpty()) {
      return row -> Footprint.DOCUMENT;
    }
    long others = Footprint.DOCUMENT + vectorBytes(wanted.columns());
    IntToLongFunction attributes = sizes.ofRows(wanted.attributes());
    return row -> others + attributes.applyAsLong(row);
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

  /**
   * Some rows, as far as they were asked for.
   *
   * @param attributes for each row by name, without those it has not; never changed
   * @param vectors a column for each vector field; none when no field was asked for
   */
  public record Rows(List<Map<String, Value>> attributes, ColumnBatch vectors) {}

  /** Reads the asked fields of some rows. What was read of them before is not decoded again. */
  public Rows read(int[] rows, Projected wanted) {
    List<Optional<Map<String, Value>>> known = known(rows, wanted.attributes());
    int[] unknown =
        IntStream.range(0, rows.length)
            .filter(i -> known.get(i).isEmpty())
            .map(i -> rows[i])
            .toArray();
    List<String> vectors = wanted.vectors().stream().map(VectorField::name).toList();
    // One wave for all of it, even if that means to decode some attributes that are known.
    int[] read = vectors.isEmpty() ? unknown : rows;
    ColumnBatch batch = fetch(read, unknown.length == 0 ? vectors : wanted.columns());
    if (unknown.length == 0) {
      return new Rows(known.stream().map(Optional::orElseThrow).toList(), batch);
    }
    List<Map<String, Value>> decoded = decoded(batch, wanted);
    if (read.length <= MOST_KEPT) {
      kept.keep(read, wanted.attributes(), decoded);
    }
    if (read.length == rows.length) {
      return new Rows(decoded, batch);
    }
    Iterator<Map<String, Value>> next = decoded.iterator();
    return new Rows(known.stream().map(row -> row.orElseGet(next::next)).toList(), batch);
  }

  private List<Optional<Map<String, Value>>> known(int[] rows, List<String> attributes) {
    if (attributes.isEmpty()) {
      return Collections.nCopies(rows.length, Optional.of(Map.of()));
    }
    if (rows.length > MOST_KEPT) {
      return Collections.nCopies(rows.length, Optional.empty());
    }
    return Arrays.stream(rows).mapToObj(row -> kept.find(row, attributes)).toList();
  }

  private static List<Map<String, Value>> decoded(ColumnBatch batch, Projected wanted) {
    List<Map<String, Value>> rows = new ArrayList<>(batch.rows());
    for (int row = 0; row < batch.rows(); row++) {
      Map<String, Value> values = new LinkedHashMap<>();
      for (String name : wanted.attributes()) {
        Attribute declared = wanted.schema().attribute(name).orElseThrow();
        value(batch, name, declared, row).ifPresent(value -> values.put(name, value));
      }
      rows.add(Collections.unmodifiableMap(values));
    }
    return rows;
  }

  private static Optional<Value> value(
      ColumnBatch batch, String attribute, Attribute declared, int row) {
    return batch.columns().containsKey(attribute)
        ? ColumnValues.read(batch.column(attribute), declared.type(), row)
        : Optional.empty();
  }

  /** Stored columns of some rows; those the segment does not have are left out. */
  private ColumnBatch fetch(int[] rows, List<String> wanted) {
    List<String> stored = wanted.stream().filter(columns::contains).toList();
    return stored.isEmpty() || rows.length == 0
        ? ColumnBatch.of(rows.length, List.of())
        : reader.fetch(rows, stored);
  }

  /** Brings what {@link #read} needs of the first of these rows into the caches. */
  public void readAhead(int[] rows, Projected wanted) {
    IntToLongFunction bytes = bytes(wanted);
    int count = 0;
    for (long left = RowSizes.BATCH_BYTES; count < rows.length; count++) {
      left -= bytes.applyAsLong(rows[count]);
      if (left < 0) {
        break;
      }
    }
    if (count > 0) {
      var _ = read(Arrays.copyOf(rows, count), wanted);
    }
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

  /** Visits rows in ascending order, with some of their attributes. */
  void visit(RowSet rows, List<String> attributes, Visitor visitor) {
    List<String> stored = attributes.stream().filter(columns::contains).distinct().toList();
    new ColumnVisit(reader, schema, attributes, batchRows(stored), visitor).visit(rows, stored);
  }

  /** Whether the values of so many rows may be in memory at once, however large each is. */
  boolean mayBeRead(String attribute, int rows) {
    return rows <= batchRows(List.of(attribute).stream().filter(columns::contains).toList());
  }

  /** The values of some rows, which are few: only what is needed for them is read. */
  Optional<IntFunction<Optional<Value>>> values(String attribute, BitSet rows) {
    Optional<Attribute> declared = schema.attribute(attribute);
    if (declared.isEmpty() || !columns.contains(attribute)) {
      return Optional.empty();
    }
    AttributeType type = declared.get().type();
    int[] inOrder = rows.stream().toArray();
    Column column = reader.fetch(inOrder, List.of(attribute)).column(attribute);
    return Optional.of(row -> ColumnValues.read(column, type, Arrays.binarySearch(inOrder, row)));
  }

  /** What the file knows of all values of an attribute. */
  Optional<ValueBounds> bounds(String attribute) {
    Optional<AttributeType> type = schema.attribute(attribute).map(Attribute::type);
    if (type.isEmpty() || !columns.contains(attribute)) {
      return Optional.empty();
    }
    return reader.statistics(attribute).flatMap(known -> ColumnValues.bounds(known, type.get()));
  }

  /** What the file knows of the values of an attribute page by page. */
  List<FilterSource.Page> pages(String attribute) {
    Optional<AttributeType> type = schema.attribute(attribute).map(Attribute::type);
    if (type.isEmpty()
        || !columns.contains(attribute)
        || !ColumnValues.hasBounds(type.get().element())) {
      return List.of();
    }
    return reader.pageBounds(attribute).stream()
        .flatMap(page ->
            ColumnValues.bounds(
                new ColumnStatistics(
                    page.absent(), Optional.of(page.min()), Optional.of(page.max())),
                type.get())
                .map(bounds -> new FilterSource.Page(page.fromRow(), page.endRow(), bounds))
                .stream())
        .toList();
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
    kept.close();
    reader.close();
  }
}
