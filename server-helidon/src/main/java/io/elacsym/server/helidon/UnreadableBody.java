package io.elacsym.server.helidon;

import io.helidon.http.RequestException;
import java.io.IOException;
import java.io.UncheckedIOException;

/** A request body whose bytes cannot be had: broken chunks, no gzip, or the client went away. */
final class UnreadableBody extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UnreadableBody(Throwable cause) {
    super("the request body cannot be read: " + reason(cause), cause);
  }

  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }

  private static String reason(Throwable cause) {
    return switch (cause) {
      case UncheckedIOException e when e.getCause() != null ->
          String.valueOf(e.getCause().getMessage());
      case IOException e -> String.valueOf(e.getMessage());
      case RequestException e -> String.valueOf(e.getMessage());
      default -> "the connection ended";
    };
  }
}
