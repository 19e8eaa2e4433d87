package io.elacsym.api;

/** A provider whose output is stored, so that later readers must know how it was written. */
public interface EncodingProvider extends Provider {
  /** What this provider writes now: its name, the newest version, and every feature it knows. */
  Encoding encoding();

  /**
   * Whether this provider can read what was written as {@code stored}. The host refuses blobs for
   * which this is false before calling anything else, with both encodings in the message.
   */
  default boolean canRead(Encoding stored) {
    return encoding().reads(stored);
  }
}
