package io.elacsym.engine.namespace;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.ErrorKind;
import io.elacsym.engine.blob.WarmBudget;
import io.elacsym.engine.cas.Versioned;
import io.elacsym.engine.maintenance.Brancher;
import io.elacsym.engine.maintenance.Compactor;
import io.elacsym.engine.maintenance.Flusher;
import io.elacsym.engine.maintenance.IndexRebuilder;
import io.elacsym.engine.maintenance.Layout;
import io.elacsym.engine.maintenance.LostIndexes;
import io.elacsym.engine.maintenance.LostIndexes.Lost;
import io.elacsym.engine.maintenance.Reaper;
import io.elacsym.engine.manifest.Manifest;
import io.elacsym.engine.manifest.SegmentEntry;
import io.elacsym.engine.model.Attribute;
import io.elacsym.engine.model.Consistency;
import io.elacsym.engine.model.Deadline;
import io.elacsym.engine.model.DocId;
import io.elacsym.engine.model.Document;
import io.elacsym.engine.model.Footprint;
import io.elacsym.engine.model.Namespace;
import io.elacsym.engine.model.NamespaceStats;
import io.elacsym.engine.model.Projection;
import io.elacsym.engine.model.QueryRequest;
import io.elacsym.engine.model.QueryResult;
import io.elacsym.engine.model.ScanPage;
import io.elacsym.engine.model.ScanRequest;
import io.elacsym.engine.model.Schema;
import io.elacsym.engine.model.WriteRequest;
import io.elacsym.engine.model.WriteResult;
import io.elacsym.engine.query.SnapshotReader;
import io.elacsym.engine.segment.Needs;
import io.elacsym.engine.settings.EngineSettings;
import io.elacsym.engine.snapshot.Snapshot;
import io.elacsym.engine.snapshot.State;
import io.elacsym.engine.task.ReadTrace;
import io.elacsym.engine.write.GroupCommit;
import io.elacsym.engine.write.WriteCheck;
import io.elacsym.engine.writer.Follower;
import io.elacsym.engine.writer.LostRace;
import io.elacsym.engine.writer.NamespaceContext;
import io.elacsym.engine.writer.Writer;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.Supplier;

/** A namespace as this process has it open. */
final class OpenNamespace implements Namespace {
  private static final System.Logger LOG = System.getLogger(OpenNamespace.class.getName());

  /** How old the answers of eventual reads may be, as long as the storage can be reached. */
  private static final Duration MAX_STALENESS = Duration.ofSeconds(1);

  private final NamespaceContext context;
  private final Follower follower;
  private final Writer writer;
  private final GroupCommit commits;
  private final Flusher flusher;
  private final Compactor compactor;
  private final Reaper reaper;
  private final IndexRebuilder rebuilder;
  private final Layout layout;
  private final AtomicLong unflushedTotal;
  private final AtomicBoolean flushing = new AtomicBoolean();
  private final AtomicBoolean compacting = new AtomicBoolean();
  private final AtomicBoolean reaping = new AtomicBoolean();
  private final AtomicBoolean lookingForIndexes = new AtomicBoolean();

  /** When the oldest write came that may still be unflushed. */
  private volatile Instant unflushedSince = Instant.MAX;

  private volatile Instant compactionDue;
  private volatile Instant orphansDue;

  /** When to look whether all indexes are there: once it is open, and again when some were not. */
  private volatile Instant indexesDue = Instant.MIN;

  /**
   * @param manifest as just read, active
   * @param asked when it was asked for
   * @param needs what the first request will ask of the segments
   * @param unflushedTotal unflushed bytes of all open namespaces: what is written is added, and now
   *     and then they are counted
   */
  OpenNamespace(
      NamespaceContext context,
      Versioned<Manifest> manifest,
      Instant asked,
      Needs needs,
      AtomicLong unflushedTotal) {
    this.context = context;
    this.unflushedTotal = unflushedTotal;
    this.layout = new Layout();
    IndexRebuilder[] built = new IndexRebuilder[1];
    this.follower =
        new Follower(
            context,
            manifest,
            asked,
            needs,
            (segment, index) -> built[0].start(segment.entry().id(), index));
    this.writer = new Writer(context, follower);
    this.rebuilder = new IndexRebuilder(context, writer, layout);
    built[0] = rebuilder;
    this.flusher = new Flusher(context, writer, layout);
    this.compactor = new Compactor(context, writer, layout);
    this.reaper = new Reaper(context, writer, layout);
    this.commits =
        new GroupCommit(
            context.seams().tasks(),
            context.name(),
            context.settings().write().linger(),
            context.settings().write().maxCommitBytes(),
            writer::commit);
    Instant now = context.now();
    this.compactionDue = now.plus(context.settings().compaction().interval());
    this.orphansDue = now.plus(context.settings().reaperGrace());
    if (follower.state().unflushedBytes() > 0) {
      unflushedSince = now;
    }
  }

