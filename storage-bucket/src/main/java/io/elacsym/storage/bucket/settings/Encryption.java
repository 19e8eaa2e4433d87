package io.elacsym.storage.bucket.settings;

import java.util.Optional;

/**
 * Encryption at rest, as puts ask for it.
 *
 * @param keyId of a key management service; empty: its own key for S3
 */
public record Encryption(Kind kind, Optional<String> keyId) {
  /** Who keeps the keys. */
  public enum Kind {
    /** Nothing is asked for: as the bucket is set. */
    BUCKETS_OWN,
    /** The store. */
    STORE,
    /** A key management service. */
    SERVICE
  }
}
