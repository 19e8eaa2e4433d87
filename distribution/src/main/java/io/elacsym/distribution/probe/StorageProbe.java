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
  private static final String OPENS = "the storage opens and lists what is stored";
  private static final String DELETES = "all that was written for the checks can be deleted";

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
   * Runs every check. Whatever a check, or the storage in it, throws becomes its result, and so
   * does whatever goes wrong when all is deleted in the end: what was found out is told.
   *
   * @param begin receives each promise when it is about to be checked
   * @throws ElacsymException when the storage says that it cannot be opened or listed at all
   */
  public List<Result> run(Consumer<String> begin) {
    List<Result> results = new ArrayList<>();
    Instant start = Instant.now();
    try (Storage storage = opening.get()) {
      if (!storage.list(prefix, "", 1).isEmpty()) {
        throw ElacsymException.conflict("something is stored below " + prefix);
      }
    } catch (ElacsymException e) {
      throw e;
    } catch (Throwable e) {
      return List.of(result(OPENS, start, Optional.of(e)));
    }
    for (Check check : checks) {
      begin.accept(check.promise());
      results.add(run(check));
    }
    result(DELETES, this::deleteAll).ifPresent(results::add);
    return results;
  }

  private void deleteAll() {
    try (Storage storage = opening.get()) {
      ProbePlaces.empty(storage, prefix);
    }
  }

  private static Result run(Check check) {
    Instant start = Instant.now();
    return result(check.promise(), check::run)
        .orElseGet(() -> result(check.promise(), start, Optional.empty()));
  }

  /** The result of something that failed; empty when it did not. */
  private static Optional<Result> result(String promise, Runnable work) {
    Instant start = Instant.now();
    try {
      work.run();
      return Optional.empty();
    } catch (Throwable e) {
      return Optional.of(result(promise, start, Optional.of(e)));
    }
  }

  private static Result result(String promise, Instant start, Optional<Throwable> failure) {
    return new Result(
        promise,
        failure
            .map(thrown -> isUnanswered(thrown) ? Outcome.UNANSWERED : Outcome.BROKEN)
            .orElse(Outcome.HOLDS),
        Duration.between(start, Instant.now()),
        failure.map(thrown -> message(promise, thrown)));
  }

  private static boolean isUnanswered(Throwable thrown) {
    Throwable cause = thrown instanceof AssertionError ? thrown.getCause() : thrown;
    return cause instanceof ElacsymException e && e.kind() == ErrorKind.UNAVAILABLE;
  }

  /** A check says itself what it has promised. */
  private static String message(String promise, Throwable thrown) {
    return thrown instanceof AssertionError
        ? String.valueOf(thrown.getMessage())
        : "broken promise '" + promise + "': " + thrown;
  }
}
