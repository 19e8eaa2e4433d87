package io.elacsym.engine.namespace;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.ErrorKind;
import io.elacsym.engine.model.Deadline;
import io.elacsym.engine.model.ReindexRequest;
import io.elacsym.engine.past.Brancher;
import io.elacsym.engine.snapshot.State;
import io.elacsym.engine.task.Damage;
import io.elacsym.engine.task.Held;
import io.elacsym.engine.task.LostRace;
import io.elacsym.engine.upkeep.Compactor;
import io.elacsym.engine.upkeep.Flusher;
import io.elacsym.engine.upkeep.GapFiller;
import io.elacsym.engine.upkeep.IndexRebuilder;
import io.elacsym.engine.upkeep.IndexReplacer;
import io.elacsym.engine.upkeep.Layout;
import io.elacsym.engine.upkeep.MissingIndexes;
import io.elacsym.engine.upkeep.Reaper;
import io.elacsym.engine.upkeep.ReindexRun;
import io.elacsym.engine.upkeep.ReindexWish;
import io.elacsym.engine.upkeep.Reindexer;
import io.elacsym.engine.writer.Follower;
import io.elacsym.engine.writer.LostIndexes.Lost;
import io.elacsym.engine.writer.NamespaceContext;
import io.elacsym.engine.writer.Writer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/**
 * Everything that can be done to the objects of an open namespace, by request or by the clock. Safe
 * for use by many threads.
 */
final class Upkeep {
  private final NamespaceContext context;
  private final Follower follower;
  private final Writer writer;
  private final Layout layout = new Layout();
  private final Flusher flusher;
  private final Compactor compactor;
  private final Reaper reaper;
  private final IndexRebuilder rebuilder;
  private final Reindexer reindexer;
  private final GapFiller gaps;

  /** When the oldest write came that may still be unflushed. */
  private volatile Instant unflushedSince;

  Upkeep(NamespaceContext context, Writer writer) {
    this.context = context;
    this.writer = writer;
    this.follower = writer.follower();
    this.flusher = new Flusher(context, writer, layout);
    this.compactor = new Compactor(context, writer, layout);
    this.reaper = new Reaper(context, writer, layout);
    IndexReplacer replacer = new IndexReplacer(context, writer, layout);
    this.rebuilder = new IndexRebuilder(context, writer, replacer);
    this.reindexer = new Reindexer(context, writer, replacer);
    this.gaps = new GapFiller(context, writer, replacer);
    this.unflushedSince = follower.unflushedBytes() > 0 ? context.now() : Instant.MAX;
  }

  /** Something was written just now. */
  void wrote() {
    if (unflushedSince.equals(Instant.MAX)) {
      unflushedSince = context.now();
    }
  }

  /** Whether a write may have been unflushed for so long. */
  boolean isUnflushedFor(Duration age) {
    return !unflushedSince.equals(Instant.MAX) && context.now().isAfter(unflushedSince.plus(age));
  }

  void flush() {
    follower.refresh();
    Instant before = context.now();
    maintain(flusher::flush);
    if (unflushedSince.isBefore(before)) {
      unflushedSince = follower.unflushedBytes() > 0 ? before : Instant.MAX;
    }
  }

  /** Merges all segments into one, with what is unflushed. */
  void compact() {
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

  /** Merges what the plan asks for. */
  void merge() {
    maintain(() -> compactor.run(false));
  }

  /** Makes a branch of what was written before this call, or of an earlier version. */
  void branch(NamespaceContext target, Optional<Long> version) {
    follower.refresh();
    if (version.isEmpty()) {
      maintain(flusher::flush);
    }
    maintain(() -> {
      try (Held _ = layout.change()) {
        Deadline.whole(() -> {
          new Brancher(context, writer).branch(target, version);
          return true;
        });
      }
    });
  }

  /**
   * Does work on objects, again when another commit came between. If this process was fenced,
   * objects that it works on may be gone; that is no damage.
   */
  private void maintain(Runnable work) {
    LostRace.retried(() -> {
      tryToMaintain(work);
      return work;
    });
    rebuildLost();
  }

  private void tryToMaintain(Runnable work) {
    State before = follower.state();
    try {
      work.run();
    } catch (ElacsymException e) {
      if (!Damage.is(e) && e.kind() != ErrorKind.CONFLICT) {
        throw e;
      }
      if (Damage.is(e)) {
        follower.refresh();
      }
      // What it worked on is not what there is now.
      if (follower.state() == before) {
        throw e;
      }
      throw LostRace.of(context.name());
    }
  }

  /**
   * Starts to rebuild the indexes that were found lost since this was last called. Where another
   * node writes, it is the one to build them.
   */
  void rebuildLost() {
    if (follower.isOpen() && writer.mayWrite()) {
      rebuilder.startLost();
    }
  }

  /**
   * Looks for indexes that are gone, and starts to rebuild them.
   *
   * @return whether all are there
   */
  boolean rebuildMissing() {
    if (!writer.mayWrite()) {
      return false;
    }
    if (MissingIndexes.find(context, follower.state().manifest().content()).isEmpty()) {
      return true;
    }
    // What this process knew may have been old: then a newer manifest does not name them.
    follower.refresh();
    List<Lost> missing = MissingIndexes.find(context, follower.state().manifest().content());
    missing.forEach(rebuilder::start);
    return false;
  }

  /** Whether segments lack indexes that were added, and this process is the one to build them. */
  boolean hasGaps() {
    return follower.isOpen() && gaps.isNeeded() && writer.mayWrite();
  }

  /** Builds indexes that were added to attributes, for the segments that lack them. */
  void fillGaps() {
    maintain(gaps::fill);
  }

  /** Begins to give segments other indexes, or joins whoever does so. */
  ReindexRun reindex(ReindexRequest request) {
    return reindexer.start(
        ReindexWish.of(request, context.plugins(), follower.state().manifest().content().schema()));
  }

  /** The reindex that goes on, or else the last one. */
  Optional<ReindexRun> lastReindex() {
    return reindexer.last();
  }

  void cancelReindex() {
    reindexer.cancel();
  }

  /** Deletes what nothing needs. Readers leave this to the writer, unless there is none. */
  void reap() {
    // What a reader knows may be old: a writer may have deleted long ago what seems overdue here.
    if (!writer.isWriter() && !follower.tryToRefresh()) {
      return;
    }
    if (writer.isWriter() || reaper.isOverdue()) {
      reaper.collect();
      reaper.collectOrphans();
    }
  }

  /** Does something that changes the namespace from outside, while nothing here changes it. */
  <T> T alone(Supplier<T> action) {
    try (Held _ = layout.change();
        Held _ = writer.alone()) {
      return action.get();
    }
  }

  /** As {@link #alone} for what ends the life of the namespace, or its use by this process. */
  <T> T last(Supplier<T> action) {
    reindexer.cancel();
    try (Held _ = layout.lastChange(context.seams().tasks());
        Held _ = writer.alone()) {
      return action.get();
    }
  }

  /** Waits a while for a flush that is about to commit, then closes. */
  void close() {
    reindexer.cancel();
    try (Held _ = layout.lastChange(context.seams().tasks())) {
      follower.close();
    }
  }
}
