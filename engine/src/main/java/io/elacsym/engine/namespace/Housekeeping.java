package io.elacsym.engine.namespace;

import io.elacsym.api.ElacsymException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** What an engine does by the clock, and when it stops. */
public final class Housekeeping {
  private static final System.Logger LOG = System.getLogger(Housekeeping.class.getName());
  private static final Duration TICK = Duration.ofSeconds(1);

  private final EngineContext engine;
  private final OpenNamespaces open;
  private final Catalogue catalogue;
  private final PurgeRounds purges;

  public Housekeeping(
      EngineContext engine, OpenNamespaces open, Catalogue catalogue, PurgeRounds purges) {
    this.engine = engine;
    this.open = open;
    this.catalogue = catalogue;
    this.purges = purges;
  }

  /** Begins; it ends when the engine is stopping. */
  public void start() {
    catalogue.knownCount();
    engine.seams().tasks().start("elacsym-ticks", this::tickUntilStopped);
  }

  private void tickUntilStopped() {
    try {
      while (!engine.isStopping()) {
        engine.seams().tasks().sleep(TICK);
        open.all().forEach(namespace -> step("of " + namespace.name(), () -> tick(namespace)));
        step("room for writes", this::makeRoom);
        step("purge", purges::tick);
        if (engine.watch().outage().isPresent()) {
          // If nobody sends another request, the answer to this one shows that the outage is over.
          step("count", catalogue::knownCount);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Whatever fails, the steps and ticks to come must not suffer from it. */
  private static void step(String what, Runnable step) {
    try {
      step.run();
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, "background work failed and will be tried again: " + what, e);
    }
  }

  private void tick(OpenNamespace namespace) {
    if (namespace.follower().isOver()) {
      open.forget(namespace);
    } else {
      namespace.background().tick();
    }
  }

  /** Flushes the largest live buffer when all together come near to what memory has for them. */
  private void makeRoom() {
    List<OpenNamespace> alive =
        open.all().stream().filter(namespace -> namespace.follower().isOpen()).toList();
    long total = alive.stream().mapToLong(OpenNamespace::unflushedBytes).sum();
    open.unflushedTotal().set(total);
    if (total > engine.settings().write().maxUnflushedTotal() / 2) {
      alive.stream()
          .max(Comparator.comparingLong(OpenNamespace::unflushedBytes))
          .ifPresent(largest -> largest.background().flush());
    }
  }

  /** How many open namespaces have work in the background that fails. */
  public int troubled() {
    return (int)
        open.all().stream()
            .filter(namespace -> !namespace.background().troubles().isEmpty())
            .count();
  }

  /** Flushes what this process has written; see {@code Engine}. */
  public List<String> flushAll(Duration atMost) {
    Instant end = engine.seams().clock().instant().plus(atMost);
    if (!onEach("last-flush", OpenNamespace::wantsLastFlush, OpenNamespace::flush, end)) {
      LOG.log(Level.WARNING, "the last flush was given up after {0} s", atMost.toSeconds());
    }
    List<String> left =
        open.all().stream()
            .filter(OpenNamespace::wantsLastFlush)
            .map(OpenNamespace::name)
            .sorted()
            .toList();
    if (left.isEmpty()) {
      LOG.log(Level.INFO, "everything is flushed that this process has written");
    } else {
      LOG.log(
          Level.WARNING,
          "not flushed: {0}; these writes are in the WAL alone, and are read from it when the"
              + " namespace is opened again",
          String.join(", ", left));
    }
    // Only after all flushes: a farewell merely says that everything is flushed, and no flush may
    // wait for that.
    onEach("farewell", open -> open.writer().isWriter(), open -> open.writer().resign(), end);
    return left;
  }

  /**
   * Does something with all open namespaces of a kind side by side.
   *
   * @return false when not all of it was done by the end; it goes on
   */
  private boolean onEach(
      String what, Predicate<OpenNamespace> kind, Consumer<OpenNamespace> action, Instant end) {
    List<OpenNamespace> all = open.all().stream().filter(kind).toList();
    CountDownLatch done = new CountDownLatch(all.size());
    all.forEach(namespace ->
        engine
            .seams()
            .tasks()
            .start(
                "elacsym-" + what + "-" + namespace.name(),
                () -> {
                  try {
                    action.accept(namespace);
                  } catch (ElacsymException e) {
                    LOG.log(
                        Level.WARNING,
                        "namespace {0}: {1} failed: {2}",
                        namespace.name(),
                        what,
                        e.forOperators());
                  } finally {
                    done.countDown();
                  }
                }));
    try {
      return done.await(
          Duration.between(engine.seams().clock().instant(), end).toMillis(),
          TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      // Whoever stops the process is in a hurry; the WAL has everything.
      Thread.currentThread().interrupt();
      return true;
    }
  }
}
