package io.elacsym.storage.s3;

/** Versions are ETags without the quotes they have in headers. */
final class Versions {
  private Versions() {}

  static String ofTag(String tag) {
    boolean quoted = tag.length() >= 2 && tag.startsWith("\"") && tag.endsWith("\"");
    return quoted ? tag.substring(1, tag.length() - 1) : tag;
  }

  static String toTag(String version) {
    return '"' + version + '"';
  }
}
