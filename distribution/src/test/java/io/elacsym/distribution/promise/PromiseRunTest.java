package io.elacsym.distribution.promise;

import static org.assertj.core.api.Assertions.assertThat;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.ErrorKind;
import io.elacsym.distribution.promise.PromiseResult.Outcome;
import io.elacsym.tck.Check;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class PromiseRunTest {
  private static final Check HOLDS = Check.of("one is one", () -> {});
  private static final Check BROKEN =
      Check.of(
          "two is one",
          () -> {
            throw new AssertionError("it is 2");
          });
  private static final Check SILENT =
      Check.of(
          "somebody answers",
          () -> {
            throw new ElacsymException(ErrorKind.UNAVAILABLE, "nobody is there");
          });

  private final List<String> begun = new ArrayList<>();

  private static boolean isUnavailable(Throwable thrown) {
    return thrown instanceof ElacsymException e && e.kind() == ErrorKind.UNAVAILABLE;
  }

  private static PromiseRun run(Check... checks) {
    return new PromiseRun(List.of(checks), PromiseRunTest::isUnavailable);
  }

  @Test
  void whatIsNotAnsweredIsNotBroken() {
    List<PromiseResult> results = run(HOLDS, BROKEN, SILENT).run(Optional.empty(), begun::add);
    assertThat(results)
        .extracting(PromiseResult::outcome)
        .containsExactly(Outcome.HOLDS, Outcome.BROKEN, Outcome.UNANSWERED);
    assertThat(results.get(1).failure().orElseThrow()).contains("'two is one'", "it is 2");
    assertThat(results.get(2).failure().orElseThrow())
        .startsWith("no answer for 'somebody answers'")
        .contains("nobody is there");
    assertThat(begun).containsExactly("one is one", "two is one", "somebody answers");
  }

  @Test
  void whereNobodyHasToAnswerUnavailableIsBroken() {
    PromiseRun run = new PromiseRun(List.of(SILENT), thrown -> false);
    assertThat(run.run(Optional.empty(), begun::add))
        .extracting(PromiseResult::outcome)
        .containsExactly(Outcome.BROKEN);
    assertThat(run.failed("it opens", Instant.now(), new IllegalStateException("no")).failure())
        .hasValue("broken promise 'it opens': java.lang.IllegalStateException: no");
  }

  @Test
  void noneIsBegunWhenTheTimeIsOver() {
    assertThat(run(HOLDS, BROKEN).run(Optional.of(Duration.ofSeconds(-1)), begun::add)).isEmpty();
    assertThat(begun).isEmpty();
  }

  @Test
  void oneThatDoesNotEndIsGivenUp() {
    CountDownLatch never = new CountDownLatch(1);
    Duration hour = Duration.ofHours(1);
    List<PromiseResult> results =
        run(HOLDS, Check.of("it ends", never::await))
            .run(Optional.of(hour), Duration.ofSeconds(3).minus(hour), begun::add);
    assertThat(results)
        .extracting(PromiseResult::outcome)
        .containsExactly(Outcome.HOLDS, Outcome.UNANSWERED);
    assertThat(results.getLast().failure().orElseThrow()).contains("it did not end within");
  }
}
