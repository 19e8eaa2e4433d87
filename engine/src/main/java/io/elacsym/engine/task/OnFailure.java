package io.elacsym.engine.task;

import java.util.function.Supplier;

/** Undoes a first step when the steps that should follow it fail. */
public final class OnFailure {
  private OnFailure() {}

  /**
   * Does the steps that follow a first one.
   *
   * @param undo closes or gives back what the first step has made, because then no caller gets it
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
