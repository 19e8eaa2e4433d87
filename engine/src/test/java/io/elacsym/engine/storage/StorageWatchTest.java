package io.elacsym.engine.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.ErrorKind;
import io.elacsym.engine.model.LogWatch;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** The begin of an outage is logged once, and so is its end. */
class StorageWatchTest {
  private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");

  private final AtomicReference<Instant> now = new AtomicReference<>(BEGIN);
  private final StorageWatch watch = new StorageWatch(now::get);

  private void pass(long seconds) {
    now.updateAndGet(instant -> instant.plus(Duration.ofSeconds(seconds)));
  }

  private void fail(int times) {
    for (int i = 0; i < times; i++) {
      watch.failed(ElacsymException.unavailable("connection refused", new IllegalStateException()));
    }
  }

  @Test
  void failuresInARowAreLoggedOnceWhenTheyBeginAndOnceWhenTheyEnd() {
    try (LogWatch log = LogWatch.atInfo(StorageWatch.class)) {
      fail(2);
      assertThat(log.lines()).isEmpty();
      assertThat(watch.outage()).isEmpty();
      fail(1);
      assertThat(log.lines())
          .containsExactly(
              "WARNING the storage does not answer; requests that need it get 503 until it does:"
                  + " connection refused");
      pass(60);
      fail(100);
      assertThat(watch.outage()).contains(BEGIN);
      assertThat(log.lines()).hasSize(1);
      pass(30);
      watch.answered();
      watch.answered();
      assertThat(watch.outage()).isEmpty();
      assertThat(log.lines())
          .hasSize(2)
          .last()
          .isEqualTo("INFO the storage answers again, after 90 s");
      fail(3);
      watch.answered();
      assertThat(log.lines()).as("the next outage").hasSize(4);
    }
  }

  @Test
  void failuresBetweenAnswersAreNoOutage() {
    try (LogWatch log = LogWatch.atInfo(StorageWatch.class)) {
      for (int i = 0; i < 10; i++) {
        fail(2);
        watch.answered();
      }
      // What is no fault of the storage's.
      for (int i = 0; i < 10; i++) {
        watch.failed(new ElacsymException(ErrorKind.CORRUPT, "damaged"));
      }
      assertThat(watch.outage()).isEmpty();
      assertThat(log.lines()).isEmpty();
    }
  }

  @Test
  void aSmallRequestWithoutAnAnswerForLongIsAnOutageUntilTheNextAnswer() {
    try (LogWatch log = LogWatch.atInfo(StorageWatch.class)) {
      Object request = watch.sent();
      pass(5);
      assertThat(watch.outage()).isEmpty();
      pass(1);
      assertThat(watch.outage()).contains(BEGIN);
      assertThat(watch.outage()).contains(BEGIN);
      assertThat(log.lines())
          .containsExactly(
              "WARNING the storage does not answer; requests that need it get 503 until it does: no"
                  + " answer for 6 s");
      pass(4);
      watch.over(request);
      watch.answered();
      assertThat(watch.outage()).isEmpty();
      assertThat(log.lines())
          .hasSize(2)
          .last()
          .isEqualTo("INFO the storage answers again, after 10 s");
    }
  }

  @Test
  void oneRequestThatHangsWhileOthersAreAnsweredIsNoOutage() {
    try (LogWatch log = LogWatch.atInfo(StorageWatch.class)) {
      Object request = watch.sent();
      pass(60);
      watch.answered();
      assertThat(watch.outage()).isEmpty();
      watch.over(request);
      assertThat(log.lines()).isEmpty();
    }
  }
}
