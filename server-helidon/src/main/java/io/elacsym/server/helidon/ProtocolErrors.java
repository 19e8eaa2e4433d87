package io.elacsym.server.helidon;

import io.elacsym.api.ErrorKind;
import io.helidon.http.DirectHandler;
import io.helidon.http.HeaderNames;
import io.helidon.http.ServerResponseHeaders;
import io.helidon.http.Status;
import java.util.Optional;

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
    String message =
        Optional.ofNullable(thrown.getMessage()).orElse("the request is no valid HTTP");
    return handle(request, type, status, headers, message);
  }

  @Override
  public TransportResponse handle(
      TransportRequest request,
      EventType type,
      Status status,
      ServerResponseHeaders headers,
      String message) {
    // Helidon gives null for what it has no words for.
    String told = Optional.ofNullable(message).orElse("the request is no valid HTTP");
    Reply reply = reply(status.code(), told);
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
          : ErrorAnswer.of(status, "invalid_request", message, java.util.Map.of());
    }
    return ErrorAnswer.of(status, "invalid_request", message, java.util.Map.of());
  }
}
