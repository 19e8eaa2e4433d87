package io.elacsym.engine.segment;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.blob.BlobSource;
import io.elacsym.api.index.LiveTextIndex;
import io.elacsym.api.index.StoredVectorIndex;
import io.elacsym.api.index.TextField;
import io.elacsym.api.index.TextIndexReader;
import io.elacsym.api.index.VectorField;
import io.elacsym.api.index.VectorIndexProvider;
import io.elacsym.api.index.VectorIndexReader;
import io.elacsym.engine.blob.WarmBudget;
import io.elacsym.engine.border.CheckedTextIndex;
import io.elacsym.engine.border.PluginName;
import io.elacsym.engine.filter.AttributeIndex;
import io.elacsym.engine.filter.AttributeIndexCodec;
import io.elacsym.engine.manifest.Recipe;
import io.elacsym.engine.manifest.SegmentEntry;
import io.elacsym.engine.manifest.SegmentEntry.IndexEntry;
import io.elacsym.engine.manifest.SegmentEntry.IndexKind;
import io.elacsym.engine.model.Attribute;
import io.elacsym.engine.model.Deadline;
import io.elacsym.engine.model.Schema;
import io.elacsym.engine.plugin.Plugins;
import io.elacsym.engine.plugin.TextPlugin;
import io.elacsym.engine.task.Damage;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.function.Supplier;

/**
 * The indexes of a stored segment, opened when first used. One that is missing or damaged, or that
 * no installed plugin reads, is reported, and answered for by reading the documents themselves.
 * Safe for use by many threads.
 */
