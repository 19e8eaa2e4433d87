package io.elacsym.engine.upkeep;

import io.elacsym.api.index.RowSet;
import io.elacsym.engine.filter.SegmentFilter;
import io.elacsym.engine.filter.TypedFilter;
import io.elacsym.engine.manifest.Manifest;
import io.elacsym.engine.manifest.SegmentEntry;
import io.elacsym.engine.model.Schema;
import io.elacsym.engine.segment.OpenSegment;
import io.elacsym.engine.segment.SegmentBuilder.Built;
import io.elacsym.engine.segment.SegmentRows;
import io.elacsym.engine.segment.TombstoneCodec;
import io.elacsym.engine.snapshot.Snapshot;
import io.elacsym.engine.snapshot.Snapshot.SegmentView;
import io.elacsym.engine.snapshot.State;
import io.elacsym.engine.snapshot.State.RowOrigin;
import io.elacsym.engine.task.Held;
import io.elacsym.engine.writer.NamespaceContext;
import io.elacsym.engine.writer.Writer;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Merges segments into one without their deleted rows. Reads, writes and flushes go on meanwhile;
 * rows that are deleted during the merge become tombstones of the new segment.
 */
public final class Compactor {
  private static final System.Logger LOG = System.getLogger(Compactor.class.getName());

  private final NamespaceContext context;
  private final Writer writer;
  private final Layout layout;
  private final ReentrantLock oneAtATime = new ReentrantLock();

  public Compactor(NamespaceContext context, Writer writer, Layout layout) {
    this.context = context;
    this.writer = writer;
    this.layout = layout;
  }

  /**
   * As {@link #run}, while nothing else of this process changes which segments there are: for when
   * others keep coming between.
   */
  public void runAlone(boolean everything) {
    try (Held _ = Held.of(oneAtATime);
        Held _ = layout.change()) {
      run(everything);
    }
  }

  /** Carries out plans until there is nothing to do. */
  public void run(boolean everything) {
    try (Held _ = Held.of(oneAtATime)) {
      String before = "";
      while (true) {
        Manifest manifest = writer.follower().state().manifest().content();
        CompactionPlan plan =
            everything
                ? CompactionPlan.everything(
                    manifest,
                    context.settings().compaction(),
                    context.plugins()::canRead,
                    expired())
                : CompactionPlan.next(manifest, context.settings().compaction(), expired());
        // If the result of a plan leads to the same plan again, this would never end.
        if (plan.isEmpty() || plan.toString().equals(before)) {
          return;
        }
        before = plan.toString();
        merge(plan);
        if (everything) {
          return;
        }
      }
    }
  }

  /** How many live rows of each segment are expired for so long that they can go. */
  private Map<String, Integer> expired() {
    try (Snapshot snapshot = writer.follower().snapshot()) {
      State state = writer.follower().state();
      Optional<TypedFilter> expired = context.longExpired(snapshot.schema());
      Map<String, Integer> rows = new HashMap<>();
      expired.ifPresent(filter ->
          snapshot
              .segments()
              .forEach(view ->
                  rows.put(
                      view.segment().entry().id(),
                      expired(view.segment(), filter)
                          .and(state.storedAlive(view.segment()))
                          .cardinality())));
      return rows;
    }
  }

  private void merge(CompactionPlan plan) {
    String segmentId = layout.newSegmentId(context);
    try {
      merge(plan, segmentId);
      context.counters().compaction();
    } finally {
      layout.done(segmentId);
    }
  }

