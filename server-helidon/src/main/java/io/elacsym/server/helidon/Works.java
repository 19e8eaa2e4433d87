package io.elacsym.server.helidon;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.ErrorKind;
import io.elacsym.engine.model.Deadline;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Does the work of requests, each on a thread of its own, so that its caller waits for it until the
 * deadline and no longer, whatever it is and whatever it meets: a request to a storage that does
 * not answer cannot be taken back. Work that is left goes on to its end, or to the next place where
 * it looks at its deadline and may end. Safe for use by many threads.
 */
final class Works {
  /** How long it takes at most until somebody who waits notices that nobody needs the answer. */
  private static final long LOOK_MILLIS = 20;

  /**
   * How long to wait for work after its deadline. Work that looks at its deadline ends by itself,
   * and its own failure tells better what has become of it.
   */
  private static final long LAST_WORD_MILLIS = 100;

  private final int mostLeft;
  private final Function<Deadline, Optional<String>> heldUpBy;
  private final AtomicInteger going = new AtomicInteger();
  private final AtomicInteger awaited = new AtomicInteger();

  /**
   * @param mostLeft how much work may go on that nobody waits for
   * @param heldUpBy what keeps work from ending, for messages
   */
  Works(int mostLeft, Function<Deadline, Optional<String>> heldUpBy) {
    this.mostLeft = mostLeft;
    this.heldUpBy = heldUpBy;
  }

  /** How much work goes on that nobody waits for. */
  int left() {
    return Math.max(0, going.get() - awaited.get());
  }

  /**
   * Does work under the deadline of this thread.
   *
   * @param share of the answer; held until the work has ended
   * @throws ElacsymException as the work does; {@code TIMEOUT} when the deadline is over first;
   *     {@code OVERLOADED} when too much work goes on that was left
   */
  Reply reply(Work work, AnswerLimits.Share share) {
    return switch (work) {
      case Work.Done(Reply reply) -> reply;
      case Work.Reading(Supplier<Reply> doing) -> reply(doing, "", share);
      case Work.Changing(Supplier<Reply> doing) ->
          reply(doing, "; the change may take effect or not", share);
    };
  }

  private Reply reply(Supplier<Reply> doing, String doubt, AnswerLimits.Share share) {
    if (left() >= mostLeft) {
      throw new ElacsymException(
          ErrorKind.OVERLOADED,
          "the work of " + mostLeft + " requests goes on that were given up; try again later");
    }
    // First: what is awaited must never look as if it were left.
    awaited.incrementAndGet();
    try {
      return await(started(doing, share), doubt);
    } catch (ExecutionException e) {
      RuntimeException failure = unchecked(e.getCause() == null ? e : e.getCause());
      throw failure instanceof ElacsymException known && known.kind() == ErrorKind.TIMEOUT
          ? timeout(known, "")
          : failure;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ElacsymException(ErrorKind.UNAVAILABLE, "the server is stopping", e);
    } finally {
      awaited.decrementAndGet();
    }
  }

  private FutureTask<Reply> started(Supplier<Reply> doing, AnswerLimits.Share share) {
    Deadline deadline = Deadline.current();
    share.hold();
    going.incrementAndGet();
    FutureTask<Reply> task =
        new FutureTask<>(() -> {
          try {
            return deadline.call(() -> share.call(doing::get));
          } finally {
            going.decrementAndGet();
            share.close();
          }
        });
    Thread.ofVirtual().name("http-work").start(task);
    return task;
  }

  private Reply await(FutureTask<Reply> task, String doubt)
      throws ExecutionException, InterruptedException {
    while (true) {
      try {
        return task.get(LOOK_MILLIS, TimeUnit.MILLISECONDS);
      } catch (TimeoutException notYet) {
        try {
          Deadline.check();
        } catch (ElacsymException over) {
          return lastWord(task, over, doubt);
        }
      }
    }
  }

  private Reply lastWord(FutureTask<Reply> task, ElacsymException over, String doubt)
      throws ExecutionException, InterruptedException {
    try {
      return task.get(LAST_WORD_MILLIS, TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw timeout(over, doubt);
    }
  }

  /** The same with what has kept the work from ending, as far as that is known. */
  private ElacsymException timeout(ElacsymException over, String doubt) {
    String why = heldUpBy.apply(Deadline.current()).map(held -> "; " + held).orElse("");
    return new ElacsymException(over.kind(), over.getMessage() + why + doubt, over);
  }

  private static RuntimeException unchecked(Throwable failure) {
    return switch (failure) {
      case RuntimeException e -> e;
      case Error e -> throw e;
      default -> new ElacsymException(ErrorKind.INTERNAL, "internal error", failure);
    };
  }
}
