package io.elacsym.tck;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * One promise of a contract and the code that proves it. Needs no test framework: {@link #run}
 * returns, or throws an {@link AssertionError} that says the promise, the seed and what was seen.
 *
 * @param promise what must hold, as a sentence; unique among the checks of its contract and seed
 * @param seed where the check's random choices come from
 * @param body throws when the promise is broken
 */
public record Check(String promise, long seed, Body body) {
  private static final int FRAMES_SHOWN = 30;

  /** The code of a check. */
  @FunctionalInterface
  public interface Body {
    void run() throws Exception;
  }

  /** A check whose seed is {@link Seed#current}. */
  public static Check of(String promise, Body body) {
    return new Check(promise, Seed.current(), body);
  }

  /** These checks once for each seed of the profile. */
  public static List<Check> fromEachSeed(Supplier<List<Check>> checks) {
    return Profile.current().seeds().stream()
        .flatMap(seed -> Seed.with(seed, checks::get).stream())
        .toList();
  }

  /**
   * Proves the promise, on a thread of its own: so a part that hangs fails its check, too.
   *
   * @throws AssertionError when it does not hold, or when the part fails in any other way, whatever
   *     it throws
   */
  public void run() {
    run(Profile.current().longest());
  }

  /**
   * As {@link #run()}.
   *
   * @param longest after which time the check has failed, because it does not end
   */
  public void run(Duration longest) {
    FutureTask<Boolean> proof =
        new FutureTask<>(() ->
            Seed.with(
                seed,
                () -> {
                  body.run();
                  return true;
                }));
    Thread thread = Thread.ofPlatform().daemon().name("check '" + promise + "'").start(proof);
    try {
      proof.get(longest.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw failure(Objects.requireNonNullElse(e.getCause(), e));
    } catch (TimeoutException e) {
      String where = frames(thread);
      thread.interrupt();
      throw new AssertionError(broken() + "it did not end within " + longest + where, e);
    } catch (InterruptedException e) {
      thread.interrupt();
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted: " + promise, e);
    }
  }

  private AssertionError failure(Throwable thrown) {
    return switch (thrown) {
      // After these two the virtual machine itself cannot be trusted.
      case InternalError e -> throw e;
      case UnknownError e -> throw e;
      case AssertionError e -> new AssertionError(broken() + e.getMessage(), e);
      default -> new AssertionError(broken() + "unexpected " + thrown, thrown);
    };
  }

  private static String frames(Thread thread) {
    return Arrays.stream(thread.getStackTrace())
        .limit(FRAMES_SHOWN)
        .map(frame -> System.lineSeparator() + "  at " + frame)
        .collect(Collectors.joining());
  }

  private String broken() {
    return "broken promise '" + promise + "' (seed " + seed + "): ";
  }
}
