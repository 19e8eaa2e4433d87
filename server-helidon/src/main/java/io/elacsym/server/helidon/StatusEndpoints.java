package io.elacsym.server.helidon;

import io.elacsym.api.ElacsymException;
import io.elacsym.engine.Engine;
import io.elacsym.server.helidon.mapping.Json;
import java.util.Map;

/** {@code /health} and {@code /metrics}. */
final class StatusEndpoints {
  private final Engine engine;
  private final ServerMetrics metrics;

  StatusEndpoints(Engine engine, ServerMetrics metrics) {
    this.engine = engine;
    this.metrics = metrics;
  }

  /** Healthy is who reaches the storage: without it there is nothing to serve. */
  Reply health(Call call) {
    int namespaces;
    try {
      namespaces = engine.count();
    } catch (ElacsymException e) {
      byte[] body =
          Json.bytes(out -> {
            out.writeStartObject();
            out.writeStringField("status", "unhealthy");
            out.writeStringField("version", HttpServer.version());
            out.writeObjectFieldStart("error");
            out.writeStringField("code", "unavailable");
            out.writeStringField("message", e.getMessage());
            out.writeEndObject();
            out.writeEndObject();
          });
      return new Reply(503, Reply.JSON, body, Map.of("Retry-After", "1"));
    }
    return Reply.ok(out -> {
      out.writeStartObject();
      out.writeStringField("status", "healthy");
      out.writeStringField("version", HttpServer.version());
      out.writeNumberField("namespaces", namespaces);
      out.writeEndObject();
    });
  }

  Reply metrics(Call call) {
    return new Reply(200, ServerMetrics.CONTENT_TYPE, metrics.text(), Map.of());
  }
}
