package io.elacsym.tck;

import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;

/**
 * How thoroughly checks look. Both profiles check the same promises, at sizes on both sides of the
 * limits where parts tend to go wrong; the full one also at the largest documented sizes, with more
 * rounds, and from several seeds.
 */
public enum Profile {
  /** For every build. */
  QUICK,
  /** Before a release: takes many minutes and some GB of memory. */
  FULL;

  /** The system property that chooses one: {@code -Delacsym.tck=full}. */
  public static final String PROPERTY = "elacsym.tck";

  private static final int SEEDS = 3;

  /** The profile given by {@value #PROPERTY}, quick when there is none. */
  public static Profile current() {
    String given = System.getProperty(PROPERTY, "quick");
    return switch (given) {
      case "quick" -> QUICK;
      case "full" -> FULL;
      default ->
          throw new IllegalArgumentException(
              PROPERTY + " is '" + given + "', expected 'quick' or 'full'");
    };
  }

  /** One of two values. */
  public <T> T pick(T quick, T full) {
    return this == FULL ? full : quick;
  }

  /** The seeds from which every check is run. */
  public List<Long> seeds() {
    long first = Seed.current();
    return LongStream.range(first, first + pick(1, SEEDS)).boxed().toList();
  }

  /** After how long a check that has not ended is taken for one that never will. */
  public Duration longest() {
    return Duration.ofMinutes(pick(15, 120));
  }
}
