package io.elacsym.engine.segment;

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
   * The name holds the number of the field instead of its name: the names of objects must not grow
   * with the names of attributes, which may be long and have any characters.
   *
   * @param number of the field, see {@link io.elacsym.engine.model.Schema#number}
   * @param attempt distinguishes a rebuilt index from the one it replaces; empty for the first
   */
  static String index(String segment, int number, String attempt, String type) {
    String suffix = attempt.isEmpty() ? "" : "-" + attempt;
    return "indexes/" + segment + "/" + number + suffix + "." + type;
  }

  static String tombstones(String segment, String unique) {
    return "tombstones/" + segment + "-" + unique + ".roaring";
  }
}
