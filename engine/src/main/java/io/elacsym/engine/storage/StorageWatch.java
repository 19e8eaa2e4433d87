package io.elacsym.engine.storage;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.ErrorKind;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Whether the storage answers. An outage begins when a few requests in a row fail, which the
 * storage plugin has tried again already, or when a small one is not answered for long; it ends
 * with the next answer. Each is logged once. Safe for use by many threads.
 */
public final class StorageWatch {
  private static final System.Logger LOG = System.getLogger(StorageWatch.class.getName());

  /**
   * A small request that has waited for longer than this shows that the storage does not answer.
   */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  /** So many failures in a row are not the fault of one request. */
  private static final int FAILURES = 3;

  private final InstantSource clock;
  private final AtomicInteger failures = new AtomicInteger();
  private final Map<Object, Instant> underWay = new ConcurrentHashMap<>();
  private final ReentrantLock lock = new ReentrantLock();
  private volatile Optional<Instant> outage = Optional.empty();
  private volatile Instant answered = Instant.MIN;

  public StorageWatch(InstantSource clock) {
    this.clock = clock;
  }

  /** A small request is sent; what is returned stands for it. */
  Object sent() {
    Object request = new Object();
    underWay.put(request, clock.instant());
    return request;
  }

  /** A request is over, with an answer or without. */
  void over(Object request) {
    underWay.remove(request);
  }

  void answered() {
    answered = clock.instant();
    failures.set(0);
    if (outage.isPresent()) {
      change(Optional.empty())
          .ifPresent(since ->
              LOG.log(
                  Level.INFO,
                  "the storage answers again, after {0} s",
                  Long.toString(Duration.between(since, answered).toSeconds())));
    }
  }

  /**
   * Sets whether there is an outage and returns what was set before, so that exactly one thread
   * sees each change.
   */
  private Optional<Instant> change(Optional<Instant> now) {
    lock.lock();
    try {
      Optional<Instant> before = outage;
      outage = now;
      return before;
    } finally {
      lock.unlock();
    }
  }

  void failed(ElacsymException failure) {
    if (failure.kind() == ErrorKind.UNAVAILABLE && failures.incrementAndGet() >= FAILURES) {
      begin(clock.instant(), failure.forOperators());
    }
  }

  private void begin(Instant since, String why) {
    if (outage.isEmpty() && change(Optional.of(since)).isEmpty()) {
      LOG.log(
          Level.WARNING,
          "the storage does not answer; requests that need it get 503 until it does: {0}",
          why);
    }
  }

  /** Since when the storage does not answer; empty when it does. */
  public Optional<Instant> outage() {
    Instant now = clock.instant();
    underWay.values().stream()
        .filter(since -> since.plus(PATIENCE).isBefore(now) && answered.isBefore(since))
        .min(Instant::compareTo)
        .ifPresent(since ->
            begin(since, "no answer for " + Duration.between(since, now).toSeconds() + " s"));
    return outage;
  }
}
