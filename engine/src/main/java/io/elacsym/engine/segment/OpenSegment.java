package io.elacsym.engine.segment;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.index.RowSet;
import io.elacsym.engine.blob.BlobStore;
import io.elacsym.engine.blob.WarmBudget;
import io.elacsym.engine.filter.AttributeIndex;
import io.elacsym.engine.filter.FilterSource;
import io.elacsym.engine.filter.ValueBounds;
import io.elacsym.engine.manifest.SegmentDigest;
import io.elacsym.engine.manifest.SegmentEntry;
import io.elacsym.engine.manifest.SegmentEntry.IndexEntry;
import io.elacsym.engine.model.DocId;
import io.elacsym.engine.model.Schema;
import io.elacsym.engine.model.Value;
import io.elacsym.engine.order.RowSource;
import io.elacsym.engine.plugin.Plugins;
import io.elacsym.engine.task.OnFailure;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.IntFunction;

/**
 * A stored segment, opened for reading: its ids, its {@linkplain #documents documents} and its
 * {@linkplain #indexes indexes}. Safe for use by many threads. Counted: it closes when its last
 * user releases it.
 */
public final class OpenSegment implements FilterSource, RowSource {
  private final SegmentEntry entry;
  private final SegmentBlobs objects;
  private final SegmentDocuments documents;
  private final SegmentIndexes indexes;
  private final Held held;
  private final AtomicInteger users = new AtomicInteger(1);
  private final Lazy<String> digest = new Lazy<>();

  private OpenSegment(
      SegmentEntry entry,
      SegmentBlobs objects,
      SegmentDocuments documents,
      SegmentIndexes indexes,
      Held held) {
    this.entry = entry;
    this.objects = objects;
    this.documents = documents;
    this.indexes = indexes;
    this.held = held;
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
      DocumentCache rows,
      String namespace,
      SegmentEntry entry,
      Schema schema,
      Needs needs,
      Consumer<IndexEntry> onLostIndex) {
    Held held = new Held(blobs);
    return OnFailure.undo(
        held::release,
        () -> {
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
          SegmentDocuments documents =
              new SegmentDocuments(plugins, entry, schema, objects, rows.of(held));
          SegmentIndexes indexes =
              new SegmentIndexes(
                  plugins, namespace, entry, schema, objects, documents, onLostIndex);
          return new OpenSegment(entry, objects, documents, indexes, held);
        });
  }

  public SegmentEntry entry() {
    return entry;
  }

  /** What says to other processes which segment this is. */
  public String digest() {
    return digest.get(() -> SegmentDigest.of(entry));
  }

  public SegmentIds ids() {
    return objects.envelope().ids();
  }

  public SegmentDocuments documents() {
    return documents;
  }

  public SegmentIndexes indexes() {
    return indexes;
  }

  @Override
  public int rowCount() {
    return entry.rows();
  }

  @Override
  public DocId id(int row) {
    return ids().id(row);
  }

  @Override
  public int rowsAtOnce() {
    return documents.rowsAtOnce();
  }

  @Override
  public Optional<ValueBounds> bounds(String attribute) {
    return documents.bounds(attribute);
  }

  @Override
  public List<Page> pages(String attribute) {
    return documents.pages(attribute);
  }

  @Override
  public Optional<IntFunction<Optional<Value>>> values(
      String attribute, int from, int to, BitSet rows) {
    int wanted = rows.cardinality();
    return wanted < to - from && documents.mayBeRead(attribute, wanted)
        ? documents.values(attribute, rows)
        : documents.values(attribute, from, to);
  }

  @Override
  public void visit(RowSet rows, List<String> attributes, Visitor visitor) {
    documents.visit(rows, attributes, visitor);
  }

  @Override
  public Optional<AttributeIndex> index(String attribute) {
    return indexes.index(attribute);
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

  /** Opens every index. */
  public void openAll() {
    indexes.openAll();
  }

  /** Opens every index and brings what queries touch into the caches, as far as there is room. */
  public void warm(WarmBudget budget) {
    indexes.warm(budget);
    documents.warm(budget);
  }

  /** Bytes in memory besides the caches: what is kept of its objects as long as it is open. */
  public long heldBytes() {
    return held.bytes();
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
      indexes.close();
      documents.close();
      held.release();
    }
  }
}
