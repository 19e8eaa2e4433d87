package io.elacsym.engine.cas;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.ErrorKind;
import io.elacsym.api.storage.Payload;
import io.elacsym.api.storage.PutMode;
import io.elacsym.api.storage.PutResult;
import io.elacsym.api.storage.Storage;
import java.util.function.Supplier;

/** Puts of objects whose bytes are the same whoever puts them, so that a put can be repeated. */
public final class Puts {
  private static final int ATTEMPTS = 4;

  private Puts() {}

  /**
   * Puts an object, again while nobody can say whether it is there: to write the same bytes twice
   * changes nothing.
   *
   * @throws ElacsymException {@code UNAVAILABLE} when storage did not take it for certain
   */
  public static void certain(Storage storage, String name, Supplier<Payload> payload) {
    certain(name, () -> storage.put(name, payload.get(), PutMode.OVERWRITE).outcome());
  }

  /**
   * As above, for a caller that has something else to do while a put is under way.
   *
   * @param put tries once, and returns how that ended
   */
  public static void certain(String name, Supplier<PutResult.Outcome> put) {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      if (put.get() == PutResult.Outcome.WON) {
        return;
      }
    }
    throw new ElacsymException(
        ErrorKind.UNAVAILABLE, "storage did not say whether it has taken object " + name);
  }
}
