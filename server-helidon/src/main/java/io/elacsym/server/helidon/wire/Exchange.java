package io.elacsym.server.helidon.wire;

import java.time.Duration;
import java.util.Optional;

/** One request on its connection, from its head to the end of its answer. */
public final class Exchange {
  /** Most bytes of a body that are read and dropped so that the connection can be kept. */
  static final long DROPPABLE = 64L << 20;

  /** How long, in all, bytes are dropped. */
  static final Duration DROP_TIME = Duration.ofSeconds(10);

  private static final ScopedValue<Exchange> CURRENT = ScopedValue.newInstance();

  private final RequestHead head;
  private final RequestBody body;
  private volatile Optional<Runnable> whenGone = Optional.empty();
  private Optional<Runnable> whenAnswered = Optional.empty();
  private boolean answered;
  private boolean ending;
  private boolean lookedAhead;

  Exchange(RequestHead head, RequestBody body) {
    this.head = head;
    this.body = body;
  }

  /** The exchange that this thread works at. */
  public static Exchange current() {
    return CURRENT.get();
  }

  /** What is done in an exchange. */
  @FunctionalInterface
  interface Work {
    void run() throws Exception;
  }

  void run(Work work) throws Exception {
    ScopedValue.where(CURRENT, this)
        .call(() -> {
          work.run();
          return this;
        });
  }

  public RequestHead head() {
    return head;
  }

  public RequestBody body() {
    return body;
  }

  /**
   * Whether the answer has to say that it is the last one of the connection, as far as is known
   * before it is sent.
   */
  public boolean last() {
    return head.last() || ending || !body.droppable(DROPPABLE);
  }

  /** The answer says that it is the last one of the connection. */
  public void end() {
    ending = true;
  }

  /**
   * Reads and drops a body that nobody wants, as far as that is worth it: while a part of it is
   * unread, nobody notices that its client has left.
   */
  public void dropBody() {
    if (!body.drop(DROPPABLE, DROP_TIME)) {
      ending = true;
    }
  }

  /** What to do, on another thread, when the client leaves before it has its answer. */
  public void whenGone(Runnable action) {
    whenGone = Optional.of(action);
  }

  void whenAnswered(Runnable action) {
    whenAnswered = Optional.of(action);
  }

  /** The answer is written, all of it. */
  void answered() {
    answered = true;
    whenAnswered.ifPresent(Runnable::run);
  }

  /** Whether another request may follow, if the rest of the body can be dropped. */
  boolean another() {
    return answered && !last();
  }

  /** What to do if the client is gone, once, when nothing is left to read of the request. */
  Optional<Runnable> lookAhead() {
    if (lookedAhead || !body.atEnd()) {
      return Optional.empty();
    }
    Optional<Runnable> action = whenGone;
    lookedAhead = action.isPresent();
    return action;
  }
}
