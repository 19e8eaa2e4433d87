package io.elacsym.distribution.transfer;

import io.elacsym.api.ElacsymException;
import io.elacsym.distribution.client.ElacsymClient;
import io.elacsym.distribution.terminal.Progress;
import io.elacsym.distribution.terminal.Screen;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Sends the rows of a file to a namespace, some batches at a time. Rows that are refused are
 * reported and left out; a failure of the server ends the import, which a later run goes on with.
 */
final class Import {
  private static final long MAX_BATCH_BYTES = 8 << 20;
  private static final Duration SAVE_INTERVAL = Duration.ofSeconds(1);

  private final RowSource source;
  private final BatchSender sender;
  private final Target target;
  private final ImportState state;
  private final ImportLimits limits;
  private final Screen screen;
  private final Progress progress;
  private final Ledger ledger;
  private final AtomicLong sent = new AtomicLong();
  private final AtomicLong refused = new AtomicLong();
  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
  private Instant saved = Instant.now();

  Import(
      RowSource source,
      ElacsymClient client,
      Target target,
      ImportState state,
      long skipped,
      ImportLimits limits,
      Screen screen,
      Progress progress) {
    this.source = source;
    this.sender = new BatchSender(client, target.namespace());
    this.target = target;
    this.state = state;
    this.ledger = new Ledger(skipped);
    this.limits = limits;
    this.screen = screen;
    this.progress = progress;
  }

  /** Runs to the end, or to the first failure. */
  ImportResult run() throws IOException {
    state.tryOut();
    try {
      sendAll();
    } catch (IOException | RuntimeException | Error e) {
      saveBehind(e);
      throw e;
    }
    throwFailure();
    save();
    boolean complete = refused.get() <= limits.maxErrors();
    if (complete) {
      progress.finish();
      state.remove();
    }
    return new ImportResult(sent.get(), refused.get(), complete);
  }

  private void sendAll() throws IOException {
    Semaphore free = new Semaphore(limits.concurrency());
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Optional<Batch> batch = nextBatch(ledger.done());
      while (batch.isPresent() && mayGoOn()) {
        Batch current = batch.get();
        if (!current.documents().isEmpty()) {
          target.ensure();
        }
        free.acquireUninterruptibly();
        threads.execute(() -> {
          try {
            send(current);
          } finally {
            free.release();
          }
        });
        progress.at(source.position());
        saveNowAndThen();
        batch = nextBatch(current.to());
      }
    }
  }

  private void save() throws IOException {
    if (ledger.done() > 0) {
      state.save(ledger.done());
    }
  }

  /**
   * Saves how far the import has come after it failed. A failure to save is only attached to the
   * first one, because the first is what the user must hear.
   */
  private void saveBehind(Throwable failure) {
    try {
      save();
    } catch (IOException e) {
      failure.addSuppressed(e);
    }
  }

  private boolean mayGoOn() {
    return failure.get() == null && refused.get() <= limits.maxErrors();
  }

  private Optional<Batch> nextBatch(long from) throws IOException {
    Batch.Builder batch = new Batch.Builder(limits.batch(), MAX_BATCH_BYTES, from);
    while (!batch.isFull()) {
      Optional<Row> row = source.next();
      if (row.isEmpty()) {
        break;
      }
      batch.add(row.get());
    }
    return batch.isEmpty() ? Optional.empty() : Optional.of(batch.build());
  }

  private void send(Batch batch) {
    try {
      List<Row.Rejected> rejected = sender.send(batch.documents());
      batch.rejected().forEach(this::report);
      rejected.forEach(this::report);
      int stored = batch.documents().size() - rejected.size();
      sent.addAndGet(stored);
      progress.add(stored);
      if (refused.get() <= limits.maxErrors()) {
        // A batch with which the import gave up is not counted as done: the next run sends it
        // again, and so reports its refused rows again.
        ledger.complete(batch.from(), batch.to());
      }
    } catch (RuntimeException | Error e) {
      failure.compareAndSet(null, e);
    }
  }

  private void report(Row.Rejected row) {
    if (refused.incrementAndGet() <= limits.maxErrors() + 1L) {
      screen.note(source.rowName() + " " + row.number() + ": " + row.reason());
    }
  }

  private void saveNowAndThen() throws IOException {
    if (Duration.between(saved, Instant.now()).compareTo(SAVE_INTERVAL) > 0) {
      state.save(ledger.done());
      saved = Instant.now();
    }
  }

  private void throwFailure() {
    Throwable first = failure.get();
    if (first == null) {
      return;
    }
    saveBehind(first);
    switch (first) {
      case ElacsymException e ->
          throw new ElacsymException(
              e.kind(),
              e.getMessage()
                  + "; "
                  + sent.get()
                  + " documents were stored, run the same command again to go on",
              e);
      case RuntimeException e -> throw e;
      case Throwable e -> throw new IllegalStateException(e);
    }
  }
}
