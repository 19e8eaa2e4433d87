package io.elacsym.engine.segment;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Object names below a namespace. */
public final class SegmentNames {
  private SegmentNames() {}

  static String data(String segment, String extension) {
    return "segments/" + segment + "." + extension;
  }

  static String envelope(String segment) {
    return "segments/" + segment + ".envelope";
  }

  /**
   * @param attempt distinguishes a rebuilt index from the one it replaces; empty for the first
   */
  static String index(String segment, String field, String attempt, String type) {
    String suffix = attempt.isEmpty() ? "" : "-" + attempt;
    return "indexes/" + segment + "/" + escaped(field) + suffix + "." + type;
  }

  static String tombstones(String segment, String unique) {
    return "tombstones/" + segment + "-" + unique + ".roaring";
  }

  /**
   * Field names may have any characters, object names may not: others become {@code .xx} in hex.
   */
  static String escaped(String field) {
    StringBuilder name = new StringBuilder();
    for (byte b : field.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xff);
      boolean plain =
          (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
      name.append(plain ? String.valueOf(c) : String.format(Locale.ROOT, ".%02x", (int) c));
    }
    return name.toString();
  }
}
