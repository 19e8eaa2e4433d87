package io.elacsym.storage.bucket.settings;

import java.util.Optional;

/**
 * Encryption at rest, as puts ask the store for it.
 *
 * @param keyId the key of the key management service to use; when it is empty, the service uses the
 *     key that it keeps for S3
 */
public record Encryption(Kind kind, Optional<String> keyId) {
  /** Who holds the keys with which objects are encrypted. */
  public enum Kind {
    /** Puts ask for nothing, so the store does what is configured for the bucket. */
    BUCKETS_OWN,
    /** The store holds the keys itself. */
    STORE,
    /** A key management service holds the keys. */
    SERVICE
  }
}
