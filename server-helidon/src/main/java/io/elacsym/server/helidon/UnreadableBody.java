package io.elacsym.server.helidon;

import io.elacsym.api.ErrorKind;
import io.elacsym.server.helidon.wire.TooSlow;

/** A request body whose bytes cannot be had: broken chunks, no gzip, or the client went away. */
final class UnreadableBody extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Reply reply;

  UnreadableBody(Throwable cause) {
    super("the request body cannot be read", cause);
    String why = "the request body cannot be read: " + reason(cause);
    reply =
        cause instanceof TooSlow
            ? HttpProblem.tooSlow(why).reply()
            : ErrorAnswer.of(ErrorKind.INVALID_REQUEST, why);
  }

  Reply reply() {
    return reply;
  }

  private static String reason(Throwable cause) {
    String message = cause.getMessage();
    return message == null ? "it ends too early" : message;
  }
}
