package io.elacsym.engine.namespace;

import io.elacsym.engine.model.Deadline;
import io.elacsym.engine.model.Trouble;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * One kind of work in the background of a namespace, which runs once at a time. After a failure it
 * waits before it is tried again, longer after each further one: what fails because of what is
 * stored, or of a plugin, fails again. Safe for use by many threads.
 */
final class Repeated {
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);

  private final String kind;
  private final AtomicBoolean busy = new AtomicBoolean();
  private volatile Optional<Trouble> trouble = Optional.empty();
  private volatile Deadline deadline = Deadline.ofBackground();

  /**
   * @param kind for messages
   */
  Repeated(String kind) {
    this.kind = kind;
  }

  String kind() {
    return kind;
  }

  /**
   * The deadline of the work, if it may begin; whoever gets one says later that it is {@link
   * #over}.
   */
  Optional<Deadline> begin(Instant now) {
    boolean early = trouble.filter(t -> now.isBefore(t.nextTry())).isPresent();
    if (early || !busy.compareAndSet(false, true)) {
      return Optional.empty();
    }
    deadline = Deadline.ofBackground();
    return Optional.of(deadline);
  }

  /** Ends the work, if it is under way, at the next place where it looks. */
  void cancel(String reason) {
    deadline.cancel(reason);
  }

  void succeeded() {
    trouble = Optional.empty();
  }

  /** Says that it has failed, and gives what is known of it now. */
  Trouble failed(Instant now, String message) {
    int failures = trouble.map(Trouble::failures).orElse(0) + 1;
    Duration pause = FIRST_PAUSE;
    for (int i = 1; i < failures && pause.compareTo(LONGEST_PAUSE) < 0; i++) {
      pause = pause.multipliedBy(2);
    }
    pause = pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
    Instant since = trouble.map(Trouble::since).orElse(now);
    Trouble found = new Trouble(kind, since, failures, now.plus(pause), message);
    trouble = Optional.of(found);
    return found;
  }

  void over() {
    busy.set(false);
  }

  /** What is wrong; empty when the last try has succeeded, or none was made. */
  Optional<Trouble> trouble() {
    return trouble;
  }
}