  @Override
  public String name() {
    return context.name();
  }

  @Override
  public Schema schema() {
    return follower.state().manifest().content().schema();
  }

  @Override
  public NamespaceStats stats() {
    follower.refresh();
    try (Snapshot snapshot = follower.snapshot()) {
      Manifest manifest = snapshot.manifest();
      long segmentRows = manifest.segments().stream().mapToLong(SegmentEntry::rows).sum();
      long aliveInSegments =
          snapshot.segments().stream().mapToLong(view -> view.alive().cardinality()).sum();
      return new NamespaceStats(
          snapshot.documents(),
          manifest.segments().size(),
          segmentRows,
          segmentRows - aliveInSegments,
          snapshot.documents() - aliveInSegments,
          manifest.segments().stream().mapToLong(SegmentEntry::bytes).sum(),
          follower.state().unflushedBytes(),
          heldBytes(snapshot),
          manifest.version(),
          manifest.epoch(),
          snapshot.sequence(),
          manifest.life().createdAt());
    }
  }

  @Override
  public WriteResult write(WriteRequest request) {
    long bytes = check(request);
    EngineSettings.Write settings = context.settings().write();
    long memory = Math.max(bytes, request.operations().stream().mapToLong(Footprint::of).sum());
    requireRoom(
        "namespace '" + context.name() + "' has ",
        unflushedBytes(),
        memory,
        "write.max_unflushed_bytes",
        settings.maxUnflushedBytes());
    requireRoom(
        "the namespaces of this server have ",
        unflushedTotal.get(),
        memory,
        "write.max_unflushed_total",
        settings.maxUnflushedTotal());
    unflushedTotal.addAndGet(memory);
    WriteResult result = commits.write(request, bytes);
    // It is stored: if this life ends just now, it must not look as if nothing had happened.
    if (unflushedSince.equals(Instant.MAX)) {
      unflushedSince = context.now();
    }
    State.LiveSize live = follower.filling();
    if (live.rows() >= settings.flushRows() || live.bytes() >= settings.flushBytes()) {
      flushInBackground();
    }
    return result;
  }

  /** Half of the room is for whoever comes, however much it brings: it could never come else. */
  private void requireRoom(String whose, long unflushed, long more, String option, long limit) {
    if (unflushed > limit / 2 && unflushed + more > limit) {
      flushInBackground();
      throw new ElacsymException(
          ErrorKind.OVERLOADED,
          whose
              + unflushed
              + " unflushed bytes and would have "
              + (unflushed + more)
              + ", more than "
              + option
              + " = "
              + limit
              + "; try again shortly");
    }
  }

  /** Bytes of writes that only the WAL and the memory of this process hold. */
  long unflushedBytes() {
    return follower.unflushedBytes();
  }

  private long check(WriteRequest request) {
    try {
      return WriteCheck.check(request, schema(), follower.state().idKind());
    } catch (ElacsymException e) {
      if (e.kind() != ErrorKind.INVALID_REQUEST) {
        throw e;
      }
      // Another process may have added the attribute that is unknown here.
      follower.refresh();
      return WriteCheck.check(request, schema(), follower.state().idKind());
    }
  }

  @Override
  public QueryResult query(QueryRequest request) {
    return ReadTrace.inside(trace -> read(request.consistency(), reader -> reader.query(request)));
  }

  /** Answers the very request that opened this namespace: what it has just read is new enough. */
  QueryResult firstQuery(QueryRequest request) {
    return answer(reader -> reader.query(request));
  }

