package io.elacsym.engine.segment;

import io.elacsym.api.EncodingProvider;
import io.elacsym.api.PluginContext;
import io.elacsym.api.blob.BlobSink;
import io.elacsym.api.index.TextField;
import io.elacsym.api.index.TextIndexProvider;
import io.elacsym.api.index.TextIndexWriter;
import io.elacsym.api.index.VectorField;
import io.elacsym.api.index.VectorIndexBuild;
import io.elacsym.api.index.VectorIndexInput;
import io.elacsym.api.index.VectorIndexProvider;
import io.elacsym.api.segment.BatchCursor;
import io.elacsym.api.segment.Column;
import io.elacsym.api.segment.ColumnBatch;
import io.elacsym.api.segment.SegmentFormatProvider;
import io.elacsym.api.segment.SegmentWriter;
import io.elacsym.engine.blob.BlobFile;
import io.elacsym.engine.blob.BlobStore;
import io.elacsym.engine.blob.Checksums;
import io.elacsym.engine.border.BuildCheck;
import io.elacsym.engine.filter.AttributeIndexCodec;
import io.elacsym.engine.filter.AttributePostings;
import io.elacsym.engine.manifest.ObjectNames;
import io.elacsym.engine.manifest.SegmentEntry;
import io.elacsym.engine.manifest.SegmentEntry.BlobRef;
import io.elacsym.engine.manifest.SegmentEntry.IndexEntry;
import io.elacsym.engine.manifest.SegmentEntry.IndexGap;
import io.elacsym.engine.manifest.SegmentEntry.IndexKind;
import io.elacsym.engine.model.Attribute;
import io.elacsym.engine.model.Schema;
import io.elacsym.engine.model.Value;
import io.elacsym.engine.plugin.IndexProviders;
import io.elacsym.engine.plugin.Plugins;
import io.elacsym.engine.task.OnFailure;
import io.elacsym.engine.task.Parallel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * Builds segments and stores all their objects, before any manifest names them. Safe for use by
 * many threads.
 */
public final class SegmentBuilder {
  /**
   * Objects that are built side by side. Each has a temporary file open; all indexes of a namespace
   * with the most attributes together would be more than a process may open.
   */
  private static final int FILES_AT_ONCE = 32;

  private final Plugins plugins;
  private final BlobStore blobs;
  private final String namespace;

  public SegmentBuilder(Plugins plugins, BlobStore blobs, String namespace) {
    this.plugins = plugins;
    this.blobs = blobs;
    this.namespace = namespace;
  }

  /**
   * A stored segment.
   *
   * @param entry for the manifest
   * @param order {@code order[row]} is the position that row had in the input
   */
  public record Built(SegmentEntry entry, int[] order) {}

  /**
   * @param id unique in the namespace, never used before
   */
  public Built build(String id, SegmentRows input) {
    List<VectorField> fields = new ArrayList<>();
    for (VectorField field : input.schema().vectors()) {
      VectorTable table = input.vectors().get(field.name());
      if (table != null && table.count() > 0) {
        fields.add(field);
      }
    }
    VectorIndexProvider provider = plugins.newVectorIndex();
    PluginContext context = plugins.context(provider);
    List<IndexEntry> indexes = new ArrayList<>();
    int[] order = IntStream.range(0, input.rows()).toArray();
    SegmentRows rows = input;
    // The first vector field may lay the rows out as it likes; the others take them as they come.
    try {
      for (VectorField field : fields) {
        boolean first = indexes.isEmpty();
        VectorTable table = table(rows, field);
        VectorIndexInput what =
            new VectorIndexInput(
                field,
                table,
                first,
                plugins.newSegmentFormat().placesVectors(),
                FormerIndexes.of(field, rows.parts(), order, table, provider));
        try (VectorIndexBuild build = provider.build(what, context)) {
          Optional<int[]> wanted = first ? build.rowOrder() : Optional.empty();
          if (wanted.isPresent()) {
            order = check(provider).permutation(wanted.get(), rows.rows());
            rows = input.permuted(order);
          }
          int number = rows.schema().number(field.name());
          indexes.add(stored(vectorIndex(id, field, number, provider, build)));
        }
      }
      return new Built(storeRest(id, rows, indexes), order);
    } finally {
      if (rows != input) {
        rows.close();
      }
    }
  }

  private BuildCheck check(EncodingProvider provider) {
    return new BuildCheck(provider, plugins.watch());
  }

  private static VectorTable table(SegmentRows rows, VectorField field) {
    VectorTable table = rows.vectors().get(field.name());
    if (table == null) {
      throw new IllegalStateException("no vectors of " + field.name());
    }
    return table;
  }

