package io.elacsym.server.helidon;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.elacsym.api.ErrorKind;
import io.elacsym.engine.model.Strings;
import io.elacsym.server.helidon.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** The one form of an error: {@code {"error":{"code":"..","message":".."}}} and its status. */
final class ErrorAnswer {
  private static final String RETRY_AFTER_SECONDS = "1";

  private static final int MAX_MESSAGE = 2_000;
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private ErrorAnswer() {}

  /**
   * What an error looks like from outside.
   *
   * @param code in the body; stable
   */
  private record Outside(String code, int status) {}

  /** The table that maps every kind of error. What can be retried says so with Retry-After. */
  private static Outside outside(ErrorKind kind) {
    return switch (kind) {
      case INVALID_REQUEST -> new Outside("invalid_request", 400);
      case NOT_FOUND -> new Outside("not_found", 404);
      case CONFLICT -> new Outside("conflict", 409);
      case TOO_LARGE -> new Outside("too_large", 413);
      case OVERLOADED -> new Outside("overloaded", 429);
      case UNAVAILABLE -> new Outside("unavailable", 503);
      case TIMEOUT -> new Outside("timeout", 504);
      case CORRUPT -> new Outside("corrupt", 500);
      case INTERNAL -> new Outside("internal", 500);
    };
  }

  static Reply of(ErrorKind kind, String message) {
    Outside outside = outside(kind);
    return of(
        outside.status(),
        outside.code(),
        message,
        kind.retryable() ? Map.of("Retry-After", RETRY_AFTER_SECONDS) : Map.of());
  }

  /** An error that is only HTTP's. */
  static Reply of(int status, String code, String message, Map<String, String> headers) {
    return new Reply(status, Reply.JSON, body(code, message), headers);
  }

  /** The message of an error that another node has sent; all of it where it has another form. */
  static String message(byte[] body) {
    try {
      JsonNode message = MAPPER.readTree(body).path("error").path("message");
      if (message.isTextual()) {
        return message.textValue();
      }
    } catch (IOException e) {
      // Not our form: what came says more than that it could not be read.
      return Strings.shown(new String(body, StandardCharsets.UTF_8));
    }
    return Strings.shown(new String(body, StandardCharsets.UTF_8));
  }

  /**
   * The body of an error. The message is cut if it is long, and halves of surrogate pairs are
   * escaped, because a message may repeat any input.
   */
  static byte[] body(String code, String message) {
    return Json.bytes(out -> {
      out.writeStartObject();
      out.writeObjectFieldStart("error");
      out.writeStringField("code", code);
      out.writeStringField("message", Strings.shown(message, MAX_MESSAGE));
      out.writeEndObject();
      out.writeEndObject();
    });
  }
}