  @Override
  public Optional<Document> get(DocId id, Projection projection) {
    return read(Consistency.STRONG, reader -> reader.get(id, projection));
  }

  @Override
  public ScanPage scan(ScanRequest request) {
    return read(request.consistency(), reader -> reader.scan(request));
  }

  private <T> T read(Consistency consistency, Function<SnapshotReader, T> answer) {
    switch (consistency) {
      case STRONG -> follower.refresh();
      case EVENTUAL -> follower.refreshIfOlderThan(MAX_STALENESS);
    }
    return answer(answer);
  }

  private <T> T answer(Function<SnapshotReader, T> answer) {
    try (Snapshot snapshot = follower.snapshot()) {
      return answer.apply(new SnapshotReader(snapshot, context.plugins()));
    } catch (RuntimeException e) {
      // What closing or dropping does to reads under way is no fault of theirs.
      follower.requireOpen();
      if (!(e instanceof ElacsymException known) || known.kind() != ErrorKind.CORRUPT) {
        throw e;
      }
    }
    // A slow read, or a stale one, may have missed objects that were deleted after their grace.
    follower.refresh();
    try (Snapshot snapshot = follower.snapshot()) {
      return answer.apply(new SnapshotReader(snapshot, context.plugins()));
    }
  }

  @Override
  public Schema addAttributes(Map<String, Attribute> attributes) {
    follower.refresh();
    Schema wanted = schema().with(attributes);
    if (!wanted.equals(schema())) {
      Namespaces.checkLanguages(wanted, context.plugins());
      State changed =
          LostRace.retried(() ->
              Deadline.whole(() -> {
                State state = writer.becomeWriter();
                writer.commitManifest(
                    state,
                    before ->
                        before.withContent(
                            before.content().withSchema(before.schema().with(attributes))),
                    state::committed);
                return state;
              }));
      return changed.manifest().content().schema();
    }
    return schema();
  }

  @Override
  public void flush() {
    follower.refresh();
    Instant before = context.now();
    maintain(flusher::flush);
    if (unflushedSince.isBefore(before)) {
      unflushedSince = follower.unflushedBytes() > 0 ? before : Instant.MAX;
    }
  }

  @Override
  public void compact() {
    flush();
    AtomicBoolean again = new AtomicBoolean();
    maintain(() -> {
      // A merge takes long: when something has come between, the next one is alone.
      if (again.getAndSet(true)) {
        compactor.runAlone(true);
      } else {
        compactor.run(true);
      }
    });
  }

  /**
   * Does work on objects, again when another commit came between. Those of a process that was
   * fenced may be gone; that is no damage.
   */
  private void maintain(Runnable work) {
    LostRace.retried(() -> {
      tryToMaintain(work);
      return work;
    });
  }

  private void tryToMaintain(Runnable work) {
    State before = follower.state();
    try {
      work.run();
    } catch (ElacsymException e) {
      if (e.kind() != ErrorKind.CORRUPT && e.kind() != ErrorKind.CONFLICT) {
        throw e;
      }
      if (e.kind() == ErrorKind.CORRUPT) {
        follower.refresh();
      }
      // What it worked on is not what there is now.
      if (follower.state() == before) {
        throw e;
      }
      throw LostRace.of(context.name());
    }
  }

  @Override
  public long warm() {
    follower.refresh();
    try (Snapshot snapshot = follower.snapshot()) {
      WarmBudget budget = context.blobs().warmBudget();
      snapshot.segments().forEach(view -> view.segment().warm(budget));
      return heldBytes(snapshot) + budget.taken();
    }
  }

  private static long heldBytes(Snapshot snapshot) {
    return snapshot.segments().stream().mapToLong(view -> view.segment().heldBytes()).sum();
  }

  void flushInBackground() {
    background(
        "flush",
        flushing,
        () -> {
          flush();
          compactIfWanted();
        });
  }

  private void compactIfWanted() {
    if (context.settings().compaction().enabled()) {
      background("compaction", compacting, () -> maintain(() -> compactor.run(false)));
    }
  }