  private void merge(CompactionPlan plan, String segmentId) {
    writer.becomeWriter();
    try (Snapshot snapshot = writer.follower().snapshot()) {
      State state = writer.follower().state();
      List<OpenSegment> inputs =
          snapshot.segments().stream()
              .map(SegmentView::segment)
              .filter(segment -> plan.segments().contains(segment.entry().id()))
              .toList();
      if (inputs.size() != plan.segments().size()) {
        return;
      }
      long started = context.seams().clock().millis();
      List<SegmentRows.Part> parts =
          inputs.stream()
              .map(input ->
                  new SegmentRows.Part(
                      input, unexpired(input, snapshot.schema(), state.storedAlive(input))))
              .toList();
      Optional<Built> built = build(snapshot, parts, segmentId);
      List<RowOrigin> origins = built.map(b -> origins(parts, b.order())).orElse(List.of());
      try (Held _ = layout.change()) {
        commit(state, snapshot.schema(), inputs, built, origins);
      }
      LOG.log(
          Level.INFO,
          "namespace {0}: merged {1} segments into {2} rows in {3} ms: {4}",
          context.name(),
          inputs.size(),
          origins.size(),
          context.seams().clock().millis() - started,
          plan.reason());
    }
  }

  private static RowSet expired(OpenSegment segment, TypedFilter filter) {
    return segment.indexes().despiteDamage(() -> SegmentFilter.rows(filter, segment));
  }

  private RowSet unexpired(OpenSegment segment, Schema schema, RowSet alive) {
    return context
        .longExpired(schema)
        .map(filter -> alive.andNot(expired(segment, filter)))
        .orElse(alive);
  }

  private Optional<Built> build(Snapshot snapshot, List<SegmentRows.Part> parts, String segmentId) {
    if (parts.stream().allMatch(part -> part.keep().isEmpty())) {
      return Optional.empty();
    }
    try (SegmentRows rows =
        SegmentRows.merge(parts, snapshot.schema(), context.blobs().scratch())) {
      Built built = context.builder().build(segmentId, rows);
      context.counters().compacted(built.entry().bytes());
      return Optional.of(built);
    }
  }

  private static List<RowOrigin> origins(List<SegmentRows.Part> parts, int[] order) {
    List<RowOrigin> positions = new ArrayList<>(order.length);
    for (int input = 0; input < parts.size(); input++) {
      RowSet keep = parts.get(input).keep();
      for (int row = keep.next(0); row >= 0; row = keep.next(row + 1)) {
        positions.add(new RowOrigin(input, row));
      }
    }
    List<RowOrigin> origins = new ArrayList<>(order.length);
    for (int position : order) {
      origins.add(positions.get(position));
    }
    return origins;
  }

  private void commit(
      State state,
      Schema schema,
      List<OpenSegment> inputs,
      Optional<Built> built,
      List<RowOrigin> origins) {
    Optional<SegmentEntry> output = built.map(b -> withLateDeletes(state, inputs, b, origins));
    Optional<OpenSegment> opened = output.map(writer.follower()::open);
    try {
      Optional<SegmentView> view = opened.map(o -> new SegmentView(o, o.storedLive()));
      List<String> ids = inputs.stream().map(input -> input.entry().id()).toList();
      writer.commitManifest(
          state,
          before -> {
            context.requireSameTimeToLive(schema, before.schema());
            List<SegmentEntry> segments = new ArrayList<>(before.segments());
            segments.removeIf(segment -> ids.contains(segment.id()));
            output.ifPresent(merged -> segments.add(merged.after(schema, before.schema())));
            return before.withContent(before.content().withSegments(segments));
          },
          committed -> state.compacted(committed, inputs, view, origins));
    } finally {
      opened.ifPresent(OpenSegment::release);
    }
  }

  /** Rows that flushes have deleted in the inputs since the merge began are dead in the output. */
  private SegmentEntry withLateDeletes(
      State state, List<OpenSegment> inputs, Built built, List<RowOrigin> origins) {
    List<RowSet> storedNow = inputs.stream().map(state::storedAlive).toList();
    BitSet alive = new BitSet(origins.size());
    for (int row = 0; row < origins.size(); row++) {
      alive.set(row, storedNow.get(origins.get(row).input()).contains(origins.get(row).row()));
    }
    if (alive.cardinality() == origins.size()) {
      return built.entry();
    }
    return built
        .entry()
        .withTombstones(
            Optional.of(
                TombstoneCodec.store(
                    context.blobs(),
                    context.name(),
                    built.entry().id(),
                    context.seams().ids().get(),
                    RowSet.of(origins.size(), alive))));
  }
}
