package io.elacsym.engine.namespace;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.ErrorKind;
import io.elacsym.api.index.TextToken;
import io.elacsym.engine.blob.WarmBudget;
import io.elacsym.engine.cas.Tagged;
import io.elacsym.engine.check.CheckedWrite;
import io.elacsym.engine.check.WriteCheck;
import io.elacsym.engine.leaf.LeafAnswer;
import io.elacsym.engine.leaf.LeafReply;
import io.elacsym.engine.leaf.LeafRequest;
import io.elacsym.engine.leaf.NamespaceLeaves;
import io.elacsym.engine.manifest.AddedIndexes;
import io.elacsym.engine.manifest.Manifest;
import io.elacsym.engine.manifest.SegmentEntry;
import io.elacsym.engine.model.AnalyzeRequest;
import io.elacsym.engine.model.Consistency;
import io.elacsym.engine.model.Deadline;
import io.elacsym.engine.model.DocId;
import io.elacsym.engine.model.Document;
import io.elacsym.engine.model.Namespace;
import io.elacsym.engine.model.NamespaceStats;
import io.elacsym.engine.model.NamespaceUse;
import io.elacsym.engine.model.Projection;
import io.elacsym.engine.model.QueryRequest;
import io.elacsym.engine.model.QueryResult;
import io.elacsym.engine.model.ReindexRequest;
import io.elacsym.engine.model.ReindexStatus;
import io.elacsym.engine.model.ScanPage;
import io.elacsym.engine.model.ScanRequest;
import io.elacsym.engine.model.Schema;
import io.elacsym.engine.model.SchemaChange;
import io.elacsym.engine.model.WriteRequest;
import io.elacsym.engine.model.WriteResult;
import io.elacsym.engine.query.SegmentAnswers;
import io.elacsym.engine.query.SnapshotReader;
import io.elacsym.engine.segment.Needs;
import io.elacsym.engine.settings.WriteSettings;
import io.elacsym.engine.snapshot.Snapshot;
import io.elacsym.engine.snapshot.State;
import io.elacsym.engine.task.Damage;
import io.elacsym.engine.task.LostRace;
import io.elacsym.engine.task.Parallel;
import io.elacsym.engine.task.ReadTrace;
import io.elacsym.engine.upkeep.IndexCensus;
import io.elacsym.engine.upkeep.ReindexRun;
import io.elacsym.engine.writer.Follower;
import io.elacsym.engine.writer.GroupCommit;
import io.elacsym.engine.writer.NamespaceContext;
import io.elacsym.engine.writer.Writer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.Supplier;

/** A namespace as this process has it open. */
final class OpenNamespace implements Namespace {
  /** How old the answers of eventual reads may be, as long as the storage can be reached. */
  private static final Duration MAX_STALENESS = Duration.ofSeconds(1);

  private final NamespaceContext context;
  private final Follower follower;
  private final Writer writer;
  private final Upkeep upkeep;
  private final Background background;
  private final GroupCommit commits;
  private final AtomicLong unflushedTotal;
  private final NamespaceLeaves leaves;

  private OpenNamespace(NamespaceContext context, Writer writer, AtomicLong unflushedTotal) {
    this.context = context;
    this.writer = writer;
    this.follower = writer.follower();
    this.unflushedTotal = unflushedTotal;
    this.upkeep = new Upkeep(context, writer);
    this.background = new Background(context, writer, upkeep);
    this.commits = new GroupCommit(context, writer);
    this.leaves = new NamespaceLeaves(context.seams(), context.name());
  }

