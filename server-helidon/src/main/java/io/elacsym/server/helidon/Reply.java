package io.elacsym.server.helidon;

import io.elacsym.server.helidon.mapping.Json;
import java.util.Map;

/**
 * An answer, complete in memory.
 *
 * @param headers besides content type and length
 */
@SuppressWarnings("ArrayRecordComponent") // a carrier, never compared
record Reply(int status, String contentType, byte[] body, Map<String, String> headers) {
  static final String JSON = "application/json";

  static Reply ok(Json.Writing writing) {
    return new Reply(200, JSON, Json.bytes(writing), Map.of());
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
