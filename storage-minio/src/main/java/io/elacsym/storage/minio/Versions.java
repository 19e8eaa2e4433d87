package io.elacsym.storage.minio;

import io.elacsym.api.storage.PutMode;
import java.util.Map;

/** Versions are ETags without the quotes they have in headers. */
final class Versions {
  private Versions() {}

  static String ofTag(String tag) {
    return tag.replace("\"", "");
  }

  static String toTag(String version) {
    return '"' + version + '"';
  }

  /** How a put's condition is said in HTTP. */
  static Map<String, String> condition(PutMode mode) {
    if (mode.ifAbsent()) {
      return Map.of("If-None-Match", "*");
    }
    return mode.version().map(version -> Map.of("If-Match", toTag(version))).orElse(Map.of());
  }
}
