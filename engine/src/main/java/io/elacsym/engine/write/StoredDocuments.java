package io.elacsym.engine.write;

import io.elacsym.engine.model.Allowance;
import io.elacsym.engine.model.Deadline;
import io.elacsym.engine.model.DocId;
import io.elacsym.engine.model.Document;
import io.elacsym.engine.model.Projection;
import io.elacsym.engine.query.SnapshotReader;
import io.elacsym.engine.segment.RowSizes;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The stored documents that a write asks for. It is known beforehand which those are and in which
 * order it asks, so they are read some at a time: in few requests, and never more than there is
 * room for. For one thread.
 */
final class StoredDocuments {
  private static final int MOST_AT_ONCE = 1_000;

  private final SnapshotReader reader;
  private final Projection projection;

  /** Those that are still to be read, in the order in which they are asked for. */
  private final SequencedSet<DocId> ahead;

  private final Map<DocId, Optional<Document>> read = new HashMap<>();

  /**
   * @param ids of those that will be asked for, in that order
   * @param projection what of them
   */
  StoredDocuments(SnapshotReader reader, Collection<DocId> ids, Projection projection) {
    this.reader = reader;
    this.projection = projection;
    this.ahead = new LinkedHashSet<>(ids);
  }

  /** A stored document; empty when there is none. */
  Optional<Document> get(DocId id) {
    Deadline.check();
    while (!read.containsKey(id) && ahead.contains(id)) {
      readOn();
    }
    Optional<Document> known = read.get(id);
    // One that is asked for a second time may have been read, and left, long ago.
    return known != null ? known : read(List.of(id)).getFirst();
  }

  private void readOn() {
    read.clear();
    List<DocId> next = ahead.stream().limit(MOST_AT_ONCE).toList();
    List<Optional<Document>> documents = read(next);
    for (int i = 0; i < documents.size(); i++) {
      read.put(next.get(i), documents.get(i));
      ahead.remove(next.get(i));
    }
  }

  private List<Optional<Document>> read(List<DocId> ids) {
    return new Room(RowSizes.BATCH_BYTES).call(() -> reader.first(ids, projection));
  }

  /** Memory for one batch, whatever an answer may take: these documents are in none. */
  private static final class Room implements Allowance {
    private final AtomicLong left;

    Room(long bytes) {
      this.left = new AtomicLong(bytes);
    }

    @Override
    public long left() {
      return left.get();
    }

    @Override
    public void take(long bytes) {
      left.addAndGet(-bytes);
    }

    @Override
    public void giveBack(long bytes) {
      left.addAndGet(bytes);
    }
  }
}