  /** Stores the first index of a field of a new segment. */
  private static IndexEntry stored(UnstoredIndex index) {
    try (index) {
      return index.store("");
    }
  }

  private UnstoredIndex vectorIndex(
      String id,
      VectorField field,
      int number,
      VectorIndexProvider provider,
      VectorIndexBuild build) {
    return unstored(
        new UnstoredIndex.About(
            id,
            field.name(),
            number,
            IndexKind.VECTOR,
            check(provider).readable(build.encoding()),
            Optional.of(plugins.recipe(provider))),
        build::write);
  }

  /** What one task of a build has stored. */
  private sealed interface Stored {
    record Documents(BlobRef data, BlobRef envelope) implements Stored {}

    record Index(IndexEntry entry) implements Stored {}
  }

  private SegmentEntry storeRest(String id, SegmentRows rows, List<IndexEntry> vectorIndexes) {
    SegmentFormatProvider format = plugins.newSegmentFormat();
    TextIndexProvider texts = plugins.newTextIndex();
    List<Callable<Stored>> tasks = new ArrayList<>();
    tasks.add(() -> storeDocuments(id, rows, format));
    for (Map.Entry<String, Attribute> attribute : rows.schema().attributes().entrySet()) {
      String name = attribute.getKey();
      int number = rows.schema().number(name);
      Column column = rows.attributes().get(name);
      if (column == null || column.present().isEmpty()) {
        continue;
      }
      attribute
          .getValue()
          .fullText()
          .map(analysis -> new TextField(name, analysis))
          .ifPresent(field ->
              tasks.add(
                  () -> new Stored.Index(stored(textIndex(id, field, number, texts, column)))));
      if (attribute.getValue().indexed()) {
        tasks.add(() ->
            new Stored.Index(
                stored(attributeIndex(id, name, attribute.getValue(), number, column))));
      }
    }
    List<IndexEntry> indexes = new ArrayList<>(vectorIndexes);
    List<Stored.Documents> documents = new ArrayList<>();
    for (Stored stored : Parallel.map(tasks, FILES_AT_ONCE, SegmentBuilder::call)) {
      switch (stored) {
        case Stored.Documents files -> documents.add(files);
        case Stored.Index(IndexEntry entry) -> indexes.add(entry);
      }
    }
    return new SegmentEntry(
        id,
        check(format).readable(format.encoding()),
        documents.getFirst().data(),
        documents.getFirst().envelope(),
        rows.rows(),
        rows.valueBytes(),
        indexes,
        Optional.empty());
  }

