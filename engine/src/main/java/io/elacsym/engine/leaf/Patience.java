package io.elacsym.engine.leaf;

import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How long leaves have to answer before the root begins to search itself: as long as all but one of
 * twenty answers to such questions took lately. Safe for use by many threads.
 */
final class Patience {
  /** With less than this, a pause of one of two processes would begin work in vain. */
  static final Duration LEAST = Duration.ofMillis(50);

  /** While little is known: as long as a leaf takes that has to read from the storage first. */
  static final Duration FIRST = Duration.ofMillis(250);

  static final Duration MOST = Duration.ofSeconds(2);

  private static final int KEPT = 128;
  private static final int FEW = 20;

  private final Map<Class<? extends LeafQuestion>, Lately> lately = new ConcurrentHashMap<>();

  /** The last answers to questions of one kind. */
  private static final class Lately {
    private final long[] nanos = new long[KEPT];
    private int count;

    synchronized void add(Duration took) {
      nanos[count % KEPT] = took.toNanos();
      // Counts on from KEPT, so that it never overflows.
      count = count + 1 == 2 * KEPT ? KEPT : count + 1;
    }

    synchronized Duration mostTook() {
      if (count < FEW) {
        return FIRST;
      }
      long[] sorted = Arrays.copyOf(nanos, Math.min(count, KEPT));
      Arrays.sort(sorted);
      return Duration.ofNanos(sorted[sorted.length - 1 - sorted.length / FEW]);
    }
  }

  private Lately of(LeafQuestion question) {
    return lately.computeIfAbsent(question.getClass(), kind -> new Lately());
  }

  /** How long such a question may take. */
  Duration with(LeafQuestion question) {
    Duration most = of(question).mostTook();
    if (most.compareTo(LEAST) < 0) {
      return LEAST;
    }
    return most.compareTo(MOST) > 0 ? MOST : most;
  }

  /** Such a question has taken so long, or longer if it was not answered. */
  void took(LeafQuestion question, Duration time) {
    of(question).add(time);
  }
}
