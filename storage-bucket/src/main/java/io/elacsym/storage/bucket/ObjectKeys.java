package io.elacsym.storage.bucket;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.storage.Storage;
import java.util.Optional;

/**
 * Keys in the bucket and names of objects.
 *
 * @param prefix what all our keys start with
 */
record ObjectKeys(String prefix) {
  /**
   * The longest key that S3 takes, in bytes. Our keys are ASCII, so their length is the same in
   * characters.
   */
  private static final int LONGEST = 1024;

  /**
   * The key of an object.
   *
   * @throws ElacsymException {@code INVALID_REQUEST} for a name that cannot be an object
   */
  String key(String name) {
    Storage.checkName(name);
    String key = prefix + name;
    if (key.length() > LONGEST) {
      throw ElacsymException.invalid(
          "object name '"
              + name
              + "' has "
              + key.length()
              + " characters with the prefix, expected at most "
              + LONGEST);
    }
    return key;
  }

  /** The name of a listed object; empty when the key can be none of ours. */
  Optional<String> name(String key) {
    if (!key.startsWith(prefix)) {
      return Optional.empty();
    }
    String name = key.substring(prefix.length());
    try {
      Storage.checkName(name);
      return Optional.of(name);
    } catch (ElacsymException e) {
      return Optional.empty(); // somebody else's: a folder marker, say
    }
  }
}
