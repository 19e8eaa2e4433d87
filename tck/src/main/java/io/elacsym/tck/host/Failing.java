package io.elacsym.tck.host;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.ErrorKind;
import io.elacsym.tck.expect.Expect;
import java.util.List;
import java.util.function.LongConsumer;

/** Work whose reads or writes fail. */
public final class Failing {
  /** More reads than opening and one piece of work need. */
  private static final int MOST_READS = 40;

  private Failing() {}

  /** Opens a reader whose reads may fail. */
  @FunctionalInterface
  public interface Opening<R> {
    R open(OneFailure failure) throws Exception;
  }

  /** What is asked of a reader. */
  @FunctionalInterface
  public interface Work<R> {
    Object answer(R reader) throws Exception;
  }

  /**
   * Lets each read fail once. Whatever it was for, the failure must come out as it was, and the
   * same question asked again must be answered, because the storage has recovered.
   */
  public static <R extends AutoCloseable> void reads(Opening<R> opening, Work<R> work)
      throws Exception {
    Object expected;
    try (R reader = opening.open(new OneFailure(Integer.MAX_VALUE))) {
      expected = work.answer(reader);
    }
    for (int number = 1; number <= MOST_READS; number++) {
      OneFailure failure = new OneFailure(number);
      read(failure, opening, work, expected);
      if (!failure.hasHappened()) {
        return;
      }
    }
  }

  private static <R extends AutoCloseable> void read(
      OneFailure failure, Opening<R> opening, Work<R> work, Object expected) throws Exception {
    try (R reader = opened(failure, opening)) {
      boolean before = failure.hasHappened();
      Object answer;
      String when = "asked once";
      try {
        answer = work.answer(reader);
      } catch (ElacsymException e) {
        expectUnavailable(e);
        when = "asked again";
        answer = work.answer(reader);
      }
      String failed =
          before
              ? "one of whose reads has failed while it was opened, and that was opened again"
              : failure.hasHappened()
                  ? "one of whose reads has failed while it answered"
                  : "none of whose reads has failed";
      Expect.equal("answer of a reader " + failed + ", " + when + ",", expected, answer);
    }
  }

  private static <R> R opened(OneFailure failure, Opening<R> opening) throws Exception {
    try {
      return opening.open(failure);
    } catch (ElacsymException e) {
      expectUnavailable(e);
      return opening.open(failure);
    }
  }

  private static void expectUnavailable(ElacsymException failure) {
    Expect.equal(
        "kind of the failure of a read that storage does not answer (" + failure.getMessage() + ")",
        ErrorKind.UNAVAILABLE,
        failure.kind());
  }

  /**
   * Lets writing fail in the beginning, the middle and at the end. The failure must come out.
   *
   * @param size of the whole blob
   * @param writing writes to a {@link FullSink} with so much room
   */
  public static void writes(long size, LongConsumer writing) throws Exception {
    for (long room : List.of(0L, size / 2, size - 1)) {
      Expect.failure(
          ErrorKind.UNAVAILABLE,
          "writing " + size + " bytes where there is room for " + room,
          () -> writing.accept(room));
    }
  }
}
