package io.elacsym.distribution.transfer;

import java.util.TreeMap;

/**
 * Which rows of the file are dealt with. Batches end in any order; only what is done without a gap
 * counts, because that is where a later run goes on. Safe for use by many threads.
 */
final class Ledger {
  private final TreeMap<Long, Long> ahead = new TreeMap<>();
  private long done;

  Ledger(long done) {
    this.done = done;
  }

  /** Rows {@code from} to {@code to} (exclusive) are dealt with. */
  synchronized void complete(long from, long to) {
    ahead.put(from, to);
    Long end = ahead.remove(done);
    while (end != null) {
      done = end;
      end = ahead.remove(done);
    }
  }

  /** How many rows from the start of the file are dealt with. */
  synchronized long done() {
    return done;
  }
}
