package io.elacsym.engine.snapshot;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.index.RowSet;
import io.elacsym.engine.cas.Tagged;
import io.elacsym.engine.live.AliveRows;
import io.elacsym.engine.live.LiveBuffer;
import io.elacsym.engine.live.LiveView;
import io.elacsym.engine.manifest.Manifest;
import io.elacsym.engine.model.DocId;
import io.elacsym.engine.model.Schema;
import io.elacsym.engine.plugin.Plugins;
import io.elacsym.engine.segment.OpenSegment;
import io.elacsym.engine.snapshot.Snapshot.SegmentView;
import io.elacsym.engine.wal.WalEntry;
import io.elacsym.engine.wal.WalEntry.Change;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * The moving state of one open namespace: a manifest, its open segments with the rows that are
 * alive, and the live buffers. Every method holds one lock for a short time and does no I/O; {@link
 * #snapshot} gives what readers use.
 *
 * <p>Invariant: of two rows with one id, in segments and buffers, at most one is alive.
 */
public final class State {
  /** A segment and its two notions of alive: as committed, and as of the last WAL entry. */
  private static final class SegmentState {
    private final OpenSegment segment;
    private final RowSet stored;
    private final AliveRows alive;

    SegmentState(OpenSegment segment, RowSet stored, RowSet alive) {
      this.segment = segment;
      this.stored = stored;
      this.alive = new AliveRows(alive);
    }
  }

  private final Plugins plugins;
  private Tagged<Manifest> manifest;
  private List<SegmentState> segments;
  private final List<LiveBuffer> buffers = new ArrayList<>();
  private long sequence;
  private volatile Snapshot current;
  private volatile boolean closed;

  /**
   * @param segments one for each entry of the manifest, in its order, retained for this state, with
   *     the rows that are alive by their tombstones
   */
  public State(Plugins plugins, Tagged<Manifest> manifest, List<SegmentView> segments) {
    this.plugins = plugins;
    this.manifest = manifest;
    this.segments = new ArrayList<>();
    for (SegmentView view : segments) {
      this.segments.add(new SegmentState(view.segment(), view.alive(), view.alive()));
    }
    Manifest content = manifest.content();
    this.sequence = content.walFloor() - 1;
    buffers.add(new LiveBuffer(plugins, content.schema(), content.walFloor()));
    this.current = publish();
  }

  /**
   * The latest snapshot, with its segments retained: close it after use. Empty when this state is
   * closed, because another one has taken its place or the namespace is gone.
   */
  public Optional<Snapshot> snapshot() {
    while (!closed) {
      Snapshot latest = current;
      if (latest.retain()) {
        return Optional.of(latest);
      }
      // Its segments were closed between reading and retaining: a newer snapshot is there.
      Thread.onSpinWait();
    }
    return Optional.empty();
  }

  /** The latest manifest known. */
  public synchronized Tagged<Manifest> manifest() {
    return manifest;
  }

  /** The last WAL entry applied. */
  public synchronized long sequence() {
    return sequence;
  }

  /** Bytes that are not in segments: of WAL entries, or of memory if that is more. */
  public synchronized long unflushedBytes() {
    return buffers.stream().mapToLong(LiveBuffer::bytes).sum();
  }

  /** Rows and bytes of the buffer that is being filled. */
  public synchronized LiveSize filling() {
    return new LiveSize(buffers.getLast().rows(), buffers.getLast().bytes());
  }

  /** Whether there is anything for a flush to do. */
  public synchronized boolean hasUnflushed() {
    return sequence >= buffers.getFirst().firstSequence();
  }

  /** Size of a live buffer. */
  public record LiveSize(int rows, long bytes) {
    public static final LiveSize NOTHING = new LiveSize(0, 0);
  }

  /** What ids are in this namespace, once there are any. */
  public synchronized Optional<DocId.Kind> idKind() {
    return currentIdKind();
  }

  private Optional<DocId.Kind> currentIdKind() {
    return Stream.concat(
            manifest.content().idKind().stream(),
            buffers.stream().flatMap(buffer -> buffer.idKind().stream()))
        .findFirst();
  }

  /**
   * Applies a durable entry, unless that was done before.
   *
   * @param bytes size of the WAL object
   */
  public synchronized void apply(WalEntry entry, long bytes) {
    if (entry.sequence() <= sequence) {
      return;
    }
    LiveBuffer filling = buffers.getLast();
    for (Change change : entry.changes()) {
      remove(change.id());
      if (change instanceof Change.Put put) {
        filling.append(put.document());
      }
    }
    filling.addBytes(bytes);
    sequence = entry.sequence();
    current = publish();
  }

  /** Goes past a number whose entry is damaged or dead. */
  public synchronized void skip(long deadSequence) {
    sequence = Math.max(sequence, deadSequence);
    current = publish();
  }

  private void remove(DocId id) {
    for (LiveBuffer buffer : buffers.reversed()) {
      if (buffer.remove(id)) {
        return;
      }
    }
    for (SegmentState state : segments) {
      OptionalInt row = state.segment.ids().row(id);
      if (row.isPresent() && state.alive.remove(row.getAsInt())) {
        return;
      }
    }
  }

  /**
   * What a flush starts from.
   *
   * @param view the frozen rows
   * @param lastSequence the last WAL entry they include
   * @param aliveStored rows alive in each segment at that entry, by segment id
   */
  public record Frozen(LiveView view, long lastSequence, List<SegmentView> aliveStored) {}

  /**
   * Freezes the buffer being filled and starts a new one. The frozen rows are searched as before
   * until {@link #flushed} replaces them. At most one buffer is frozen at a time.
   *
   * @return empty when there is nothing to flush
   */
  public synchronized Optional<Frozen> freeze() {
    if (buffers.size() > 1) {
      throw new IllegalStateException("a flush is under way");
    }
    LiveBuffer filling = buffers.getLast();
    if (sequence < filling.firstSequence()) {
      return Optional.empty();
    }
    buffers.add(new LiveBuffer(plugins, manifest.content().schema(), sequence + 1));
    current = publish();
    return Optional.of(new Frozen(filling.view(), sequence, segmentViews()));
  }

  /** Gives up a flush: the frozen rows and those after them are one buffer again. */
  public synchronized void unfreeze() {
    if (buffers.size() < 2) {
      return;
    }
    LiveBuffer first = buffers.removeFirst();
    LiveBuffer second = buffers.removeFirst();
    LiveView later = second.view();
    // Rows that the later buffer killed are dead in the first one already.
    for (int row = later.alive().next(0); row >= 0; row = later.alive().next(row + 1)) {
      first.append(later.document(row));
    }
    first.addEntriesOf(second);
    buffers.add(first);
    current = publish();
  }

  /**
   * Takes over a committed flush.
   *
   * @param committed the manifest
   * @param segment the new segment, which this state retains; empty when no frozen row was alive
   * @param frozenRowOf for each row of the segment the frozen row it was
   * @param storedAlive committed alive rows of the older segments, in their order
   */
  public synchronized void flushed(
      Tagged<Manifest> committed,
      Optional<OpenSegment> segment,
      int[] frozenRowOf,
      List<RowSet> storedAlive) {
    LiveBuffer frozen = buffers.removeFirst();
    List<SegmentState> next = new ArrayList<>();
    for (int i = 0; i < segments.size(); i++) {
      SegmentState before = segments.get(i);
      next.add(new SegmentState(before.segment, storedAlive.get(i), before.alive.publish()));
    }
    segment.ifPresent(opened -> {
      retain(opened);
      RowSet stillAlive = frozen.view().alive();
      AliveRows alive = new AliveRows(RowSet.all(opened.rowCount()));
      for (int row = 0; row < frozenRowOf.length; row++) {
        if (!stillAlive.contains(frozenRowOf[row])) {
          alive.remove(row);
        }
      }
      next.add(new SegmentState(opened, RowSet.all(opened.rowCount()), alive.publish()));
    });
    manifest = committed;
    segments = next;
    current = publish();
  }

  /**
   * Takes over a committed compaction.
   *
   * @param inputs the segments that were merged; other indexes may have been built of them since
   * @param output the new one, which this state retains, with the rows that are alive by its
   *     tombstones; empty when nothing was alive
   * @param sources for each row of the output the input segment (by position) and its row
   */
  public synchronized void compacted(
      Tagged<Manifest> committed,
      List<OpenSegment> inputs,
      Optional<SegmentView> output,
      List<RowOrigin> sources) {
    List<SegmentState> merged = inputs.stream().map(this::stateOf).toList();
    List<SegmentState> next = new ArrayList<>(segments);
    next.removeAll(merged);
    output.ifPresent(view -> {
      OpenSegment opened = view.segment();
      retain(opened);
      AliveRows alive = new AliveRows(RowSet.all(opened.rowCount()));
      for (int row = 0; row < sources.size(); row++) {
        RowOrigin origin = sources.get(row);
        if (!merged.get(origin.input()).alive.contains(origin.row())) {
          alive.remove(row);
        }
      }
      next.add(new SegmentState(opened, view.alive(), alive.publish()));
    });
    manifest = committed;
    segments = next;
    current = publish();
    merged.forEach(state -> state.segment.release());
  }

  /**
   * Where a row of a merged segment came from.
   *
   * @param input position among the merged segments
   * @param row in that segment
   */
  public record RowOrigin(int input, int row) {}

  /** By its id, because a segment is opened anew when it gets other indexes; its rows stay. */
  private SegmentState stateOf(OpenSegment segment) {
    String id = segment.entry().id();
    return segments.stream()
        .filter(state -> state.segment.entry().id().equals(id))
        .findFirst()
        .orElseThrow(() -> ElacsymException.conflict("segment " + id + " is gone"));
  }

  /** Committed alive rows of a segment; what the next tombstones build on. */
  public synchronized RowSet storedAlive(OpenSegment segment) {
    return stateOf(segment).stored;
  }

  /** Takes over a manifest that changed neither rows nor segments. */
  public synchronized void committed(Tagged<Manifest> changed) {
    Schema before = manifest.content().schema();
    manifest = changed;
    if (!changed.content().schema().equals(before)) {
      buffers.forEach(buffer -> buffer.extend(changed.content().schema()));
    }
    current = publish();
  }

  /**
   * Puts a newly opened segment, which this state retains, in place of itself with other indexes.
   */
  public synchronized void reindexed(Tagged<Manifest> committed, OpenSegment after) {
    SegmentState before = stateOf(after);
    retain(after);
    List<SegmentState> next = new ArrayList<>(segments);
    next.set(
        segments.indexOf(before), new SegmentState(after, before.stored, before.alive.publish()));
    manifest = committed;
    segments = next;
    current = publish();
    before.segment.release();
  }

  private static void retain(OpenSegment opened) {
    if (!opened.retain()) {
      throw new IllegalStateException("segment " + opened.entry().id() + " is closed");
    }
  }

  private Snapshot publish() {
    return new Snapshot(
        manifest.content(),
        segmentViews(),
        buffers.stream().map(LiveBuffer::view).toList(),
        currentIdKind(),
        sequence);
  }

  private List<SegmentView> segmentViews() {
    return segments.stream()
        .map(state -> new SegmentView(state.segment, state.alive.publish()))
        .toList();
  }

  /** Closes what is open, once its last reader is done. Snapshots cannot be taken afterwards. */
  public synchronized void close() {
    closed = true;
    segments.forEach(state -> state.segment.release());
    segments = List.of();
  }
}
