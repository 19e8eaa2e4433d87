package io.elacsym.engine.order;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.ErrorKind;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How much memory the values may take that one request keeps while it looks at rows: those of
 * groups, and those that decide an order. Safe for use by many threads.
 */
public final class ValueBudget {
  private final long bytes;
  private final AtomicLong left;

  public ValueBudget(long bytes) {
    this.bytes = bytes;
    this.left = new AtomicLong(bytes);
  }

  /** A 64th of the heap, at least 8 MiB and at most 256 MiB. */
  public static ValueBudget ofRequest() {
    return new ValueBudget(Math.clamp(Runtime.getRuntime().maxMemory() / 64, 8L << 20, 256L << 20));
  }

  /**
   * Takes bytes that are about to be used.
   *
   * @throws ElacsymException {@code TOO_LARGE} when so many are not left
   */
  public void take(long more) {
    if (left.addAndGet(-more) < 0) {
      throw new ElacsymException(
          ErrorKind.TOO_LARGE,
          "the distinct values of facets, groups and orders take more than "
              + bytes
              + " bytes of memory; narrow the filter, or ask for a field with fewer or shorter"
              + " values");
    }
  }

  /** Gives back bytes that were taken and are not used any more. */
  public void giveBack(long unused) {
    left.addAndGet(unused);
  }
}
