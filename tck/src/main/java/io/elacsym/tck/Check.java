package io.elacsym.tck;

/**
 * One promise of a contract and the code that proves it. Needs no test framework: {@link #run}
 * returns, or throws an {@link AssertionError} that says the promise, the seed and what was seen.
 *
 * @param promise what must hold, as a sentence; unique in its contract
 * @param seed where the check's random choices come from
 * @param body throws when the promise is broken
 */
public record Check(String promise, long seed, Body body) {
  /** The code of a check. */
  @FunctionalInterface
  public interface Body {
    void run() throws Exception;
  }

  /** A check whose seed is {@link Seed#current}. */
  public static Check of(String promise, Body body) {
    return new Check(promise, Seed.current(), body);
  }

  /**
   * Proves the promise.
   *
   * @throws AssertionError when it does not hold, or when the part fails in any other way
   */
  public void run() {
    try {
      body.run();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted: " + promise, e);
    } catch (AssertionError e) {
      throw new AssertionError(broken() + e.getMessage(), e);
    } catch (Exception e) {
      throw new AssertionError(broken() + "unexpected " + e, e);
    }
  }

  private String broken() {
    return "broken promise '" + promise + "' (seed " + seed + "): ";
  }
}
