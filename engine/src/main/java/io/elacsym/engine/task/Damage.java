package io.elacsym.engine.task;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.ErrorKind;
import java.util.function.Function;
import java.util.function.Supplier;

/** What to do where an object is missing or damaged. */
public final class Damage {
  private Damage() {}

  /** Whether a failure says that an object is missing or damaged. */
  public static boolean is(ElacsymException failure) {
    return failure.kind() == ErrorKind.CORRUPT;
  }

  /**
   * Reads something, or does something else where it is damaged. Every other failure goes on: a
   * storage that does not answer has lost nothing.
   */
  public static <T> T orElse(Supplier<T> read, Function<ElacsymException, T> whenDamaged) {
    try {
      return read.get();
    } catch (ElacsymException e) {
      if (!is(e)) {
        throw e;
      }
      return whenDamaged.apply(e);
    }
  }
}