  /** What is due by the clock; called about once a second. */
  void tick() {
    Instant now = context.now();
    Duration flushAge = context.settings().write().flushAge();
    // On shared storage the rows may be another process's, which would be fenced by our flush.
    boolean mayFlush = writer.isWriter() || !context.storage().capabilities().shared();
    if (mayFlush
        && !unflushedSince.equals(Instant.MAX)
        && now.isAfter(unflushedSince.plus(flushAge))) {
      flushInBackground();
    }
    if (now.isAfter(orphansDue)) {
      orphansDue = now.plus(context.settings().reaperGrace());
      background("reaper", reaping, this::reap);
    }
    if (now.isAfter(indexesDue)) {
      // Again, unless this look comes to an end.
      indexesDue = now.plus(context.settings().reaperGrace());
      background("look at indexes", lookingForIndexes, this::rebuildLostIndexes);
    }
    if (writer.isWriter()) {
      if (now.isAfter(compactionDue)) {
        compactionDue = now.plus(context.settings().compaction().interval());
        compactIfWanted();
      }
    }
  }

  private void rebuildLostIndexes() {
    List<Lost> lost = LostIndexes.find(context, follower.state().manifest().content());
    if (lost.isEmpty()) {
      indexesDue = Instant.MAX;
      return;
    }
    // What this process knew may have been old: then a newer manifest does not name them.
    follower.refresh();
    for (Lost index : LostIndexes.find(context, follower.state().manifest().content())) {
      rebuilder.start(index.segmentId(), index.index());
    }
    indexesDue = context.now().plus(context.settings().reaperGrace());
  }

  /** Readers leave this to the writer, unless there is none. */
  private void reap() {
    // What a reader knows may be old: a writer may have deleted long ago what seems overdue here.
    if (!writer.isWriter() && !follower.tryToRefresh()) {
      return;
    }
    if (writer.isWriter() || reaper.isOverdue()) {
      reaper.collect();
      reaper.collectOrphans();
    }
  }

  /** Runs one task of a kind at a time; a failure is logged and the next occasion tries again. */
  private void background(String kind, AtomicBoolean busy, Runnable task) {
    if (!busy.compareAndSet(false, true)) {
      return;
    }
    context
        .seams()
        .tasks()
        .start(
            "elacsym-" + kind + "-" + context.name(),
            () -> {
              try {
                context.turns().run(kind, task);
              } catch (ElacsymException e) {
                LOG.log(
                    levelOf(e),
                    "namespace %s: %s failed and will be tried again: %s"
                        .formatted(context.name(), kind, e.forOperators()),
                    e.kind() == ErrorKind.INTERNAL ? e : null);
              } catch (RuntimeException e) {
                // Work under way when the storage is closed fails in its own way.
                LOG.log(
                    follower.isOpen() ? Level.ERROR : Level.DEBUG,
                    "namespace %s: %s failed".formatted(context.name(), kind),
                    e);
              } finally {
                busy.set(false);
              }
            });
  }

  /** What a stop of this process breaks off is no news. */
  private Level levelOf(ElacsymException e) {
    if (e.kind() == ErrorKind.INTERNAL) {
      return Level.ERROR;
    }
    return context.plugins().isStopping() ? Level.DEBUG : Level.WARNING;
  }

  /** Whether a stop of this process should flush it: it has writes, and they are its own. */
  boolean wantsLastFlush() {
    return follower.isOpen()
        && follower.state().hasUnflushed()
        && (writer.isWriter() || !context.storage().capabilities().shared());
  }

  Follower follower() {
    return follower;
  }

  Writer writer() {
    return writer;
  }

  /** Makes a branch of what was written before this call, or of an earlier version. */
  void branch(NamespaceContext target, Optional<Long> version) {
    follower.refresh();
    if (version.isEmpty()) {
      maintain(flusher::flush);
    }
    maintain(() ->
        layout.change(() ->
            Deadline.whole(() -> {
              new Brancher(context, writer).branch(target, version);
              return true;
            })));
  }

  /** Does something that changes the namespace from outside, while nothing here changes it. */
  <T> T alone(Supplier<T> action) {
    List<T> result = new ArrayList<>();
    layout.change(() -> result.add(writer.alone(action)));
    return result.getFirst();
  }

  /** Waits for a flush that is about to commit, then closes. */
  void close() {
    layout.change(() -> {
      follower.close();
      return true;
    });
  }
}