  private static <T> T call(Callable<T> task) {
    try {
      return task.call();
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private Stored.Documents storeDocuments(
      String id, SegmentRows rows, SegmentFormatProvider format) {
    String name = SegmentNames.data(id, format.extension());
    try (BlobFile file = blobs.newFile()) {
      try (SegmentWriter writer =
          format.writer(
              SegmentColumns.schema(rows.schema(), rows.ids().kind()),
              file,
              plugins.context(format))) {
        SegmentColumns.write(rows, writer);
      }
      Checksums checksums = file.finish();
      BlobRef data = new BlobRef(name, blobs.put(ObjectNames.absolute(namespace, name), file));
      BlobRef envelope =
          sealed(
              SegmentNames.envelope(id),
              sink ->
                  new Envelope(checksums, SegmentIds.ofRows(rows.ids()), RowSizes.of(rows))
                      .write(sink));
      return new Stored.Documents(data, envelope);
    }
  }

  private UnstoredIndex textIndex(
      String id, TextField field, int number, TextIndexProvider provider, Column column) {
    return textIndex(
        id,
        field,
        number,
        provider,
        column.rows(),
        row ->
            column.isPresent(row)
                ? Optional.of(ColumnValues.texts(column, row))
                : Optional.empty());
  }

  /**
   * @param texts of a row, asked in ascending order; empty when it lacks the field
   */
  private UnstoredIndex textIndex(
      String id,
      TextField field,
      int number,
      TextIndexProvider provider,
      int rows,
      IntFunction<Optional<List<String>>> texts) {
    return unstored(
        new UnstoredIndex.About(
            id,
            field.name(),
            number,
            IndexKind.TEXT,
            check(provider).readable(provider.encoding()),
            Optional.of(plugins.recipe(provider))),
        sink -> {
          try (TextIndexWriter writer =
              provider.writer(field, rows, sink, plugins.context(provider))) {
            for (int row = 0; row < rows; row++) {
              Optional<List<String>> values = texts.apply(row);
              if (values.isPresent()) {
                writer.add(row, values.get());
              }
            }
            writer.finish();
          }
        });
  }

  private UnstoredIndex attributeIndex(
      String id, String name, Attribute attribute, int number, Column column) {
    return attributeIndex(
        id,
        name,
        attribute,
        number,
        column.rows(),
        row -> ColumnValues.read(column, attribute.type(), row));
  }

  /**
   * @param values of a row, asked in ascending order
   */
  private UnstoredIndex attributeIndex(
      String id,
      String name,
      Attribute attribute,
      int number,
      int rows,
      IntFunction<Optional<Value>> values) {
    AttributePostings postings = AttributePostings.of(rows, values);
    return unstored(
        new UnstoredIndex.About(
            id, name, number, IndexKind.ATTRIBUTE, AttributeIndexCodec.ENCODING, Optional.empty()),
        sink -> AttributeIndexCodec.write(postings, attribute.type(), sink));
  }

  /** Builds a vector index for rows that are stored already, so that their order stays. */
  private UnstoredIndex vectorIndex(
      OpenSegment segment,
      VectorField field,
      int number,
      VectorIndexProvider provider,
      VectorTable table) {
    VectorIndexInput what =
        new VectorIndexInput(
            field, table, false, segment.documents().placesVectors(field), List.of());
    try (VectorIndexBuild build = provider.build(what, plugins.context(provider))) {
      return vectorIndex(segment.entry().id(), field, number, provider, build);
    }
  }

  /** Builds an index of a segment anew from its documents. */
  public UnstoredIndex rebuild(OpenSegment segment, IndexEntry former, IndexProviders providers) {
    Schema schema = segment.documents().schema();
    SegmentEntry entry = segment.entry();
    String field = former.field();
    int number = schema.number(field);
    return switch (former.kind()) {
      case VECTOR -> {
        VectorField declared = schema.vector(field).orElseThrow();
        try (VectorTable table =
                new VectorTable(declared.dimension(), entry.rows(), blobs.scratch());
            BatchCursor cursor = segment.documents().scanOnce(List.of(field))) {
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
          yield vectorIndex(segment, declared, number, providers.vectors(), table);
        }
      }
      case TEXT ->
          textIndex(
              entry.id(),
              new TextField(
                  field, schema.attribute(field).flatMap(Attribute::fullText).orElseThrow()),
              number,
              providers.texts(),
              entry.rows(),
              segment.documents().texts(field));
      case ATTRIBUTE ->
          attributeIndex(
              entry.id(),
              field,
              schema.attribute(field).orElseThrow(),
              number,
              entry.rows(),
              segment.documents().values(field, 0, entry.rows()).orElseThrow());
    };
  }

  /**
   * Builds an index that a stored segment does not have yet.
   *
   * @param schema as it is now; the segment may have been opened by an earlier one
   * @return empty when no row has a value
   */
  public Optional<UnstoredIndex> fill(
      OpenSegment segment, Schema schema, IndexGap gap, IndexProviders providers) {
    String field = gap.field();
    String id = segment.entry().id();
    int rows = segment.entry().rows();
    Attribute attribute = schema.attribute(field).orElseThrow();
    int number = schema.number(field);
    AtomicBoolean any = new AtomicBoolean();
    UnstoredIndex built =
        switch (gap.kind()) {
          case TEXT ->
              textIndex(
                  id,
                  new TextField(field, attribute.fullText().orElseThrow()),
                  number,
                  providers.texts(),
                  rows,
                  noting(any, segment.documents().texts(field)));
          case ATTRIBUTE ->
              attributeIndex(
                  id,
                  field,
                  attribute,
                  number,
                  rows,
                  noting(
                      any,
                      segment.documents().values(field, 0, rows).orElse(row -> Optional.empty())));
          case VECTOR -> throw new IllegalArgumentException("a vector field has its index always");
        };
    if (any.get()) {
      return Optional.of(built);
    }
    built.close();
    return Optional.empty();
  }

  /** Values as they are asked for, and whether there was one. */
  private static <T> IntFunction<Optional<T>> noting(
      AtomicBoolean any, IntFunction<Optional<T>> values) {
    return row -> {
      Optional<T> value = values.apply(row);
      if (value.isPresent()) {
        any.setPlain(true);
      }
      return value;
    };
  }

  private UnstoredIndex unstored(UnstoredIndex.About about, Consumer<BlobSink> write) {
    BlobFile file = blobs.newFile();
    return OnFailure.undo(
        file::close,
        () -> {
          write.accept(file);
          file.seal();
          return new UnstoredIndex(blobs, namespace, about, file);
        });
  }

  private BlobRef sealed(String name, Consumer<BlobSink> write) {
    try (BlobFile file = blobs.newFile()) {
      write.accept(file);
      file.seal();
      return new BlobRef(name, blobs.put(ObjectNames.absolute(namespace, name), file));
    }
  }
}
