package io.elacsym.distribution.probe;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.ErrorKind;
import io.elacsym.api.storage.Storage;
import io.elacsym.api.storage.StorageProvider;
import io.elacsym.tck.Check;
import io.elacsym.tck.TestContext;
import io.elacsym.tck.storage.StorageContract;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Proves the promises of the storage contract on the very storage that is configured, beside what
 * is stored there: everything it writes has a prefix that nobody else uses, and is deleted again.
 */
public final class StorageProbe {
  private final Supplier<Storage> opening;
  private final String prefix;
  private final List<Check> checks;

  /**
   * @param options of the provider, by key
   * @param rounds of each race for a conditional put, with 16 writers each
   */
  public StorageProbe(StorageProvider provider, Map<String, String> options, int rounds) {
    this(() -> provider.open(TestContext.of(provider, options)), rounds);
  }

  StorageProbe(Supplier<Storage> opening, int rounds) {
    this.opening = opening;
    this.prefix = "elacsym-probe-" + UUID.randomUUID() + "/";
    this.checks = StorageContract.checks(new ProbePlaces(opening, prefix), rounds);
  }

  /** What became of a check. */
  public enum Outcome {
    HOLDS,
    BROKEN,
    /** The storage did not answer, so it is not known whether it keeps the promise. */
    UNANSWERED
  }

  /**
   * One promise.
   *
   * @param failure what was seen; empty when it holds
   */
  public record Result(String promise, Outcome outcome, Duration time, Optional<String> failure) {}

  /** What the names of all objects of this probe begin with. */
  public String prefix() {
    return prefix;
  }

  /** How many checks there are. */
  public int size() {
    return checks.size();
  }

  /**
   * Runs every check.
   *
   * @param begin receives each promise when it is about to be checked
   * @throws ElacsymException when the storage cannot be opened or listed at all
   */
  public List<Result> run(Consumer<String> begin) {
    try (Storage storage = opening.get()) {
      if (!storage.list(prefix, "", 1).isEmpty()) {
        throw ElacsymException.conflict("something is stored below " + prefix);
      }
    }
    try {
      List<Result> results = new ArrayList<>();
      for (Check check : checks) {
        begin.accept(check.promise());
        results.add(run(check));
      }
      return results;
    } finally {
      try (Storage storage = opening.get()) {
        ProbePlaces.empty(storage, prefix);
      }
    }
  }

  private static Result run(Check check) {
    Instant start = Instant.now();
    Optional<AssertionError> failure = failure(check);
    Duration time = Duration.between(start, Instant.now());
    Outcome outcome =
        failure
            .map(error ->
                error.getCause() instanceof ElacsymException e && e.kind() == ErrorKind.UNAVAILABLE
                    ? Outcome.UNANSWERED
                    : Outcome.BROKEN)
            .orElse(Outcome.HOLDS);
    return new Result(check.promise(), outcome, time, failure.map(Throwable::getMessage));
  }

  private static Optional<AssertionError> failure(Check check) {
    try {
      check.run();
      return Optional.empty();
    } catch (AssertionError e) {
      return Optional.of(e);
    }
  }
}
