package io.elacsym.distribution.promise;

import io.elacsym.distribution.promise.PromiseResult.Outcome;
import io.elacsym.tck.Check;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Runs checks one after the other. Whatever a check, or the part in it, throws becomes its result.
 *
 * @param checks of a contract
 * @param unanswered whether something that was thrown says that nobody answered, and so nothing of
 *     the promise
 */
public record PromiseRun(List<Check> checks, Predicate<Throwable> unanswered) {
  /** How long a check may go on when no other is begun any more. */
  private static final Duration GRACE = Duration.ofMinutes(1);

  public PromiseRun {
    checks = List.copyOf(checks);
  }

  /**
   * Runs them.
   *
   * @param time after which no other is begun, and the one that has begun is given up a minute
   *     later; empty to run all, however long each takes
   * @param begin receives each promise when it is about to be checked
   */
  public List<PromiseResult> run(Optional<Duration> time, Consumer<String> begin) {
    return run(time, GRACE, begin);
  }

  List<PromiseResult> run(Optional<Duration> time, Duration grace, Consumer<String> begin) {
    Optional<Instant> end = time.map(Instant.now()::plus);
    List<PromiseResult> results = new ArrayList<>();
    for (Check check : checks) {
      Optional<Duration> left = end.map(instant -> Duration.between(Instant.now(), instant));
      if (left.filter(Duration::isNegative).isPresent()) {
        break;
      }
      begin.accept(check.promise());
      results.add(result(check, left.map(grace::plus)));
    }
    return results;
  }

  private PromiseResult result(Check check, Optional<Duration> longest) {
    Instant start = Instant.now();
    try {
      longest.ifPresentOrElse(check::run, check::run);
      return new PromiseResult(
          check.promise(), Outcome.HOLDS, Duration.between(start, Instant.now()), Optional.empty());
    } catch (Throwable e) { // Whatever it is, the other promises are still looked at.
      boolean givenUp = longest.isPresent() && cause(e) instanceof TimeoutException;
      return failed(check.promise(), start, e, givenUp || unanswered.test(cause(e)));
    }
  }

  /**
   * The result of a promise that was looked at without a check.
   *
   * @param thrown what was seen
   */
  public PromiseResult failed(String promise, Instant start, Throwable thrown) {
    return failed(promise, start, thrown, unanswered.test(cause(thrown)));
  }

  private static PromiseResult failed(
      String promise, Instant start, Throwable thrown, boolean isOpen) {
    // A check says itself what it has promised.
    String seen =
        thrown instanceof AssertionError
            ? String.valueOf(thrown.getMessage())
            : "broken promise '" + promise + "': " + thrown;
    return new PromiseResult(
        promise,
        isOpen ? Outcome.UNANSWERED : Outcome.BROKEN,
        Duration.between(start, Instant.now()),
        Optional.of(isOpen ? seen.replaceFirst("^broken promise", "no answer for") : seen));
  }

  private static Throwable cause(Throwable thrown) {
    return thrown instanceof AssertionError && thrown.getCause() != null
        ? thrown.getCause()
        : thrown;
  }
}
