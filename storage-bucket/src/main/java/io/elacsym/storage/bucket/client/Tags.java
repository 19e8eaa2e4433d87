package io.elacsym.storage.bucket.client;

/** Tags are ETags without the quotes they have in headers. */
public final class Tags {
  private Tags() {}

  /** The tag that an answer's ETag says; stores exist that leave the quotes out. */
  public static String ofHeader(String eTag) {
    boolean quoted = eTag.length() >= 2 && eTag.startsWith("\"") && eTag.endsWith("\"");
    return quoted ? eTag.substring(1, eTag.length() - 1) : eTag;
  }

  /** The ETag of a tag, for a condition. */
  public static String toHeader(String tag) {
    return '"' + tag + '"';
  }
}
