package io.elacsym.storage.bucket.client;

/** Versions are ETags without the quotes they have in headers. */
public final class Versions {
  private Versions() {}

  /** The version that an answer's ETag says; stores exist that leave the quotes out. */
  public static String ofTag(String tag) {
    boolean quoted = tag.length() >= 2 && tag.startsWith("\"") && tag.endsWith("\"");
    return quoted ? tag.substring(1, tag.length() - 1) : tag;
  }

  /** The ETag of a version, for a condition. */
  public static String toTag(String version) {
    return '"' + version + '"';
  }
}
