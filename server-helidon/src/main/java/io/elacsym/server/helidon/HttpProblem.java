package io.elacsym.server.helidon;

import io.elacsym.engine.model.Strings;
import java.util.Map;
import java.util.Optional;

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

  /** A body that is not what a route takes, as far as its head tells. */
  static HttpProblem unsupportedMediaType(Optional<String> contentType, String expected) {
    String is = contentType.map(type -> "is '" + Strings.shown(type) + "'").orElse("is missing");
    return unsupported("Content-Type " + is + ", expected " + expected, Map.of());
  }

  /** A body that is packed in a way that is not known. */
  static HttpProblem unsupportedCoding(String coding) {
    return unsupported(
        "Content-Encoding is '" + Strings.shown(coding) + "', expected gzip or none",
        Map.of("Accept-Encoding", "gzip"));
  }

  private static HttpProblem unsupported(String message, Map<String, String> headers) {
    return new HttpProblem(
        ErrorAnswer.of(415, "unsupported_media_type", message, headers), message);
  }

  /** Somebody who may not call, whatever it is about. */
  static HttpProblem forbidden(String message) {
    return new HttpProblem(ErrorAnswer.of(403, "forbidden", message, Map.of()), message);
  }

  /** A body that does not come. */
  static HttpProblem tooSlow(String message) {
    return new HttpProblem(ErrorAnswer.of(408, "timeout", message, Map.of()), message);
  }

  Reply reply() {
    return reply;
  }
}
