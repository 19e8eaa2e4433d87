package io.elacsym.engine.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.elacsym.api.ElacsymException;
import io.elacsym.engine.model.Deadline;
import io.elacsym.engine.task.Hedge.Done;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class HedgeTest {
  private static final Duration LONG = Duration.ofHours(1);
  private static final Duration SHORT = Duration.ofMillis(1);

  private static int unexpected() {
    throw new AssertionError("nobody should have been asked");
  }

  private static int never() throws InterruptedException {
    new CountDownLatch(1).await();
    return 0;
  }

  @Test
  void whatIsAnsweredInTimeIsNotDoneHere() {
    assertThat(Hedge.call(() -> 1, LONG, HedgeTest::unexpected)).isEqualTo(new Done.Elsewhere<>(1));
  }

  @Test
  void whatFailsIsDoneHere() {
    IOException failure = new IOException("lost");
    Done<Integer> done =
        Hedge.call(
            () -> {
              throw failure;
            },
            LONG,
            () -> 2);
    assertThat(done).isEqualTo(new Done.HereAfter<>(2, failure));
  }

  @Test
  void whatTakesLongIsDoneHereAsWellAndIsGivenUp() throws InterruptedException {
    CountDownLatch givenUp = new CountDownLatch(1);
    Done<Integer> done =
        Hedge.call(
            () -> {
              try {
                return never();
              } finally {
                givenUp.countDown();
              }
            },
            SHORT,
            () -> 2);
    assertThat(done).isEqualTo(new Done.HereFirst<>(2));
    assertThat(givenUp.await(10, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void whoeverIsFirstIsHeardAndTheOtherOneIsCancelled() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CompletableFuture<String> ended = new CompletableFuture<>();
    Done<Integer> done =
        Hedge.call(
            () -> {
              begun.await();
              return 1;
            },
            SHORT,
            () -> {
              begun.countDown();
              try {
                while (true) {
                  Deadline.check();
                  Thread.onSpinWait();
                }
              } catch (ElacsymException e) {
                ended.complete(String.valueOf(e.getMessage()));
                throw e;
              }
            });
    assertThat(done).isEqualTo(new Done.Elsewhere<>(1));
    assertThat(ended.get(10, TimeUnit.SECONDS)).isEqualTo("given up: somebody else was first");
  }

  @Test
  void whatFailsHereIsThrown() {
    assertThatThrownBy(() ->
            Hedge.call(
                HedgeTest::never,
                SHORT,
                () -> {
                  throw ElacsymException.corrupt("damaged");
                }))
        .isInstanceOf(ElacsymException.class)
        .hasMessage("damaged");
  }

  @Test
  void nobodyWaitsLongerThanTheDeadline() {
    Deadline deadline = Deadline.in(SHORT, System::nanoTime);
    assertThatThrownBy(
            () -> deadline.call(() -> Hedge.call(HedgeTest::never, LONG, HedgeTest::unexpected)))
        .isInstanceOf(ElacsymException.class)
        .hasMessageContaining("not done within 1 ms");
  }

  @Test
  void aPartEndsWithTheWholeAndNotTheOtherWayRound() {
    Deadline whole = Deadline.in(LONG, System::nanoTime);
    Deadline part = whole.ofPart();
    Deadline other = whole.ofPart();
    part.cancel("done elsewhere");
    assertThat(part.isCancelled()).isTrue();
    assertThat(whole.isCancelled()).isFalse();
    assertThat(other.isCancelled()).isFalse();
    assertThat(other.left()).hasValueSatisfying(left -> assertThat(left).isLessThan(LONG));
    whole.cancel("the client has left");
    assertThatThrownBy(() -> other.run(Deadline::check)).hasMessageContaining("client has left");
  }
}
