package io.elacsym.engine.model;

import io.elacsym.tck.Seed;
import java.util.Random;

/** Runs a random test so that its failure names the seed that replays it. */
public final class Seeded {
  private Seeded() {}

  /** A test that takes every choice from one source. */
  @FunctionalInterface
  public interface Body {
    void run(Random random) throws Exception;
  }

  /** Runs with the seed of {@code -Delacsym.seed}. */
  public static void run(Body body) {
    long seed = Seed.current();
    try {
      body.run(new Random(seed));
    } catch (Exception | AssertionError e) {
      throw new AssertionError("with -D" + Seed.PROPERTY + "=" + seed + ": " + e.getMessage(), e);
    }
  }
}
