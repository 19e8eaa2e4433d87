package io.elacsym.server.helidon;

import com.fasterxml.jackson.core.JsonGenerator;
import io.elacsym.engine.Engine;
import io.elacsym.engine.model.NamespaceTotal;
import io.elacsym.server.helidon.json.Json;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * {@code /health}, {@code /health/ready} and {@code /metrics}: none of them waits for the storage.
 */
final class StatusEndpoints {
  /** What was counted not longer ago than this is told as it is now: probes ask more often. */
  private static final Duration RECENT = Duration.ofMinutes(1);

  private final Engine engine;
  private final ServerMetrics metrics;

  StatusEndpoints(Engine engine, ServerMetrics metrics) {
    this.engine = engine;
    this.metrics = metrics;
  }

  private static Work done(Json.Writing answer) {
    return new Work.Done(Reply.ok(answer));
  }

  /** Healthy is who answers: to start anew does not bring a storage back that is away. */
  Work health(Call call) {
    Optional<NamespaceTotal> namespaces = engine.knownCount();
    Optional<Instant> outage = engine.storageOutage();
    return done(out -> {
      out.writeStartObject();
      out.writeStringField("status", "healthy");
      out.writeStringField("version", HttpServer.version());
      if (namespaces.isPresent()) {
        NamespaceTotal total = namespaces.get();
        out.writeNumberField("namespaces", total.namespaces());
        Duration age = age(total);
        if (age.compareTo(RECENT) > 0) {
          out.writeNumberField("namespaces_age_seconds", age.toSeconds());
        }
      }
      if (outage.isPresent()) {
        writeOutage(out, outage.get());
      }
      out.writeEndObject();
    });
  }

  /** How long ago namespaces were counted; by a clock that may have been set back since. */
  static Duration age(NamespaceTotal total) {
    Duration age = Duration.between(total.at(), Instant.now());
    return age.isNegative() ? Duration.ZERO : age;
  }

  /** Ready is who can serve whatever it is asked, so who has its storage. */
  Work ready(Call call) {
    engine.knownCount(); // begins to look, should nobody else ask for anything
    Optional<Instant> outage = engine.storageOutage();
    if (outage.isEmpty()) {
      return done(out -> {
        out.writeStartObject();
        out.writeStringField("status", "ready");
        out.writeStringField("version", HttpServer.version());
        out.writeEndObject();
      });
    }
    byte[] body =
        Json.bytes(out -> {
          out.writeStartObject();
          out.writeStringField("status", "unready");
          out.writeStringField("version", HttpServer.version());
          out.writeObjectFieldStart("error");
          out.writeStringField("code", "unavailable");
          out.writeStringField("message", "the storage does not answer");
          out.writeEndObject();
          writeOutage(out, outage.get());
          out.writeEndObject();
        });
    return new Work.Done(new Reply(503, Reply.JSON, body, Map.of("Retry-After", "1")));
  }

  private static void writeOutage(JsonGenerator out, Instant since) throws IOException {
    out.writeObjectFieldStart("storage");
    out.writeStringField("status", "unavailable");
    out.writeStringField("since", since.toString());
    out.writeEndObject();
  }

  Work metrics(Call call) {
    return new Work.Done(new Reply(200, ServerMetrics.CONTENT_TYPE, metrics.text(), Map.of()));
  }
}
