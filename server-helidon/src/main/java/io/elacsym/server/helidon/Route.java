package io.elacsym.server.helidon;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One method on one path.
 *
 * @param path segments; one in braces, as {@code {ns}}, takes any text
 * @param body whether there is one
 */
record Route(String method, String path, Body body, Endpoint endpoint) {
  /** What a route wants as a request body. */
  enum Body {
    /** Ignored. */
    NONE,
    /** JSON, or nothing. */
    OPTIONAL,
    /** JSON. */
    REQUIRED
  }

  /**
   * The texts in place of the path's braces, decoded; empty when {@code rawPath} is another path.
   * Segments are split before they are decoded, so that an id may contain {@code %2F}.
   */
  Optional<Map<String, String>> match(String rawPath) {
    List<String> wanted = segments(path);
    List<String> found = segments(rawPath);
    if (wanted.size() != found.size()) {
      return Optional.empty();
    }
    Map<String, String> parameters = new HashMap<>();
    for (int i = 0; i < wanted.size(); i++) {
      String segment = wanted.get(i);
      if (segment.startsWith("{")) {
        if (found.get(i).isEmpty()) {
          return Optional.empty();
        }
        parameters.put(segment.substring(1, segment.length() - 1), decoded(found.get(i)));
      } else if (!segment.equals(found.get(i))) {
        return Optional.empty();
      }
    }
    return Optional.of(parameters);
  }

  private static List<String> segments(String path) {
    return List.of(path.substring(1).split("/", -1));
  }

  private static String decoded(String segment) {
    // URLDecoder is for forms, where a plus is a space; in a path it is a plus.
    return URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
  }
}
