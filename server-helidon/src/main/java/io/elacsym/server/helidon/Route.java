package io.elacsym.server.helidon;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One method on one path.
 *
 * @param path segments; one in braces, as {@code {ns}}, takes any text
 * @param body whether there is one
 * @param pace how long it may take
 */
record Route(String method, String path, Body body, Pace pace, Endpoint endpoint) {
  Route(String method, String path, Body body, Endpoint endpoint) {
    this(method, path, body, Pace.PROMPT, endpoint);
  }

  /** How long a route may take when the request says nothing. */
  enum Pace {
    /** As usual. */
    PROMPT,
    /** As long as a request can ask for: it works on a whole namespace. */
    MAINTENANCE
  }

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
        parameters.put(
            segment.substring(1, segment.length() - 1), PercentText.decode(found.get(i)));
      } else if (!segment.equals(found.get(i))) {
        return Optional.empty();
      }
    }
    return Optional.of(parameters);
  }

  private static List<String> segments(String path) {
    return List.of(path.substring(1).split("/", -1));
  }
}
