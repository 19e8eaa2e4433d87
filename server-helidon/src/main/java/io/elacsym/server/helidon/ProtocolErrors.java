package io.elacsym.server.helidon;

import io.elacsym.api.ErrorKind;
import io.helidon.http.DirectHandler;
import io.helidon.http.HeaderNames;
import io.helidon.http.ServerResponseHeaders;
import io.helidon.http.Status;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Puts what Helidon itself refuses, before any route is known, into our error form. */
final class ProtocolErrors implements DirectHandler {
  @Override
  public TransportResponse handle(
      TransportRequest request,
      EventType type,
      Status status,
      ServerResponseHeaders headers,
      Throwable thrown,
      System.Logger logger) {
    return handle(request, type, status, headers, thrown.getMessage());
  }

  @Override
  public TransportResponse handle(
      TransportRequest request,
      EventType type,
      Status status,
      ServerResponseHeaders headers,
      @Nullable String message) {
    // Without a message there is still a status to tell.
    Reply reply = reply(status.code(), message == null ? status.text() : message);
    return TransportResponse.builder()
        .status(Status.create(reply.status()))
        .headers(headers)
        .header(HeaderNames.CONTENT_TYPE, reply.contentType())
        .keepAlive(false)
        .entity(reply.body())
        .build();
  }

  private static Reply reply(int status, String message) {
    if (status == Status.REQUEST_ENTITY_TOO_LARGE_413.code()) {
      return ErrorAnswer.of(ErrorKind.TOO_LARGE, "the request body is too large");
    }
    if (status >= 500) {
      return status == Status.INTERNAL_SERVER_ERROR_500.code()
          ? ErrorAnswer.of(ErrorKind.INTERNAL, "internal error; the server's log has the details")
          : ErrorAnswer.of(status, "invalid_request", message, Map.of());
    }
    return ErrorAnswer.of(status, "invalid_request", message, Map.of());
  }
}
