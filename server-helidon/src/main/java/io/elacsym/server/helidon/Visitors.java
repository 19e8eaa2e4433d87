package io.elacsym.server.helidon;

import io.elacsym.engine.model.Strings;
import io.elacsym.server.helidon.wire.RequestHead;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Which web pages may call, and under which names the server answers. The server has no
 * authentication: without this, any page that a user of the network opens could write.
 *
 * @param origins of pages that may call, such as {@code https://app.example}; {@code *} for all
 * @param hosts names that a request may be for, in lower case; empty for any
 */
record Visitors(List<String> origins, List<String> hosts) {
  private static final String PREFLIGHT_SECONDS = "600";
  private static final String ANY = "*";

  /**
   * Lets a request in.
   *
   * @throws HttpProblem when it may not come in
   */
  void check(RequestHead head) {
    if (!hosts.isEmpty() && !hosts.contains(name(head.host()))) {
      throw HttpProblem.forbidden(
          "the host is '"
              + Strings.shown(head.host())
              + "', expected one that server.allowed_hosts names");
    }
    Optional<String> origin = head.field("origin");
    if (origin.isPresent() && !allowed(origin.get())) {
      throw HttpProblem.forbidden(
          "the request comes from a web page of '"
              + Strings.shown(origin.get())
              + "', expected one of an origin that server.allowed_origins names");
    }
  }

  private boolean allowed(String origin) {
    return origins.contains(ANY) || origins.contains(origin.toLowerCase(Locale.ROOT));
  }

  /** A host without its port. */
  private static String name(String host) {
    int colon = host.lastIndexOf(':');
    boolean port = colon > host.lastIndexOf(']');
    return (port ? host.substring(0, colon) : host).toLowerCase(Locale.ROOT);
  }

  /** Whether a browser asks if a page may send what it wants to. */
  static boolean preflight(RequestHead head) {
    return head.method().equals("OPTIONS")
        && head.field("origin").isPresent()
        && head.field("access-control-request-method").isPresent();
  }

  /** What a browser is told that asks before it sends. */
  static Reply preflightReply(List<String> methods) {
    return new Reply(
        200,
        "",
        new byte[0],
        Map.of(
            "Access-Control-Allow-Methods",
            String.join(", ", methods),
            "Access-Control-Allow-Headers",
            "Content-Type, Content-Encoding",
            "Access-Control-Max-Age",
            PREFLIGHT_SECONDS));
  }

  /** What lets a page of an allowed origin read the answer. Nothing for all other callers. */
  Map<String, String> headers(RequestHead head) {
    return head.field("origin")
        .filter(this::allowed)
        .map(origin ->
            Map.of(
                "Access-Control-Allow-Origin",
                origin,
                "Access-Control-Expose-Headers",
                "Allow, Retry-After"))
        .orElse(Map.of());
  }
}
