package io.elacsym.server.helidon;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The path of a route, by segment; one in braces, as {@code {ns}}, takes any text.
 *
 * @param segments between the slashes
 */
record PathPattern(List<String> segments) {
  /**
   * The segments of a path. They are split before they are decoded, so that an id may contain
   * {@code %2F}.
   */
  static List<String> split(String rawPath) {
    return List.of(rawPath.substring(1).split("/", -1));
  }

  static PathPattern of(String path) {
    return new PathPattern(split(path));
  }

  /**
   * The texts in place of the braces, decoded; empty when it is another path.
   *
   * @param found the segments of a request's path
   */
  Optional<Map<String, String>> match(List<String> found) {
    if (segments.size() != found.size()) {
      return Optional.empty();
    }
    for (int i = 0; i < segments.size(); i++) {
      boolean fits = isAny(i) ? !found.get(i).isEmpty() : segments.get(i).equals(found.get(i));
      if (!fits) {
        return Optional.empty();
      }
    }
    Map<String, String> parameters = new HashMap<>();
    for (int i = 0; i < segments.size(); i++) {
      if (isAny(i)) {
        String segment = segments.get(i);
        parameters.put(
            segment.substring(1, segment.length() - 1), PercentText.decode(found.get(i)));
      }
    }
    return Optional.of(parameters);
  }

  private boolean isAny(int segment) {
    return segments.get(segment).startsWith("{");
  }
}
