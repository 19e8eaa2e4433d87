package io.elacsym.engine.upkeep;

import io.elacsym.api.index.RowSet;
import io.elacsym.engine.filter.DocumentFilter;
import io.elacsym.engine.live.LiveView;
import io.elacsym.engine.manifest.Content;
import io.elacsym.engine.manifest.SegmentEntry;
import io.elacsym.engine.manifest.SegmentEntry.Tombstones;
import io.elacsym.engine.model.Document;
import io.elacsym.engine.model.Schema;
import io.elacsym.engine.segment.OpenSegment;
import io.elacsym.engine.segment.SegmentBuilder.Built;
import io.elacsym.engine.segment.SegmentRows;
import io.elacsym.engine.segment.TombstoneCodec;
import io.elacsym.engine.snapshot.Snapshot.SegmentView;
import io.elacsym.engine.snapshot.State;
import io.elacsym.engine.task.Held;
import io.elacsym.engine.task.OnFailure;
import io.elacsym.engine.writer.NamespaceContext;
import io.elacsym.engine.writer.Writer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Moves the live buffer into a segment: rows and deletes up to one WAL entry become stored, then
 * the floor rises past it. Reads and writes go on meanwhile.
 */
public final class Flusher {
  private final NamespaceContext context;
  private final Writer writer;
  private final Layout layout;

  public Flusher(NamespaceContext context, Writer writer, Layout layout) {
    this.context = context;
    this.writer = writer;
    this.layout = layout;
  }

  /**
   * Flushes what was written before this call.
   *
   * @return whether there was anything to flush
   */
  public boolean flush() {
    try (Held _ = layout.change()) {
      return flushAlone();
    }
  }

  private boolean flushAlone() {
    if (!writer.follower().state().hasUnflushed()) {
      return false;
    }
    State state = writer.becomeWriter();
    Optional<State.Frozen> frozen = state.freeze();
    if (frozen.isEmpty()) {
      return false;
    }
    String segmentId = layout.newSegmentId(context);
    try {
      return OnFailure.undo(
          state::unfreeze,
          () -> {
            commit(state, frozen.get(), segmentId);
            context.counters().flush();
            return true;
          });
    } finally {
      layout.done(segmentId);
    }
  }

  private void commit(State state, State.Frozen frozen, String segmentId) {
    LiveView view = frozen.view();
    int[] aliveRows = aliveRows(state, view);
    Schema schema = state.manifest().content().schema();
    Optional<Built> built = build(schema, view, aliveRows, segmentId);
    Optional<OpenSegment> opened = built.map(b -> writer.follower().open(b.entry()));
    try {
      List<RowSet> storedAlive = new ArrayList<>();
      List<Optional<Tombstones>> tombstones = new ArrayList<>();
      for (SegmentView segment : frozen.aliveStored()) {
        tombstones.add(tombstones(state, segment));
        storedAlive.add(segment.alive());
      }
      int[] frozenRowOf = built.map(b -> compose(b.order(), aliveRows)).orElse(new int[0]);
      writer.commitManifest(
          state,
          before -> {
            context.requireSameTimeToLive(schema, before.schema());
            List<SegmentEntry> segments = new ArrayList<>();
            for (int i = 0; i < tombstones.size(); i++) {
              SegmentEntry entry = before.segments().get(i);
              segments.add(
                  tombstones.get(i).isPresent() ? entry.withTombstones(tombstones.get(i)) : entry);
            }
            built.ifPresent(b -> segments.add(b.entry().after(schema, before.schema())));
            return before
                .withFloor(frozen.lastSequence() + 1)
                .withContent(new Content(before.schema(), state.idKind(), segments));
          },
          committed -> state.flushed(committed, opened, frozenRowOf, storedAlive));
    } finally {
      opened.ifPresent(OpenSegment::release);
    }
  }

  private Optional<Built> build(Schema schema, LiveView view, int[] aliveRows, String segmentId) {
    if (aliveRows.length == 0) {
      return Optional.empty();
    }
    List<Document> documents = new ArrayList<>(aliveRows.length);
    for (int row : aliveRows) {
      documents.add(view.document(row));
    }
    try (SegmentRows rows = SegmentRows.of(documents, schema, context.blobs().scratch())) {
      Built built = context.builder().build(segmentId, rows);
      context.counters().flushed(built.entry().bytes());
      return Optional.of(built);
    }
  }

  /** Stores the deletes that a segment has gained since its tombstones were written. */
  private Optional<Tombstones> tombstones(State state, SegmentView segment) {
    RowSet stored = state.storedAlive(segment.segment());
    if (stored.cardinality() == segment.alive().cardinality()) {
      return Optional.empty();
    }
    Tombstones tombstones =
        TombstoneCodec.store(
            context.blobs(),
            context.name(),
            segment.segment().entry().id(),
            context.seams().ids().get(),
            segment.alive());
    context.counters().flushed(tombstones.blob().bytes());
    return Optional.of(tombstones);
  }

  /** Rows to be stored: those that are alive, but for the ones that are long expired. */
  private int[] aliveRows(State state, LiveView view) {
    Predicate<Document> expired =
        context
            .longExpired(state.manifest().content().schema())
            .map(DocumentFilter::of)
            .orElse(document -> false);
    RowSet alive = view.alive();
    int[] rows = new int[alive.cardinality()];
    int count = 0;
    for (int row = alive.next(0); row >= 0; row = alive.next(row + 1)) {
      if (!expired.test(view.document(row))) {
        rows[count++] = row;
      }
    }
    return Arrays.copyOf(rows, count);
  }

  private static int[] compose(int[] order, int[] positions) {
    int[] result = new int[order.length];
    for (int i = 0; i < order.length; i++) {
      result[i] = positions[order[i]];
    }
    return result;
  }
}
