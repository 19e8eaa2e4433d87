package io.elacsym.engine.border;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.ErrorKind;

/** A plugin has answered what its interface does not allow. */
public final class WrongAnswer extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private WrongAnswer(String message) {
    super(message, null, false, false);
  }

  /** What is thrown in the place of a wrong answer, unless the answer can be had otherwise. */
  static ElacsymException of(PluginName plugin, String how) {
    String message = plugin + " broke its contract: " + how;
    return new ElacsymException(ErrorKind.INTERNAL, message, new WrongAnswer(message));
  }

  /** Whether a failure is that of a wrong answer. */
  public static boolean is(ElacsymException failure) {
    return failure.getCause() instanceof WrongAnswer;
  }
}
