package io.elacsym.distribution.promise;

import java.time.Duration;
import java.util.Optional;

/**
 * What became of one promise.
 *
 * @param failure what was seen; empty when it holds
 */
public record PromiseResult(
    String promise, Outcome outcome, Duration time, Optional<String> failure) {
  /** What is known of it. */
  public enum Outcome {
    HOLDS("ok"),
    BROKEN("BROKEN"),
    /** There was no answer, or not in time, so it is not known whether it is kept. */
    UNANSWERED("no answer");

    private final String label;

    Outcome(String label) {
      this.label = label;
    }

    /** As a person reads it. */
    public String label() {
      return label;
    }
  }
}
