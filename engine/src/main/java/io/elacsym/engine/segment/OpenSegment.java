package io.elacsym.engine.segment;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.ErrorKind;
import io.elacsym.api.blob.BlobSource;
import io.elacsym.api.index.LiveTextIndex;
import io.elacsym.api.index.RowSet;
import io.elacsym.api.index.TextField;
import io.elacsym.api.index.TextIndexProvider;
import io.elacsym.api.index.TextIndexReader;
import io.elacsym.api.index.VectorField;
import io.elacsym.api.index.VectorIndexProvider;
import io.elacsym.api.index.VectorIndexReader;
import io.elacsym.api.segment.BatchCursor;
import io.elacsym.api.segment.Column;
import io.elacsym.api.segment.ColumnBatch;
import io.elacsym.api.segment.ColumnSpec;
import io.elacsym.api.segment.SegmentFormatProvider;
import io.elacsym.api.segment.SegmentReader;
import io.elacsym.engine.blob.BlobStore;
import io.elacsym.engine.blob.WarmBudget;
import io.elacsym.engine.filter.AttributeIndex;
import io.elacsym.engine.filter.AttributeIndexCodec;
import io.elacsym.engine.filter.FilterSource;
import io.elacsym.engine.manifest.SegmentEntry;
import io.elacsym.engine.manifest.SegmentEntry.IndexEntry;
import io.elacsym.engine.manifest.SegmentEntry.IndexKind;
import io.elacsym.engine.model.Attribute;
import io.elacsym.engine.model.AttributeType;
import io.elacsym.engine.model.Deadline;
import io.elacsym.engine.model.DocId;
import io.elacsym.engine.model.Footprint;
import io.elacsym.engine.model.Schema;
import io.elacsym.engine.model.Value;
import io.elacsym.engine.plugin.Plugins;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.function.Supplier;

/**
 * A stored segment, opened for reading. Its indexes are opened when first used; one that is missing
 * or damaged is reported and answered for by reading the documents themselves. Safe for use by many
 * threads. Counted: it closes when its last user releases it.
 */
public final class OpenSegment implements FilterSource {
  private static final System.Logger LOG = System.getLogger(OpenSegment.class.getName());

  private static final int ROWS_BETWEEN_CHECKS = 256;

  /** What a filter without an index has of a column in memory at a time. */
  private static final long WINDOW_BYTES =
      Math.clamp(Runtime.getRuntime().maxMemory() / 64, 8L << 20, 64L << 20);

  private static final int LEAST_WINDOW = 16;

  private final Plugins plugins;
  private final BlobStore blobs;
  private final String namespace;
  private final SegmentEntry entry;
  private final Schema schema;
  private final SegmentBlobs objects;
  private final SegmentIds ids;
  private final RowSizes sizes;
  private final SegmentReader reader;
  private final List<String> columns;
  private final Consumer<IndexEntry> onLostIndex;
  private final Map<String, Lazy<Optional<VectorIndexReader>>> vectors = new ConcurrentHashMap<>();
  private final Map<String, Lazy<TextIndexReader>> texts = new ConcurrentHashMap<>();
  private final Map<String, Lazy<Optional<AttributeIndex>>> attributes = new ConcurrentHashMap<>();
  private final Set<IndexEntry> lost = ConcurrentHashMap.newKeySet();
  private final Held held;
  private final AtomicInteger users = new AtomicInteger(1);

  private OpenSegment(
      Plugins plugins,
      BlobStore blobs,
      String namespace,
      SegmentEntry entry,
      Schema schema,
      Held held,
      SegmentBlobs objects,
      SegmentReader reader,
      Consumer<IndexEntry> onLostIndex) {
    this.plugins = plugins;
    this.blobs = blobs;
    this.namespace = namespace;
    this.entry = entry;
    this.schema = schema;
    this.held = held;
    this.objects = objects;
    this.ids = objects.envelope().ids();
    this.sizes = objects.envelope().sizes();
    this.reader = reader;
    this.columns = reader.schema().columns().stream().map(ColumnSpec::name).toList();
    this.onLostIndex = onLostIndex;
  }

