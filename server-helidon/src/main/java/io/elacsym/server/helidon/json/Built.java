package io.elacsym.server.helidon.json;

import java.util.function.LongConsumer;

/**
 * Counts the memory that readers make of a request while they read it: a request of a few bytes can
 * be one of many objects. Readers tell it of everything they keep; whoever gave them the request
 * may refuse it there and then. Where nobody counts, telling costs nothing.
 */
public final class Built {
  private static final ScopedValue<LongConsumer> COUNTER = ScopedValue.newInstance();

  private Built() {}

  /** Runs something whose readers tell {@code counter}, which may throw. */
  public static <T, X extends Throwable> T counted(
      LongConsumer counter, ScopedValue.CallableOp<T, X> reading) throws X {
    return ScopedValue.where(COUNTER, counter).call(reading);
  }

  /** Tells of memory that is about to be kept. */
  public static void count(long bytes) {
    if (COUNTER.isBound()) {
      COUNTER.get().accept(bytes);
    }
  }
}
