package io.elacsym.server.helidon;

/**
 * One method on one path.
 *
 * @param path a {@link PathPattern}
 * @param body what the route takes as a request body
 * @param pace how long it may take
 * @param place which node of a cluster serves it
 */
record Route(String method, String path, Body body, Pace pace, Place place, Endpoint endpoint) {
  /** Which node of a cluster serves a route. */
  enum Place {
    /** The one that is asked: it tells of itself, or only lists. */
    HERE,
    /** One that keeps the namespace in its caches. */
    READER,
    /** The one that writes the namespace. */
    WRITER
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
    DOCUMENTS(Long.MAX_VALUE),
    /** What another node asks, which is no JSON: a query, and rows of a segment. */
    QUESTION(Route.QUESTION_BYTES, Reply.BINARY);

    private final long maxBytes;
    private final String contentType;

    Body(long maxBytes) {
      this(maxBytes, Reply.JSON);
    }

    Body(long maxBytes, String contentType) {
      this.maxBytes = maxBytes;
      this.contentType = contentType;
    }

    /** What the head of the request has to say that it is. */
    String contentType() {
      return contentType;
    }

    /** Whether a head says so. */
    boolean is(String given) {
      return contentType.equals(Reply.JSON)
          ? JsonType.is(given)
          : contentType.equalsIgnoreCase(given.strip());
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

  /** The same, and a bit for each row of a segment of 250 million. */
  private static final long QUESTION_BYTES = QUERY_BYTES + (32 << 20);
}
