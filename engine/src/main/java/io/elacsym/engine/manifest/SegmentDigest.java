package io.elacsym.engine.manifest;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * A short text that says which objects a segment consists of: two processes that find the same one
 * read the same bytes. Tombstones do not count, because each process says which rows it means; nor
 * do indexes that there are not.
 */
public final class SegmentDigest {
  private SegmentDigest() {}

  /** The SHA-256 of what a manifest has of a segment, as lower-case hexadecimal digits. */
  public static String of(SegmentEntry segment) {
    SegmentEntry stored = segment.withTombstones(Optional.empty()).withGaps(List.of());
    String json = ManifestJson.segment(stored).toString();
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(json.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
