package io.elacsym.server.helidon;

import io.elacsym.engine.model.Strings;
import java.util.Map;

/** An error that only HTTP knows, such as a wrong method. */
final class HttpProblem extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Reply reply;

  private HttpProblem(Reply reply, String message) {
    super(message, null, false, false);
    this.reply = reply;
  }

  static HttpProblem methodNotAllowed(String method, String allowed) {
    String message =
        "method " + Strings.shown(method) + " is not allowed here, expected " + allowed;
    return new HttpProblem(
        ErrorAnswer.of(405, "method_not_allowed", message, Map.of("Allow", allowed)), message);
  }

  static HttpProblem unsupportedMediaType(String contentType) {
    String message =
        "Content-Type is '" + Strings.shown(contentType) + "', expected application/json";
    return new HttpProblem(
        ErrorAnswer.of(415, "unsupported_media_type", message, Map.of()), message);
  }

  Reply reply() {
    return reply;
  }
}
