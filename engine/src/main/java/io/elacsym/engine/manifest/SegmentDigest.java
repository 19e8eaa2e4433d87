package io.elacsym.engine.manifest;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/**
 * A short text that says which objects a segment consists of: two processes that find the same one
 * read the same bytes. Tombstones do not count, because each process says which rows it means.
 */
public final class SegmentDigest {
  private SegmentDigest() {}

  /** The SHA-256 of what a manifest has of a segment, as lower-case hexadecimal digits. */
  public static String of(SegmentEntry segment) {
    String json = ManifestJson.segment(segment.withTombstones(Optional.empty())).toString();
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(json.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