  /**
   * Opens a segment in one wave, and in the same wave what the first request will need.
   *
   * @param schema of the namespace; may have gained attributes since the segment was written
   * @param onLostIndex told of an index that cannot be read, each time it would be used
   */
  public static OpenSegment open(
      Plugins plugins,
      BlobStore blobs,
      String namespace,
      SegmentEntry entry,
      Schema schema,
      Needs needs,
      Consumer<IndexEntry> onLostIndex) {
    Held held = new Held(blobs);
    boolean opened = false;
    try {
      SegmentBlobs objects = new SegmentBlobs(blobs, namespace, entry, held::add);
      objects.openWith(needs);
      Envelope envelope = objects.envelope();
      if (envelope.ids().size() != entry.rows()
          || envelope.checksums().blobBytes() != entry.data().bytes()) {
        throw ElacsymException.corrupt(
            "object "
                + objects.name(entry.envelope())
                + " does not fit what the manifest says of the segment");
      }
      SegmentReader reader = reader(plugins, objects, entry, objects.documents());
      OpenSegment segment =
          new OpenSegment(
              plugins, blobs, namespace, entry, schema, held, objects, reader, onLostIndex);
      opened = true;
      return segment;
    } finally {
      if (!opened) {
        held.release();
      }
    }
  }

