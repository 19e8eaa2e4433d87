package io.elacsym.api.storage;

import java.util.Optional;

/**
 * The answer of a conditional read.
 *
 * @param changed whether the object has another version than the caller's, or is gone
 * @param object the new object; empty when unchanged, or when it is gone
 */
public record Changed(boolean changed, Optional<StoredObject> object) {
  public static final Changed UNCHANGED = new Changed(false, Optional.empty());

  public static Changed to(Optional<StoredObject> object) {
    return new Changed(true, object);
  }
}
