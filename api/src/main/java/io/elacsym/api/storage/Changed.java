package io.elacsym.api.storage;

import java.util.Optional;

/** The answer of a conditional read. */
public sealed interface Changed {
  Changed UNCHANGED = new Unchanged();
  Changed GONE = new Gone();

  /** The object is as the caller knows it. */
  record Unchanged() implements Changed {}

  /** There is another object now. */
  record To(StoredObject object) implements Changed {}

  /** There is no such object now. */
  record Gone() implements Changed {}

  /** What has become of an object that is not as it was: another one, or none. */
  static Changed to(Optional<StoredObject> object) {
    return object.<Changed>map(To::new).orElse(GONE);
  }
}
