package io.elacsym.engine.live;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.index.LiveTextIndex;
import io.elacsym.api.index.RowSet;
import io.elacsym.api.index.TextField;
import io.elacsym.api.index.VectorField;
import io.elacsym.engine.model.Attribute;
import io.elacsym.engine.model.DocId;
import io.elacsym.engine.model.Document;
import io.elacsym.engine.model.Footprint;
import io.elacsym.engine.model.Schema;
import io.elacsym.engine.model.Value;
import io.elacsym.engine.plugin.Plugins;
import io.elacsym.engine.plugin.TextPlugin;
import java.lang.System.Logger.Level;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Documents of some consecutive WAL entries. Rows are only ever appended or marked dead, by one
 * thread at a time; {@linkplain #view views} of it are immutable and stay valid.
 */
public final class LiveBuffer {
  private static final System.Logger LOG = System.getLogger(LiveBuffer.class.getName());

  /** What a row takes besides its document. */
  private static final long ROW_BYTES = 100;

  private final Plugins plugins;
  private final long firstSequence;

  /** The newest row of an id, alive or not; views read it while rows are appended. */
  private final Map<DocId, Integer> rowOfId = new ConcurrentHashMap<>();

  private final AliveRows alive = new AliveRows(RowSet.all(0));
  private final Map<String, VectorColumn> vectors = new HashMap<>();
  private final Map<String, TextField> fields = new HashMap<>();
  private final Map<String, LiveTextIndex> texts = new HashMap<>();
  private Document[] documents = new Document[64];
  private int count;
  private long entryBytes;
  private long documentBytes;

  /**
   * @param firstSequence the first WAL entry whose rows it may hold
   */
  public LiveBuffer(Plugins plugins, Schema schema, long firstSequence) {
    this.plugins = plugins;
    this.firstSequence = firstSequence;
    extend(schema);
  }

  /**
   * Prepares for the fields of a schema; fields it knows already stay. Texts of an attribute that
   * becomes full-text while it has rows are analysed when somebody searches them.
   */
  public void extend(Schema schema) {
    for (VectorField field : schema.vectors()) {
      vectors.computeIfAbsent(field.name(), name -> new VectorColumn());
    }
    for (Map.Entry<String, Attribute> attribute : schema.attributes().entrySet()) {
      attribute
          .getValue()
          .fullText()
          .ifPresent(analysis ->
              texts.computeIfAbsent(
                  attribute.getKey(),
                  name -> {
                    fields.put(name, new TextField(name, analysis));
                    return count == 0 ? newText(name) : unanalysed(name);
                  }));
    }
  }

  private LiveTextIndex newText(String name) {
    TextField field = Objects.requireNonNull(fields.get(name));
    TextPlugin plugin = plugins.newText();
    try {
      return plugin.provider().live(field, plugin.context());
    } catch (ElacsymException e) {
      return rebuilt(name, e);
    }
  }

  /**
   * The texts themselves in the place of an index that has failed: they are durable by then, so the
   * write cannot fail any more, and queries find them all the same. Views may still search in the
   * one that has failed.
   */
  private LiveTextIndex rebuilt(String name, ElacsymException why) {
    LOG.log(
        Level.ERROR,
        "queries of the text field '"
            + name
            + "' need an index that is built anew from what was written lately, until that is"
            + " flushed: "
            + why.forOperators(),
        why);
    return unanalysed(name);
  }

  /** The texts themselves, which become an index when a question comes. */
  private LiveTextIndex unanalysed(String name) {
    TextField field = Objects.requireNonNull(fields.get(name));
    TextPlugin plugin = plugins.newText();
    RebuiltTexts rebuilt = new RebuiltTexts(() -> plugin.provider().live(field, plugin.context()));
    for (int row = 0; row < count; row++) {
      List<String> values = texts(documents[row].attributes().get(name));
      if (!values.isEmpty()) {
        rebuilt.add(row, values);
      }
    }
    return rebuilt;
  }

  /** Appends a document, alive. An earlier one with its id must have been removed. */
  public void append(Document document) {
    if (count == documents.length) {
      documents = Arrays.copyOf(documents, count * 2);
    }
    int row = count;
    documents[row] = document;
    vectors.forEach((field, column) ->
        column.append(
            row, Optional.ofNullable(document.vectors().get(field)).orElse(VectorColumn.NONE)));
    texts.replaceAll((field, index) -> {
      List<String> values = texts(document.attributes().get(field));
      documentBytes += values.stream().mapToLong(Footprint::text).sum();
      return values.isEmpty() ? index : added(field, index, row, values);
    });
    rowOfId.put(document.id(), row);
    alive.append();
    documentBytes += ROW_BYTES + Footprint.of(document);
    count++;
  }

  private LiveTextIndex added(String field, LiveTextIndex index, int row, List<String> values) {
    try {
      index.add(row, values);
      return index;
    } catch (ElacsymException e) {
      LiveTextIndex other = rebuilt(field, e);
      other.add(row, values);
      return other;
    }
  }

  private static List<String> texts(@Nullable Value value) {
    return switch (value) {
      case null -> List.of();
      case Value.Text text -> List.of(text.value());
      case Value.Array array ->
          array.values().stream().map(element -> ((Value.Text) element).value()).toList();
      default -> List.of();
    };
  }

  /**
   * Marks the document with an id dead.
   *
   * @return whether there was one
   */
  public boolean remove(DocId id) {
    Integer row = rowOfId.get(id);
    return row != null && alive.remove(row);
  }

  /** Counts the size of a WAL entry whose changes came in. */
  public void addBytes(long bytes) {
    entryBytes += bytes;
  }

  /** Counts the WAL entries of another buffer whose rows came in. */
  public void addEntriesOf(LiveBuffer other) {
    entryBytes += other.entryBytes;
  }

  /**
   * What is in here: bytes of WAL entries, or of memory if that is more. Small documents take many
   * times as much memory as they have bytes.
   */
  public long bytes() {
    return Math.max(entryBytes, documentBytes);
  }

  public int rows() {
    return count;
  }

  public long firstSequence() {
    return firstSequence;
  }

  /** The kind of ids here; empty without rows. */
  public Optional<DocId.Kind> idKind() {
    return count == 0 ? Optional.empty() : Optional.of(documents[0].id().kind());
  }

  /** What is in here now. */
  public LiveView view() {
    Map<String, float[][]> vectorsNow = new HashMap<>();
    vectors.forEach((field, column) -> vectorsNow.put(field, column.rows()));
    return new LiveView(
        documents,
        alive.publish(),
        Collections.unmodifiableMap(rowOfId),
        vectorsNow,
        Map.copyOf(texts));
  }
}
