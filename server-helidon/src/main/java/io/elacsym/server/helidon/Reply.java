package io.elacsym.server.helidon;

import io.elacsym.server.helidon.json.Json;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * An answer, complete in memory, or written while it is sent.
 *
 * @param body all of it, unless it is written while it is sent
 * @param headers besides content type and length
 * @param streamed writes the body, JSON, as often as it is asked to
 * @param relayed the body as another node sends it; closed once it is sent
 */
record Reply(
    int status,
    String contentType,
    byte[] body,
    Map<String, String> headers,
    Optional<Json.Writing> streamed,
    Optional<InputStream> relayed) {
  static final String JSON = "application/json";

  /** A content type that a web page cannot send without asking first, as with JSON. */
  static final String BINARY = "application/octet-stream";

  static final int OK = 200;

  /** What was asked for has begun, and goes on behind the answer. */
  static final int ACCEPTED = 202;

  Reply(int status, String contentType, byte[] body, Map<String, String> headers) {
    this(status, contentType, body, headers, Optional.empty(), Optional.empty());
  }

  static Reply ok(Json.Writing writing) {
    return new Reply(OK, JSON, Json.bytes(writing), Map.of());
  }

  /** An answer that may be large: it is not put together in memory. */
  static Reply streamed(Json.Writing writing) {
    return new Reply(OK, JSON, new byte[0], Map.of(), Optional.of(writing), Optional.empty());
  }

  /** What another node has answered. */
  static Reply relayed(
      int status, String contentType, InputStream body, Map<String, String> headers) {
    return new Reply(
        status, contentType, new byte[0], headers, Optional.empty(), Optional.of(body));
  }

  /** The same answer with headers more. */
  Reply with(Map<String, String> more) {
    Map<String, String> all = new HashMap<>(headers);
    all.putAll(more);
    return new Reply(status, contentType, body, Map.copyOf(all), streamed, relayed);
  }

  /** The same answer with another status. */
  Reply withStatus(int other) {
    return new Reply(other, contentType, body, headers, streamed, relayed);
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
