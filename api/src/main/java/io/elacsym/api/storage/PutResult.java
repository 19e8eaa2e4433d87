package io.elacsym.api.storage;

import java.util.Optional;

/**
 * What became of a put.
 *
 * @param outcome won, lost or unknown
 * @param tag of what is stored now; present exactly when won
 */
public record PutResult(Outcome outcome, Optional<String> tag) {
  /** The three ends of a put. */
  public enum Outcome {
    /** The object is stored and durable. */
    WON,
    /** The condition did not hold; nothing was changed by this put. */
    LOST,
    /**
     * The storage may or may not have taken it, now or soon. The caller reads back: every payload
     * of a conditional put carries its writer's unique id for that.
     */
    UNKNOWN
  }

  public static final PutResult LOST = new PutResult(Outcome.LOST, Optional.empty());
  public static final PutResult UNKNOWN = new PutResult(Outcome.UNKNOWN, Optional.empty());

  public PutResult {
    if (tag.isPresent() != (outcome == Outcome.WON)) {
      throw new IllegalArgumentException("a put has a tag exactly when it won");
    }
  }

  public static PutResult won(String tag) {
    return new PutResult(Outcome.WON, Optional.of(tag));
  }
}