  /**
   * Opens a namespace.
   *
   * @param manifest as just read, active
   * @param asked when it was asked for
   * @param needs what the first request will ask of the segments
   * @param unflushedTotal unflushed bytes of all open namespaces: what is written is added, and now
   *     and then they are counted
   */
  static OpenNamespace load(
      NamespaceContext context,
      Tagged<Manifest> manifest,
      Instant asked,
      Needs needs,
      AtomicLong unflushedTotal) {
    Follower follower = new Follower(context, manifest, asked, needs);
    return new OpenNamespace(context, new Writer(context, follower), unflushedTotal);
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
      long documents = new SnapshotReader(snapshot, context.plugins(), context.now()).documents();
      return new NamespaceStats(
          documents,
          snapshot.documents() - documents,
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
          manifest.life().createdAt(),
          background.troubles(),
          IndexCensus.of(manifest.segments(), context.plugins()),
          AddedIndexes.of(manifest));
    }
  }

  @Override
  public WriteResult write(WriteRequest request) {
    CheckedWrite checked = check(request);
    WriteSettings settings = context.settings().write();
    long memory = checked.memory();
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
    WriteResult result = commits.write(checked);
    // It is stored: if this life ends just now, it must not look as if nothing had happened.
    upkeep.wrote();
    State.LiveSize live = follower.filling();
    if (live.rows() >= settings.flushRows() || live.bytes() >= settings.flushBytes()) {
      background.flush();
    }
    return result;
  }

  /**
   * Refuses a write for which there is no room. While no more than half of the room is taken, any
   * write is let in, however large it is: else a very large one could never be made.
   */
  private void requireRoom(String whose, long unflushed, long more, String option, long limit) {
    if (unflushed > limit / 2 && unflushed + more > limit) {
      background.flush();
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

  /** What this process does with it now. */
  NamespaceUse use() {
    return new NamespaceUse(
        name(), writer.isWriter(), follower.knownSequence(), follower.unflushedBytes());
  }

  private CheckedWrite check(WriteRequest request) {
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
  public List<QueryResult> query(List<QueryRequest> requests) {
    boolean strong =
        requests.stream().anyMatch(request -> request.consistency() == Consistency.STRONG);
    return ReadTrace.inside(trace -> {
      see(strong ? Consistency.STRONG : Consistency.EVENTUAL);
      return firstQueries(requests);
    });
  }

  /** Answers the very request that opened this namespace: what it has just read is new enough. */
  List<QueryResult> firstQueries(List<QueryRequest> requests) {
    return answer(readers -> Parallel.map(requests, request -> readers.get().query(request)));
  }

  /** Answers the question of another process, or refuses to. */
  LeafReply answerLeaf(LeafRequest request) {
    return ReadTrace.inside(trace -> {
      Optional<LeafAnswer> answer = tryToAnswer(request);
      if (answer.isEmpty()
          && follower.state().manifest().content().version() < request.manifestVersion()) {
        follower.refresh();
        answer = tryToAnswer(request);
      }
      return new LeafReply(
          answer.orElseGet(() -> new LeafAnswer.Refused("it has another snapshot")), trace.cost());
    });
  }

  /** Empty when the segment that is asked about is not known here. */
  private Optional<LeafAnswer> tryToAnswer(LeafRequest request) {
    try (Snapshot snapshot = follower.snapshot()) {
      return snapshot.segments().stream()
          .map(Snapshot.SegmentView::segment)
          .filter(segment ->
              segment.entry().id().equals(request.segment())
                  && segment.digest().equals(request.digest()))
          .findFirst()
          .map(segment ->
              SegmentAnswers.answer(
                  segment,
                  snapshot.schema(),
                  context.plugins(),
                  request.question(segment.rowCount())));
    } finally {
      upkeep.rebuildLost();
    }
  }

  @Override
  public List<TextToken> analyze(AnalyzeRequest request) {
    return read(Consistency.EVENTUAL, reader -> reader.analyze(request));
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
    see(consistency);
    return answer(readers -> answer.apply(readers.get()));
  }

  private void see(Consistency consistency) {
    switch (consistency) {
      case STRONG -> follower.refresh();
      case EVENTUAL -> follower.refreshIfOlderThan(MAX_STALENESS);
    }
  }

  /**
   * Answers from one snapshot.
   *
   * @param answer is given what makes readers of it, one for each request
   */
  private <T> T answer(Function<Supplier<SnapshotReader>, T> answer) {
    try {
      return answerWhole(answer);
    } finally {
      upkeep.rebuildLost();
    }
  }

  private <T> T answerWhole(Function<Supplier<SnapshotReader>, T> answer) {
    try (Snapshot snapshot = follower.snapshot()) {
      Instant now = context.now();
      return answer.apply(
          () -> new SnapshotReader(snapshot, context.plugins(), now, leaves.of(snapshot)));
    } catch (RuntimeException e) {
      // If the namespace was closed or dropped meanwhile, the caller is told that, and not what the
      // read met because of it.
      follower.requireOpen();
      if (!(e instanceof ElacsymException known) || !Damage.is(known)) {
        throw e;
      }
    }
    // A slow read, or a stale one, may have missed objects that were deleted after their grace. The
    // second attempt has no leaves: what one of them found damaged may be whole here.
    follower.refresh();
    try (Snapshot snapshot = follower.snapshot()) {
      Instant now = context.now();
      return answer.apply(() -> new SnapshotReader(snapshot, context.plugins(), now));
    }
  }

  @Override
  public Schema changeSchema(SchemaChange change) {
    follower.refresh();
    Schema wanted = schema().with(change);
    if (!wanted.equals(schema())) {
      context.plugins().checkLanguages(wanted);
      LostRace.retried(() ->
          Deadline.whole(() -> {
            State state = writer.becomeWriter();
            writer.commitManifest(
                state,
                before ->
                    before.withContent(before.content().withSchema(before.schema().with(change))),
                state::committed);
            return state;
          }));
    }
    // Also when it is asked for again: perhaps what was begun has not come to its end.
    background.fillGaps();
    return schema();
  }

  @Override
  public void flush() {
    upkeep.flush();
  }

  @Override
  public void compact() {
    upkeep.compact();
  }

  @Override
  public ReindexStatus reindex(ReindexRequest request) {
    follower.refresh();
    ReindexRun run = upkeep.reindex(request);
    return request.awaited() ? run.result() : run.status();
  }

  @Override
  public Optional<ReindexStatus> reindexStatus() {
    follower.refresh();
    return upkeep.lastReindex().map(ReindexRun::status);
  }

  @Override
  public Optional<ReindexStatus> cancelReindex() {
    // First: also where the storage does not answer, and the caller waits for that in vain.
    upkeep.cancelReindex();
    return reindexStatus();
  }

  @Override
  public long warm() {
    follower.refresh();
    try (Snapshot snapshot = follower.snapshot()) {
      WarmBudget budget = context.blobs().warmBudget();
      snapshot.segments().forEach(view -> view.segment().warm(budget));
      return heldBytes(snapshot) + budget.taken();
    } finally {
      upkeep.rebuildLost();
    }
  }

  private static long heldBytes(Snapshot snapshot) {
    return snapshot.segments().stream().mapToLong(view -> view.segment().heldBytes()).sum();
  }

  /** Whether a stop of this process should flush it: it has writes, and they are its own. */
  boolean wantsLastFlush() {
    return follower.isOpen() && follower.state().hasUnflushed() && background.mayFlush();
  }

  Follower follower() {
    return follower;
  }

  Writer writer() {
    return writer;
  }

  Background background() {
    return background;
  }

  /** Makes a branch of what was written before this call, or of an earlier version. */
  void branch(NamespaceContext target, Optional<Long> version) {
    upkeep.branch(target, version);
  }

  /** Does something that changes the namespace from outside, while nothing here changes it. */
  <T> T alone(Supplier<T> action) {
    return upkeep.alone(action);
  }

  /** The same for what ends the life of this namespace: nobody needs what is being built. */
  <T> T last(Supplier<T> action) {
    background.cancel("the namespace is being deleted");
    return upkeep.last(action);
  }

  /** This life is over, or another object has taken its place: nothing more is built for it. */
  void giveUp() {
    background.cancel("the namespace is not used any more");
    upkeep.cancelReindex();
  }

  /** Waits a while for a flush that is about to commit, then closes. */
  void close() {
    upkeep.close();
  }
}
