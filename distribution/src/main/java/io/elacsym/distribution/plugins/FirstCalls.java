package io.elacsym.distribution.plugins;

import io.elacsym.distribution.terminal.Screen;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * Makes the first calls into a plugin, on a thread of their own: code that blocks would keep the
 * program from starting, and code that ends the process would leave nobody to say why.
 */
final class FirstCalls {
  /**
   * How long the constructor and the descriptions of a provider may take. They do no work, but a
   * machine may be busy.
   */
  static final Duration PATIENCE = Duration.ofSeconds(30);

  private FirstCalls() {}

  /** The calls have not returned. */
  static final class Stuck extends Exception {
    private static final long serialVersionUID = 1L;

    Stuck(String message) {
      super(message);
    }
  }

  /**
   * Makes calls.
   *
   * @param who the jar and the class, for messages
   * @throws Stuck when they take longer than {@code patience}; they go on, on a daemon thread
   * @throws ExecutionException with what they threw
   */
  static <T> T make(String who, Duration patience, Supplier<T> calls)
      throws Stuck, ExecutionException {
    CompletableFuture<T> result = new CompletableFuture<>();
    Thread thread =
        Thread.ofPlatform()
            .daemon()
            .name("elacsym-first-calls")
            .unstarted(() -> {
              try {
                result.complete(calls.get());
              } catch (Throwable e) { // Whatever it is, the waiting thread is told.
                result.completeExceptionally(e);
              }
            });
    Thread epitaph = new Thread(() -> tellOfExit(who, thread));
    Runtime.getRuntime().addShutdownHook(epitaph);
    try {
      thread.start();
      return result.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new Stuck(
          who
              + " has not returned within "
              + patience.toSeconds()
              + "s"
              + where(thread)
              + "; a provider does no work before it is asked to open something: remove the plugin"
              + " or report it to its authors");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Stuck(who + " was interrupted while it was loaded");
    } finally {
      remove(epitaph);
    }
  }

  private static String where(Thread thread) {
    return Arrays.stream(thread.getStackTrace())
        .findFirst()
        .map(frame -> " (at " + frame + ")")
        .orElse("");
  }

  /**
   * Runs when the process ends: a plugin that did that is named, and the exit code says failure.
   */
  private static void tellOfExit(String who, Thread thread) {
    if (isExiting(thread)) {
      Screen.standard()
          .note(
              "elacsym: "
                  + who
                  + " ended the process (System.exit) while it was loaded; remove the plugin or"
                  + " report it to its authors");
      Runtime.getRuntime().halt(1);
    }
  }

  private static boolean isExiting(Thread thread) {
    List<StackTraceElement> frames = List.of(thread.getStackTrace());
    return frames.stream()
        .anyMatch(frame ->
            frame.getClassName().equals("java.lang.Runtime")
                && frame.getMethodName().equals("exit"));
  }

  private static void remove(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The process is ending already, and the hook finds nothing to tell of.
    }
  }
}
