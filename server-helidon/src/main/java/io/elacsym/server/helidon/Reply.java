package io.elacsym.server.helidon;

import io.elacsym.server.helidon.json.Json;
import java.util.Map;
import java.util.Optional;

/**
 * An answer, complete in memory, or written while it is sent.
 *
 * @param body all of it, unless it is written while it is sent
 * @param headers besides content type and length
 * @param streamed writes the body, JSON, as often as it is asked to
 */
record Reply(
    int status,
    String contentType,
    byte[] body,
    Map<String, String> headers,
    Optional<Json.Writing> streamed) {
  static final String JSON = "application/json";
  static final int OK = 200;

  /** What was asked for has begun, and goes on behind the answer. */
  static final int ACCEPTED = 202;

  Reply(int status, String contentType, byte[] body, Map<String, String> headers) {
    this(status, contentType, body, headers, Optional.empty());
  }

  static Reply ok(Json.Writing writing) {
    return new Reply(OK, JSON, Json.bytes(writing), Map.of());
  }

  /** An answer that may be large: it is not put together in memory. */
  static Reply streamed(Json.Writing writing) {
    return new Reply(OK, JSON, new byte[0], Map.of(), Optional.of(writing));
  }

  /** The same answer with another status. */
  Reply withStatus(int other) {
    return new Reply(other, contentType, body, headers, streamed);
  }

  /** What answers a call that did something to a namespace as a whole. */
  static Reply done(String namespace, String done) {
    return ok(out -> {
      out.writeStartObject();
      out.writeStringField("namespace", namespace);
      out.writeBooleanField(done, true);
      out.writeEndObject();
    });
  }
}
