package io.elacsym.engine.task;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.ErrorKind;
import java.util.function.Supplier;

/** The cause of a conflict that trying again may well end. */
public final class LostRace extends Exception {
  private static final long serialVersionUID = 1;
  private static final int ATTEMPTS = 20;

  private LostRace() {
    super("another commit came between");
  }

  /** The failure of a change that lost against another commit. */
  public static ElacsymException of(String namespace) {
    return new ElacsymException(
        ErrorKind.CONFLICT,
        "namespace '" + namespace + "': others keep changing it at the same time; try again",
        new LostRace());
  }

  /** Whether a change failed because it has lost against another commit. */
  public static boolean isCauseOf(ElacsymException failure) {
    return failure.getCause() instanceof LostRace;
  }

  /** Makes a change, and tries again a few times when it loses against other commits. */
  public static <T> T retried(Supplier<T> change) {
    for (int attempt = 1; ; attempt++) {
      try {
        return change.get();
      } catch (ElacsymException e) {
        if (!isCauseOf(e) || attempt == ATTEMPTS) {
          throw e;
        }
      }
    }
  }
}
