package io.elacsym.server.helidon;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One method on one path.
 *
 * @param path segments; one in braces, as {@code {ns}}, takes any text
 * @param body what the route takes as a request body
 * @param pace how long it may take
 */
record Route(String method, String path, Body body, Pace pace, Endpoint endpoint) {
  Route(String method, String path, Body body, Endpoint endpoint) {
    this(method, path, body, Pace.PROMPT, endpoint);
  }

  /** How long a route may take when the request says nothing. */
  enum Pace {
    /** As long as a request may usually take. */
    PROMPT,
    /** As long as a request can ask for: it works on a whole namespace. */
    MAINTENANCE
  }

  /** What a route wants as a request body. */
  enum Body {
    /** No body; one that comes is dropped. */
    NONE(0),
    /** JSON, or nothing. */
    OPTIONAL(Route.SMALL),
    /** JSON. */
    REQUIRED(Route.SMALL),
    /** JSON of a query: a vector, a filter. */
    QUERY(Route.QUERY_BYTES),
    /** The same, or nothing. */
    OPTIONAL_QUERY(Route.QUERY_BYTES),
    /** JSON as large as the server takes it: documents, ids. */
    DOCUMENTS(Long.MAX_VALUE);

    private final long maxBytes;

    Body(long maxBytes) {
      this.maxBytes = maxBytes;
    }

    /** Most bytes of such a body, whatever the server would take. */
    long maxBytes() {
      return maxBytes;
    }

    /** Whether the body may be absent. */
    boolean optional() {
      return this == OPTIONAL || this == OPTIONAL_QUERY;
    }
  }

  /** More than a schema with all it may have; whoever sends more means something else. */
  private static final long SMALL = 1 << 20;

  /** More than the longest vector and the largest filter together. */
  private static final long QUERY_BYTES = 16 << 20;

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
