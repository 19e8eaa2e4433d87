package io.elacsym.engine.namespace;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.ErrorKind;
import io.elacsym.engine.model.Deadline;
import io.elacsym.engine.model.Trouble;
import io.elacsym.engine.writer.NamespaceContext;
import io.elacsym.engine.writer.Writer;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The upkeep of an open namespace by the clock, one task of a kind at a time. */
final class Background {
  private static final System.Logger LOG = System.getLogger(Background.class.getName());

  private final NamespaceContext context;
  private final Writer writer;
  private final Upkeep upkeep;
  private final Repeated flushing = new Repeated("flush");
  private final Repeated compacting = new Repeated("compaction");
  private final Repeated reaping = new Repeated("reaper");
  private final Repeated lookingForIndexes = new Repeated("look at indexes");
  private final Repeated fillingGaps = new Repeated("added indexes");
  private volatile Instant compactionDue;
  private volatile Instant orphansDue;

  /** When to look whether all indexes are there: once it is open, and again when some were not. */
  private volatile Instant indexesDue = Instant.MIN;

  Background(NamespaceContext context, Writer writer, Upkeep upkeep) {
    this.context = context;
    this.writer = writer;
    this.upkeep = upkeep;
    Instant now = context.now();
    this.compactionDue = now.plus(context.settings().compaction().interval());
    this.orphansDue = now.plus(context.settings().reaperGrace());
  }

  /** Starts a flush, and what merging it makes worth while. */
  void flush() {
    start(
        flushing,
        () -> {
          upkeep.flush();
          compact();
        });
  }

  private void compact() {
    if (context.settings().compaction().enabled()) {
      start(compacting, upkeep::merge);
    }
  }

  /** Starts what is due by the clock; called about once a second, by one thread. */
  void tick() {
    Instant now = context.now();
    if (mayFlush() && upkeep.isUnflushedFor(context.settings().write().flushAge())) {
      flush();
    }
    if (now.isAfter(orphansDue)) {
      orphansDue = now.plus(context.settings().reaperGrace());
      start(reaping, upkeep::reap);
    }
    upkeep.rebuildLost();
    fillGaps();
    if (now.isAfter(indexesDue)) {
      // Again, unless this look comes to an end.
      indexesDue = now.plus(context.settings().reaperGrace());
      start(lookingForIndexes, this::lookAtIndexes);
    }
    if (writer.isWriter() && now.isAfter(compactionDue)) {
      compactionDue = now.plus(context.settings().compaction().interval());
      compact();
    }
  }

  /** Starts to build indexes that were added to attributes, where segments lack them. */
  void fillGaps() {
    if (upkeep.hasGaps()) {
      start(fillingGaps, upkeep::fillGaps);
    }
  }

  /**
   * Whether this process may flush. On shared storage another process may have written the rows,
   * and a flush of ours would fence it.
   */
  boolean mayFlush() {
    return writer.isWriter() || !context.storage().capabilities().shared();
  }

  private void lookAtIndexes() {
    indexesDue =
        upkeep.rebuildMissing()
            ? Instant.MAX
            : context.now().plus(context.settings().reaperGrace());
  }

  /** What has failed and is tried again. */
  List<Trouble> troubles() {
    return all().flatMap(work -> work.trouble().stream()).toList();
  }

  private Stream<Repeated> all() {
    return Stream.of(flushing, compacting, reaping, lookingForIndexes, fillingGaps);
  }

  /** Ends what is under way, at the next place where it looks. */
  void cancel(String reason) {
    all().forEach(work -> work.cancel(reason));
  }

  /** A failure is logged, and tried again at the next occasion after a pause. */
  private void start(Repeated work, Runnable task) {
    Optional<Deadline> begun = work.begin(context.now());
    if (begun.isEmpty()) {
      return;
    }
    context
        .seams()
        .tasks()
        .start(
            "elacsym-" + work.kind() + "-" + context.name(),
            () -> {
              try {
                context.turns().run(work.kind(), begun.get(), task);
                work.succeeded();
              } catch (ElacsymException e) {
                failed(work, e);
              } catch (RuntimeException e) {
                failed(work, new ElacsymException(ErrorKind.INTERNAL, "internal error", e));
              } finally {
                work.over();
              }
            });
  }

  private void failed(Repeated work, ElacsymException e) {
    Trouble trouble = work.failed(context.now(), String.valueOf(e.getMessage()));
    context.counters().backgroundFailure();
    String message =
        "namespace %s: %s failed, for the %d. time since %s, and is tried again at %s: %s"
            .formatted(
                context.name(),
                work.kind(),
                trouble.failures(),
                trouble.since(),
                trouble.nextTry(),
                e.forOperators());
    // The stack trace of the first failure is enough to find a bug.
    boolean first = trouble.failures() == 1;
    LOG.log(levelOf(e), message, first && e.kind() == ErrorKind.INTERNAL ? e : null);
  }

  /**
   * The level at which a failure is logged. While this process stops, failures are expected, and so
   * are of no interest to an operator.
   */
  private Level levelOf(ElacsymException e) {
    if (context.plugins().isStopping() || !writer.follower().isOpen()) {
      return Level.DEBUG;
    }
    return e.kind() == ErrorKind.INTERNAL ? Level.ERROR : Level.WARNING;
  }
}
