package io.elacsym.engine.write;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.ErrorKind;
import io.elacsym.engine.check.CheckedWrite;
import io.elacsym.engine.model.DocId;
import io.elacsym.engine.model.Document;
import io.elacsym.engine.model.WriteResult;
import io.elacsym.engine.plugin.Plugins;
import io.elacsym.engine.query.SnapshotReader;
import io.elacsym.engine.snapshot.Snapshot;
import io.elacsym.engine.snapshot.State;
import io.elacsym.engine.wal.WalEntry.Change;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Turns the writes of one group into whole documents and ids, each write seeing those before it.
 * For one thread, while nothing else changes the state.
 */
public final class Resolver implements AutoCloseable {
  private final Snapshot snapshot;
  private final SnapshotReader reader;
  private final Instant now;
  private final long maxBytes;
  private final List<Change> changes = new ArrayList<>();

  /** What the group has made of documents so far; empty for a deleted one. */
  private final Map<DocId, Optional<Document>> earlier = new HashMap<>();

  private Optional<DocId.Kind> idKind;

  /** Memory of what the writes added so far have become. */
  private long bytes;

  /**
   * @param now the moment of all writes of the group: what is expired then is not there
   * @param maxBytes memory of what the writes of the group may become
   */
  public Resolver(State state, Plugins plugins, Instant now, long maxBytes) {
    this.now = now;
    this.maxBytes = maxBytes;
    this.snapshot =
        state
            .snapshot()
            .orElseThrow(
                () -> new ElacsymException(ErrorKind.UNAVAILABLE, "the namespace is closed"));
    this.reader = new SnapshotReader(snapshot, plugins, now);
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
    CheckedWrite checked = write.against(snapshot.schema(), idKind);
    OneWrite one =
        new OneWrite(
            checked, reader, earlier, new OneWrite.Bounds(now, maxBytes, maxBytes - bytes));
    one.run();
    bytes += one.bytes();
    one.changed()
        .forEach((id, document) -> {
          earlier.put(id, document);
          idKind = Optional.of(id.kind());
          changes.add(document.<Change>map(Change.Put::new).orElseGet(() -> new Change.Remove(id)));
        });
    return one.result();
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
