package io.elacsym.api.storage;

import java.util.Optional;

/**
 * The condition under which a put takes effect. Exactly one of three: none ({@link #OVERWRITE}),
 * the object must be absent ({@link #IF_ABSENT}), or it must have a known version ({@link
 * #ifMatches}). Both conditions are mandatory for a storage and atomic: of many concurrent puts,
 * one wins.
 *
 * @param ifAbsent the object must not exist
 * @param version the version the object must have now
 */
public record PutMode(boolean ifAbsent, Optional<String> version) {
  public static final PutMode OVERWRITE = new PutMode(false, Optional.empty());
  public static final PutMode IF_ABSENT = new PutMode(true, Optional.empty());

  public PutMode {
    if (ifAbsent && version.isPresent()) {
      throw new IllegalArgumentException("a put cannot require absence and a version at once");
    }
  }

  public static PutMode ifMatches(String version) {
    return new PutMode(false, Optional.of(version));
  }

  public boolean conditional() {
    return ifAbsent || version.isPresent();
  }
}