  private static SegmentReader reader(
      Plugins plugins, SegmentBlobs objects, SegmentEntry entry, BlobSource source) {
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

  public SegmentEntry entry() {
    return entry;
  }

  public SegmentIds ids() {
    return ids;
  }

  @Override
  public int rowCount() {
    return entry.rows();
  }

  @Override
  public DocId id(int row) {
    return ids.id(row);
  }

  /** Names of the stored columns. */
  public List<String> columns() {
    return columns;
  }

  /** At most so much memory a document takes that is made of some columns of a row. */
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
    SegmentReader once = reader(plugins, objects, entry, objects.documents().forOnce());
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

  /** Rows that are alive by the stored tombstones. */
  public RowSet storedLive() {
    return objects.storedLive();
  }

  /** Whether {@link #openIndexes} would read anything. */
  public boolean lacks(Needs needs) {
    return objects.lack(needs);
  }

  /** Opens the indexes that a request will need, as far as they are not open, in one wave. */
  public void openIndexes(Needs needs) {
    objects.openIndexes(needs);
  }

  /** Bytes in memory besides the caches: what is kept of its objects as long as it is open. */
  public long heldBytes() {
    return held.bytes();
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

  @Override
  public int rowsAtOnce() {
    long each = Math.max(1, entry.valueBytes() / entry.rows());
    return Math.clamp(WINDOW_BYTES / each, LEAST_WINDOW, Integer.MAX_VALUE / 2);
  }

  @Override
  public Optional<IntFunction<Optional<Value>>> values(String attribute, int from, int to) {
    Optional<Attribute> declared = schema.attribute(attribute);
    if (declared.isEmpty()) {
      return Optional.empty();
    }
    AttributeType type = declared.get().type();
    return column(attribute, from, to)
        .map(c -> c.map((column, at) -> ColumnValues.read(column, type, at)));
  }

  @Override
  public Optional<AttributeIndex> index(String attribute) {
    Optional<IndexEntry> stored = entry.index(attribute, IndexKind.ATTRIBUTE);
    Optional<Attribute> declared = schema.attribute(attribute);
    if (stored.isEmpty() || declared.isEmpty()) {
      return Optional.empty();
    }
    if (isLost(stored.get())) {
      return Optional.empty();
    }
    return attributes
        .computeIfAbsent(attribute, name -> new Lazy<>())
        .get(() ->
            opened(
                stored.get(),
                () -> {
                  BlobSource source = objects.index(stored.get());
                  AttributeIndex index = AttributeIndexCodec.read(source, declared.get().type());
                  objects.release(stored.get());
                  return index;
                }));
  }

  /** Opens an index; damage is reported and gives nothing, other failures are thrown. */
  private <T> Optional<T> opened(IndexEntry index, Supplier<T> open) {
    try {
      return Optional.of(open.get());
    } catch (ElacsymException e) {
      lose(index, e);
      return Optional.empty();
    }
  }

  /** Goes on without an index that is damaged; rethrows any other failure. */
  private void lose(IndexEntry index, ElacsymException why) {
    if (why.kind() != ErrorKind.CORRUPT) {
      throw why;
    }
    if (lost.add(index)) {
      LOG.log(
          System.Logger.Level.WARNING,
          "namespace {0}: {1} index of field {2} in segment {3} is lost and will be rebuilt;"
              + " queries read the documents meanwhile: {4}",
          namespace,
          index.kind().id(),
          index.field(),
          entry.id(),
          why.forOperators());
    }
    onLostIndex.accept(index);
  }

  /** Reports a lost index at each use: an earlier attempt to rebuild it may have failed. */
  private boolean isLost(IndexEntry index) {
    boolean known = lost.contains(index);
    if (known) {
      onLostIndex.accept(index);
    }
    return known;
  }

  /** The index of a vector field; empty when the segment has none, or has lost it. */
  public Optional<VectorIndexReader> vectorIndex(VectorField field) {
    Optional<IndexEntry> stored = entry.index(field.name(), IndexKind.VECTOR);
    if (stored.isEmpty() || isLost(stored.get())) {
      return Optional.empty();
    }
    return vectors
        .computeIfAbsent(field.name(), name -> new Lazy<>())
        .get(() ->
            opened(
                stored.get(),
                () -> {
                  VectorIndexProvider provider = plugins.vectorIndex(stored.get().encoding());
                  return provider.open(
                      field,
                      objects.index(stored.get()),
                      stored.get().encoding(),
                      entry.rows(),
                      plugins.context(provider));
                }));
  }

  /**
   * Told of the failure of a search in the index of a vector field: if it found damage, the index
   * is lost from now on; any other failure is rethrown.
   */
  public void vectorSearchFailed(VectorField field, ElacsymException why) {
    lose(entry.index(field.name(), IndexKind.VECTOR).orElseThrow(() -> why), why);
  }

  /** Whether the manifest lists an index of this field, readable or not. */
  public boolean hasVectors(VectorField field) {
    return entry.index(field.name(), IndexKind.VECTOR).isPresent();
  }

  /** The vectors of a field batch by batch: for exact search without an index. */
  public BatchCursor vectors(VectorField field) {
    return scan(reader, List.of(field.name()));
  }

  /**
   * The index of a text field; empty when no row has text in it. A lost index is answered for by
   * one in memory.
   */
  public Optional<TextIndexReader> textIndex(TextField field) {
    Optional<IndexEntry> stored = entry.index(field.name(), IndexKind.TEXT);
    if (stored.isEmpty()) {
      return Optional.empty();
    }
    isLost(stored.get());
    return Optional.of(
        texts
            .computeIfAbsent(field.name(), name -> new Lazy<>())
            .get(() ->
                opened(stored.get(), () -> storedTextIndex(field, stored.get()))
                    .orElseGet(() -> textIndexInMemory(field))));
  }

  private TextIndexReader storedTextIndex(TextField field, IndexEntry stored) {
    TextIndexProvider provider = plugins.textIndex(stored.encoding());
    if (!provider.isCurrent(stored.encoding())) {
      // What is looked for would not be found in it: it is of as little use as a damaged one.
      throw ElacsymException.corrupt(
          "it was built as "
              + stored.encoding()
              + " by an earlier analysis of texts than "
              + provider.encoding());
    }
    TextIndexReader reader =
        provider.open(
            field,
            objects.index(stored),
            stored.encoding(),
            entry.rows(),
            plugins.context(provider));
    return new GuardedTextIndex(
        reader, damage -> lose(stored, damage), () -> textIndexInMemory(field));
  }

  private TextIndexReader textIndexInMemory(TextField field) {
    TextIndexProvider provider = plugins.newTextIndex();
    LiveTextIndex index = provider.live(field, plugins.context(provider));
    IntFunction<Optional<List<String>>> texts = texts(field.name());
    for (int row = 0; row < entry.rows(); row++) {
      if (row % ROWS_BETWEEN_CHECKS == 0) {
        Deadline.check();
      }
      Optional<List<String>> values = texts.apply(row);
      if (values.isPresent()) {
        index.add(row, values.get());
      }
    }
    return index;
  }

  /** The texts of a field by row, to be asked in ascending order. */
  private IntFunction<Optional<List<String>>> texts(String field) {
    return column(field, 0, entry.rows())
        .map(c ->
            c.<Optional<List<String>>>map((column, at) ->
                column.isPresent(at)
                    ? Optional.of(ColumnValues.texts(column, at))
                    : Optional.empty()))
        .orElse(row -> Optional.empty());
  }

  /** Builds and stores an index anew from the documents. */
  public IndexEntry rebuilt(IndexEntry lost, String attempt) {
    SegmentBuilder builder = new SegmentBuilder(plugins, blobs, namespace);
    String field = lost.field();
    int number = schema.number(field);
    return switch (lost.kind()) {
      case VECTOR -> {
        VectorField declared = schema.vector(field).orElseThrow();
        try (VectorTable table =
                new VectorTable(declared.dimension(), entry.rows(), blobs.scratch());
            BatchCursor cursor = scanOnce(List.of(field))) {
          int from = 0;
          for (Optional<ColumnBatch> batch = cursor.next();
              batch.isPresent();
              batch = cursor.next()) {
            Column column = batch.get().column(field);
            for (int row = 0; row < column.rows(); row++) {
              if (column.isPresent(row)) {
                table.append(from + row, column.floats(), row * declared.dimension());
              }
            }
            from += column.rows();
          }
          yield builder.vectorIndex(entry.id(), declared, number, attempt, table);
        }
      }
      case TEXT ->
          builder.textIndex(
              entry.id(),
              new TextField(
                  field, schema.attribute(field).flatMap(Attribute::fullText).orElseThrow()),
              number,
              attempt,
              entry.rows(),
              texts(field));
      case ATTRIBUTE ->
          builder.attributeIndex(
              entry.id(),
              field,
              schema.attribute(field).orElseThrow(),
              number,
              attempt,
              entry.rows(),
              values(field, 0, entry.rows()).orElseThrow());
    };
  }

  /** Opens every index. */
  public void openAll() {
    openIndexes(Needs.everything(schema));
    schema.vectors().forEach(this::vectorIndex);
    schema
        .attributes()
        .forEach((name, attribute) -> {
          index(name);
          attribute.fullText().ifPresent(text -> textIndex(new TextField(name, text)));
        });
  }

  /** Opens every index and brings what queries touch into the caches, as far as there is room. */
  public void warm(WarmBudget budget) {
    openAll();
    entry.indexes().stream()
        .filter(index -> index.kind() != IndexKind.ATTRIBUTE && !lost.contains(index))
        .forEach(index -> objects.index(index).warm(budget));
    // Of the documents the attributes, which come with every hit; vectors have their index.
    List<String> attributeColumns =
        columns.stream().filter(column -> schema.attribute(column).isPresent()).toList();
    if (!attributeColumns.isEmpty()) {
      try (SegmentReader own = reader(plugins, objects, entry, objects.documents().within(budget));
          BatchCursor cursor = scan(own, attributeColumns)) {
        boolean more = true;
        while (more && !budget.isSpent()) {
          more = cursor.next().isPresent();
        }
      }
    }
  }

  /**
   * Counts one more user.
   *
   * @return false when the segment is closed already
   */
  public boolean retain() {
    return users.getAndUpdate(n -> n == 0 ? 0 : n + 1) > 0;
  }

  /** Counts one user less; the last one closes the segment. */
  public void release() {
    if (users.decrementAndGet() == 0) {
      vectors
          .values()
          .forEach(lazy -> lazy.found().flatMap(r -> r).ifPresent(VectorIndexReader::close));
      texts.values().forEach(lazy -> lazy.found().ifPresent(TextIndexReader::close));
      reader.close();
      held.release();
    }
  }
}
