package io.elacsym.engine.task;

import java.util.function.Supplier;

/** Takes back what was begun when what should follow fails. */
public final class OnFailure {
  private OnFailure() {}

  /**
   * Does the rest of something.
   *
   * @param undo closes, or gives back, what this caller then never gets to see
   */
  public static <T> T undo(Runnable undo, Supplier<T> rest) {
    try {
      return rest.get();
    } catch (Throwable e) {
      // Also what a plugin throws without declaring it.
      try {
        undo.run();
      } catch (Throwable later) {
        e.addSuppressed(later); // the first one says what to do
      }
      throw e;
    }
  }
}
