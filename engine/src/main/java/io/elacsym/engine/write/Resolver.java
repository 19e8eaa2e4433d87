package io.elacsym.engine.write;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.ErrorKind;
import io.elacsym.engine.check.CheckedOp;
import io.elacsym.engine.check.CheckedWrite;
import io.elacsym.engine.check.WriteCheck;
import io.elacsym.engine.filter.DocumentFilter;
import io.elacsym.engine.filter.TypedFilter;
import io.elacsym.engine.model.DocId;
import io.elacsym.engine.model.Document;
import io.elacsym.engine.model.Footprint;
import io.elacsym.engine.model.Projection;
import io.elacsym.engine.model.Value;
import io.elacsym.engine.model.WriteResult;
import io.elacsym.engine.plugin.Plugins;
import io.elacsym.engine.query.SnapshotReader;
import io.elacsym.engine.snapshot.Snapshot;
import io.elacsym.engine.snapshot.State;
import io.elacsym.engine.wal.WalEntry.Change;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Turns the writes of one group into whole documents and ids, each write seeing those before it.
 * For one thread, while nothing else changes the state.
 */
public final class Resolver implements AutoCloseable {
  /** Memory of what the writes of one group commit may become. */
  static final long MAX_BYTES =
      Math.clamp(Runtime.getRuntime().maxMemory() / 8, 32L << 20, 512L << 20);

  private final State state;
  private final Plugins plugins;
  private final Snapshot snapshot;
  private final List<Change> changes = new ArrayList<>();

  /** What the group has made of documents so far; empty for a deleted one. */
  private final Map<DocId, Optional<Document>> earlier = new HashMap<>();

  private Optional<DocId.Kind> idKind;

  /** Memory of what the writes added so far have become, and of the one that is being added. */
  private long bytes;

  private long ownBytes;

  public Resolver(State state, Plugins plugins) {
    this.state = state;
    this.plugins = plugins;
    this.snapshot =
        state
            .snapshot()
            .orElseThrow(
                () -> new ElacsymException(ErrorKind.UNAVAILABLE, "the namespace is closed"));
    this.idKind = snapshot.idKind();
  }

  /**
   * Adds a write.
   *
   * @return what it does, without its sequence
   * @throws ElacsymException when it does not fit what came before it; then nothing of it is added
   */
  public WriteResult add(CheckedWrite write) {
    // The schema and the kind of ids may have moved while it waited.
    List<CheckedOp> operations = write.against(snapshot.schema(), idKind).operations();
    Map<DocId, Optional<Document>> own = new LinkedHashMap<>();
    Set<DocId> upserted = new HashSet<>();
    int deleted = 0;
    ownBytes = 0;
    for (CheckedOp op : operations) {
      switch (op) {
        case CheckedOp.Upsert upsert -> {
          own.put(upsert.document().id(), Optional.of(upsert.document()));
          upserted.add(upsert.document().id());
        }
        case CheckedOp.Patch patch -> {
          Document merged = merged(patch, own);
          WriteCheck.checkSize(merged);
          Optional<Document> replaced =
              Optional.ofNullable(own.put(patch.id(), Optional.of(merged))).flatMap(d -> d);
          count(Footprint.of(merged) - replaced.map(Footprint::of).orElse(0L));
          upserted.add(patch.id());
        }
        case CheckedOp.Delete delete -> {
          deleted += exists(delete.id(), own) ? 1 : 0;
          own.put(delete.id(), Optional.empty());
        }
        case CheckedOp.DeleteMatching delete -> {
          List<DocId> ids = matching(delete.filter(), own);
          deleted += ids.size();
          count(Footprint.ID * ids.size());
          ids.forEach(id -> own.put(id, Optional.empty()));
        }
      }
    }
    bytes += ownBytes;
    own.forEach((id, document) -> {
      earlier.put(id, document);
      idKind = Optional.of(id.kind());
      changes.add(document.<Change>map(Change.Put::new).orElseGet(() -> new Change.Remove(id)));
    });
    return new WriteResult(upserted.size(), deleted, 0);
  }

  /**
   * Counts the memory of what a write becomes: patches become whole documents and filters become
   * ids, either of which may be many times as large as the request.
   */
  private void count(long more) {
    ownBytes += more;
    if (ownBytes > MAX_BYTES) {
      throw new ElacsymException(
          ErrorKind.TOO_LARGE,
          "the write changes documents of more than "
              + MAX_BYTES
              + " bytes at once; send it in parts");
    }
    if (bytes + ownBytes > MAX_BYTES) {
      throw new ElacsymException(
          ErrorKind.OVERLOADED,
          "writes that came at the same time change documents of more than "
              + MAX_BYTES
              + " bytes; try again shortly");
    }
  }

  private Optional<Optional<Document>> pending(DocId id, Map<DocId, Optional<Document>> own) {
    Optional<Document> mine = own.get(id);
    return mine != null ? Optional.of(mine) : Optional.ofNullable(earlier.get(id));
  }

  private boolean exists(DocId id, Map<DocId, Optional<Document>> own) {
    return pending(id, own).map(Optional::isPresent).orElseGet(() -> state.contains(id));
  }

  private Document merged(CheckedOp.Patch patch, Map<DocId, Optional<Document>> own) {
    Optional<Document> before =
        pending(patch.id(), own)
            .orElseGet(() -> new SnapshotReader(snapshot, plugins).get(patch.id(), Projection.ALL));
    Map<String, float[]> vectors = new HashMap<>();
    Map<String, Value> attributes = new LinkedHashMap<>();
    before.ifPresent(document -> {
      vectors.putAll(document.vectors());
      attributes.putAll(document.attributes());
    });
    vectors.putAll(patch.vectors());
    attributes.putAll(patch.attributes());
    attributes.keySet().removeAll(patch.removed());
    return new Document(patch.id(), vectors, attributes);
  }

  private List<DocId> matching(TypedFilter filter, Map<DocId, Optional<Document>> own) {
    List<DocId> ids = new ArrayList<>();
    int most = (int) Math.min(Integer.MAX_VALUE, MAX_BYTES / Footprint.ID);
    for (DocId id : new SnapshotReader(snapshot, plugins).matching(filter, most)) {
      if (pending(id, own).isEmpty()) {
        ids.add(id);
      }
    }
    Predicate<Document> test = DocumentFilter.of(filter);
    Map<DocId, Optional<Document>> pending = new HashMap<>(earlier);
    pending.putAll(own);
    pending.forEach((id, document) -> {
      if (document.filter(test).isPresent()) {
        ids.add(id);
      }
    });
    return ids;
  }

  /** The changes of all writes added, in order. */
  public List<Change> changes() {
    return changes;
  }

  @Override
  public void close() {
    snapshot.close();
  }
}
