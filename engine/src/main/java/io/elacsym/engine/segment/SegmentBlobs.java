package io.elacsym.engine.segment;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.blob.BlobSource;
import io.elacsym.api.index.RowSet;
import io.elacsym.engine.blob.BlobStore;
import io.elacsym.engine.blob.BlobStore.Ahead;
import io.elacsym.engine.blob.CachedBlob;
import io.elacsym.engine.manifest.ObjectNames;
import io.elacsym.engine.manifest.SegmentEntry;
import io.elacsym.engine.manifest.SegmentEntry.BlobRef;
import io.elacsym.engine.manifest.SegmentEntry.IndexEntry;
import io.elacsym.engine.task.Parallel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongConsumer;

/**
 * The stored objects of one segment, each opened once, when it is needed or before. Safe for use by
 * many threads.
 *
 * <p>With each object comes its end: there formats keep the directories, footers and page tables
 * that they look at before anything else, so that opening them asks the storage no second time.
 */
final class SegmentBlobs {
  /**
   * Ends are a share of the object, because directories grow with what they list: for the formats
   * that come with Elacsym a thousandth or less.
   */
  private static final int TAIL_SHARE = 512;

  /** A text index has the list of its terms at its end, and that is a larger share of it. */
  private static final int TEXT_TAIL_SHARE = 64;

  private static final long MOST_TAIL = 4 << 20;

  /** An attribute index of so many bytes is read whole with its end, and asks for nothing more. */
  private static final long ATTRIBUTE_TAIL = 1 << 20;

  private final BlobStore blobs;
  private final String namespace;
  private final SegmentEntry entry;
  private final LongConsumer onHeld;
  private final Lazy<Envelope> envelope = new Lazy<>();
  private final Lazy<Optional<Ahead>> documentsAhead = new Lazy<>();
  private final Lazy<CachedBlob> documents = new Lazy<>();
  private final Lazy<RowSet> storedLive = new Lazy<>();
  private final Map<IndexEntry, Lazy<CachedBlob>> indexes = new ConcurrentHashMap<>();

  /**
   * @param onHeld told of bytes that are kept in memory as long as the segment is open
   */
  SegmentBlobs(BlobStore blobs, String namespace, SegmentEntry entry, LongConsumer onHeld) {
    this.blobs = blobs;
    this.namespace = namespace;
    this.entry = entry;
    this.onHeld = onHeld;
  }

  /** Where an object of the segment is stored. */
  String name(BlobRef blob) {
    return ObjectNames.absolute(namespace, blob.name());
  }

  /**
   * Reads what every use of the segment needs and what this one will, in one wave.
   *
   * @throws ElacsymException when the segment itself cannot be read; an index that cannot is
   *     reported by whoever uses it
   */
  void openWith(Needs needs) {
    List<Runnable> reads = new ArrayList<>();
    reads.add(this::envelope);
    reads.add(this::documentsAhead);
    if (entry.tombstones().isPresent()) {
      reads.add(this::storedLive);
    }
    reads.addAll(indexReads(needs));
    Parallel.run(reads);
  }

  /** Whether an index is not open yet. */
  boolean lack(Needs needs) {
    return entry.indexes().stream()
        .anyMatch(index -> needs.include(index) && !indexes.containsKey(index));
  }

  /** Opens indexes that are not open yet, in one wave. */
  void openIndexes(Needs needs) {
    List<Runnable> reads = indexReads(needs);
    if (!reads.isEmpty()) {
      Parallel.run(reads);
    }
  }

  private List<Runnable> indexReads(Needs needs) {
    List<Runnable> reads = new ArrayList<>();
    for (IndexEntry index : entry.indexes()) {
      if (needs.include(index) && !indexes.containsKey(index)) {
        reads.add(() -> openQuietly(index));
      }
    }
    return reads;
  }

  private void openQuietly(IndexEntry index) {
    try {
      index(index);
    } catch (ElacsymException e) {
      // Whoever uses the index meets the same failure, and knows what to do without an index.
    }
  }

  Envelope envelope() {
    return envelope.get(() -> {
      String name = name(entry.envelope());
      long bytes = entry.envelope().bytes();
      Envelope read = Envelope.read(name, blobs.openSealed(name, bytes, bytes, held -> {}));
      onHeld.accept(bytes);
      return read;
    });
  }

  private Optional<Ahead> documentsAhead() {
    return documentsAhead.get(
        () -> blobs.readAhead(name(entry.data()), entry.data().bytes(), documentsTail()));
  }

  private long documentsTail() {
    return tail(entry.data(), TAIL_SHARE);
  }

  private static long tail(BlobRef blob, int share) {
    return Math.clamp(blob.bytes() / share, BlobSource.TAIL_BYTES, MOST_TAIL);
  }

  /** The file with the documents. */
  CachedBlob documents() {
    return documents.get(() ->
        blobs.open(
            name(entry.data()), envelope().checksums(), documentsTail(), documentsAhead(), onHeld));
  }

  /** Rows that are alive by the stored tombstones. */
  RowSet storedLive() {
    return storedLive.get(() ->
        entry
            .tombstones()
            .map(tombstones -> {
              String name = name(tombstones.blob());
              long bytes = tombstones.blob().bytes();
              return TombstoneCodec.read(
                  name, blobs.openSealed(name, bytes, bytes, held -> {}), tombstones, entry.rows());
            })
            .orElseGet(() -> RowSet.all(entry.rows())));
  }

  /** The blob of an index. */
  CachedBlob index(IndexEntry index) {
    return indexes
        .computeIfAbsent(index, i -> new Lazy<>())
        .get(() -> {
          BlobRef blob = index.blob();
          long tail =
              switch (index.kind()) {
                case VECTOR -> tail(blob, TAIL_SHARE);
                case TEXT -> tail(blob, TEXT_TAIL_SHARE);
                case ATTRIBUTE -> Math.min(blob.bytes(), ATTRIBUTE_TAIL);
              };
          return blobs.openSealed(name(blob), blob.bytes(), tail, onHeld);
        });
  }
}