public final class SegmentIndexes implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(SegmentIndexes.class.getName());

  private static final int ROWS_BETWEEN_CHECKS = 256;

  /**
   * The text index of a part of a snapshot.
   *
   * @param plugin what made the terms in it, and makes those of queries
   */
  public record TextOfPart(TextPlugin plugin, TextIndexReader reader) {}

  private final Plugins plugins;
  private final String namespace;
  private final SegmentEntry entry;
  private final Schema schema;
  private final SegmentBlobs objects;
  private final SegmentDocuments documents;
  private final Consumer<IndexEntry> onLostIndex;
  private final Map<String, Lazy<Optional<VectorIndexReader>>> vectors = new ConcurrentHashMap<>();
  private final Map<String, Lazy<TextOfPart>> texts = new ConcurrentHashMap<>();
  private final Map<String, Lazy<Optional<AttributeIndex>>> attributes = new ConcurrentHashMap<>();
  private final Set<IndexEntry> lost = ConcurrentHashMap.newKeySet();

  /**
   * @param onLostIndex told of an index that cannot be read, each time it would be used
   */
  SegmentIndexes(
      Plugins plugins,
      String namespace,
      SegmentEntry entry,
      Schema schema,
      SegmentBlobs objects,
      SegmentDocuments documents,
      Consumer<IndexEntry> onLostIndex) {
    this.plugins = plugins;
    this.namespace = namespace;
    this.entry = entry;
    this.schema = schema;
    this.objects = objects;
    this.documents = documents;
    this.onLostIndex = onLostIndex;
  }

  /** The index of an attribute; empty when the segment has none, or has lost it. */
  Optional<AttributeIndex> index(String attribute) {
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
                () ->
                    AttributeIndexCodec.open(
                            objects.index(stored.get()),
                            stored.get().encoding(),
                            declared.get().type(),
                            entry.rows())
                        .telling(damage -> lose(stored.get(), damage))));
  }

  /**
   * Does something with indexes of attributes, and once more without an index of which a part turns
   * out to be damaged while it is read.
   */
  public <T> T despiteDamage(Supplier<T> search) {
    while (true) {
      int before = lost.size();
      try {
        return search.get();
      } catch (ElacsymException e) {
        if (!Damage.is(e) || lost.size() == before) {
          throw e;
        }
      }
    }
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
    if (!Damage.is(why)) {
      throw why;
    }
    boolean rebuilt = !plugins.isOfLaterRelease(index);
    if (lost.add(index)) {
      LOG.log(
          System.Logger.Level.WARNING,
          "namespace {0}: {1} index of field {2} in segment {3} is lost{4}; queries read the"
              + " documents meanwhile: {5}",
          namespace,
          index.kind().id(),
          index.field(),
          entry.id(),
          rebuilt ? " and will be rebuilt" : "",
          why.forOperators());
    }
    report(index);
  }

  private void report(IndexEntry index) {
    if (!plugins.isOfLaterRelease(index)) {
      onLostIndex.accept(index);
    }
  }

  /** Reports a lost index at each use: an earlier attempt to rebuild it may have failed. */
  private boolean isLost(IndexEntry index) {
    boolean known = lost.contains(index);
    if (known) {
      report(index);
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
                      storedVectorIndex(field, stored.get(), objects.index(stored.get())),
                      plugins.context(provider));
                }));
  }

  /** Which plugin reads the index of a vector field that the segment has. */
  public PluginName vectorPlugin(VectorField field) {
    return PluginName.ofVectorIndex(
        entry.index(field.name(), IndexKind.VECTOR).orElseThrow().encoding().name());
  }

  private StoredVectorIndex storedVectorIndex(
      VectorField field, IndexEntry stored, BlobSource blob) {
    return new StoredVectorIndex(
        field, stored.encoding(), blob, entry.rows(), documents.storedVectors(field));
  }

  /**
   * The index of a vector field for a build that may take over parts of it; empty when the builder
   * cannot read it. Nothing of it is read before the builder does, and nothing is taken into the
   * caches.
   */
  Optional<StoredVectorIndex> formerVectorIndex(VectorField field, VectorIndexProvider builder) {
    return entry
        .index(field.name(), IndexKind.VECTOR)
        .filter(stored -> builder.canRead(stored.encoding()) && !lost.contains(stored))
        .map(stored ->
            storedVectorIndex(field, stored, new LazyBlob(() -> objects.index(stored).forOnce())));
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

  /**
   * The index of a text field; empty when no row has text in it. A lost index is answered for by
   * one in memory.
   */
  public Optional<TextOfPart> textIndex(TextField field) {
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
                    .orElseGet(() -> {
                      TextPlugin plugin = plugins.newText();
                      return new TextOfPart(
                          plugin, checked(plugin, textIndexInMemory(field, plugin)));
                    })));
  }

  private TextOfPart storedTextIndex(TextField field, IndexEntry stored) {
    TextPlugin plugin =
        plugins
            .text(stored.encoding(), stored.recipe())
            .orElseThrow(() ->
                // A query makes other terms than this index has, and would not find them: the
                // index is of as little use as a damaged one.
                ElacsymException.corrupt(
                    "it was built as "
                        + stored.recipe().map(Recipe::text).orElse(stored.encoding().toString())
                        + ", by another analysis of texts than that plugin has now"));
    TextIndexReader reader =
        plugin
            .provider()
            .open(field, objects.index(stored), stored.encoding(), entry.rows(), plugin.context());
    return new TextOfPart(
        plugin,
        new GuardedTextIndex(
            checked(plugin, reader),
            damage -> lose(stored, damage),
            () -> checked(plugin, textIndexInMemory(field, plugin))));
  }

  private TextIndexReader checked(TextPlugin plugin, TextIndexReader reader) {
    return new CheckedTextIndex(reader, plugin.name(), plugins.watch());
  }

  private TextIndexReader textIndexInMemory(TextField field, TextPlugin plugin) {
    LiveTextIndex index = plugin.provider().live(field, plugin.context());
    IntFunction<Optional<List<String>>> texts = documents.texts(field.name());
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

  /** Opens every index. */
  void openAll() {
    objects.openIndexes(Needs.everything(schema));
    schema.vectors().forEach(this::vectorIndex);
    schema
        .attributes()
        .forEach((name, attribute) -> {
          index(name);
          attribute.fullText().ifPresent(text -> textIndex(new TextField(name, text)));
        });
  }

  /** Opens every index and brings what queries touch into the caches, as far as there is room. */
  void warm(WarmBudget budget) {
    openAll();
    entry.indexes().stream()
        .filter(index -> !lost.contains(index))
        .forEach(index -> objects.index(index).warm(budget));
  }

  @Override
  public void close() {
    vectors
        .values()
        .forEach(lazy -> lazy.found().flatMap(r -> r).ifPresent(VectorIndexReader::close));
    texts.values().forEach(lazy -> lazy.found().ifPresent(text -> text.reader().close()));
  }
}
