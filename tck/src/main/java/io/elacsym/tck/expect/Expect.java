package io.elacsym.tck.expect;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.ErrorKind;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Expectations of checks; each says what was expected and what was seen. */
public final class Expect {
  private Expect() {}

  /** A call that may throw anything. */
  @FunctionalInterface
  public interface Call {
    void run() throws Exception;
  }

  public static void that(boolean holds, Supplier<String> otherwise) {
    if (!holds) {
      throw new AssertionError(otherwise.get());
    }
  }

  /** Expects the same value, to the last bit: of two zeros with different signs, too. */
  public static void equal(String what, @Nullable Object expected, @Nullable Object seen) {
    if (!Shown.same(expected, seen)) {
      throw new AssertionError(what + " is " + Shown.difference(expected, seen));
    }
  }

  /** Expects an {@link ElacsymException} of one kind, with a message. */
  public static void failure(ErrorKind kind, String what, Call call) throws Exception {
    try {
      call.run();
    } catch (ElacsymException e) {
      equal("kind of the failure of " + what + " (" + e.getMessage() + ")", kind, e.kind());
      that(
          e.getMessage() != null && !e.getMessage().isBlank(),
          () -> "the failure of " + what + " has no message");
      return;
    }
    throw new AssertionError(what + " succeeded, expected a failure of kind " + kind);
  }

  /** Expects an exception of a type. */
  public static void exception(Class<? extends Exception> type, String what, Call call)
      throws Exception {
    try {
      call.run();
    } catch (Exception e) {
      if (type.isInstance(e)) {
        return;
      }
      throw e;
    }
    throw new AssertionError(what + " succeeded, expected a " + type.getSimpleName());
  }
}
