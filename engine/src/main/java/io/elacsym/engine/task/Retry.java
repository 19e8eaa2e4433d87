package io.elacsym.engine.task;

import io.elacsym.api.ElacsymException;
import java.util.function.Supplier;

/** Reads again what came damaged: a transfer can go wrong where the stored bytes are whole. */
public final class Retry {
  private static final int ATTEMPTS = 3;

  private Retry() {}

  /** The first answer that is not {@code CORRUPT}; after a few, the damage is believed. */
  public static <T> T whileCorrupt(Supplier<T> read) {
    for (int attempt = 1; ; attempt++) {
      try {
        return read.get();
      } catch (ElacsymException e) {
        if (!Damage.is(e) || attempt == ATTEMPTS) {
          throw e;
        }
      }
    }
  }
}
