package io.elacsym.engine.namespace;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.ErrorKind;
import io.elacsym.engine.writer.NamespaceContext;
import io.elacsym.engine.writer.Writer;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;

/** The upkeep of an open namespace by the clock, one task of a kind at a time. */
final class Background {
  private static final System.Logger LOG = System.getLogger(Background.class.getName());

  private final NamespaceContext context;
  private final Writer writer;
  private final Upkeep upkeep;
  private final AtomicBoolean flushing = new AtomicBoolean();
  private final AtomicBoolean compacting = new AtomicBoolean();
  private final AtomicBoolean reaping = new AtomicBoolean();
  private final AtomicBoolean lookingForIndexes = new AtomicBoolean();
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
        "flush",
        flushing,
        () -> {
          upkeep.flush();
          compact();
        });
  }

  private void compact() {
    if (context.settings().compaction().enabled()) {
      start("compaction", compacting, upkeep::merge);
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
      start("reaper", reaping, upkeep::reap);
    }
    upkeep.rebuildLost();
    if (now.isAfter(indexesDue)) {
      // Again, unless this look comes to an end.
      indexesDue = now.plus(context.settings().reaperGrace());
      start("look at indexes", lookingForIndexes, this::lookAtIndexes);
    }
    if (writer.isWriter() && now.isAfter(compactionDue)) {
      compactionDue = now.plus(context.settings().compaction().interval());
      compact();
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

  /** A failure is logged and the next occasion tries again. */
  private void start(String kind, AtomicBoolean busy, Runnable task) {
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
                    writer.follower().isOpen() ? Level.ERROR : Level.DEBUG,
                    "namespace %s: %s failed".formatted(context.name(), kind),
                    e);
              } finally {
                busy.set(false);
              }
            });
  }

  /**
   * The level at which a failure is logged. While this process stops, failures are expected, and so
   * are of no interest to an operator.
   */
  private Level levelOf(ElacsymException e) {
    if (e.kind() == ErrorKind.INTERNAL) {
      return Level.ERROR;
    }
    return context.plugins().isStopping() ? Level.DEBUG : Level.WARNING;
  }
}
