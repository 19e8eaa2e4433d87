package io.elacsym.server.helidon;

import com.fasterxml.jackson.core.JsonGenerator;
import io.elacsym.cluster.settings.ClusterSettings;
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
  /**
   * A count that is not older than this is told without its age. Probes ask more often, and each
   * probe begins a new count when the known one is old.
   */
  private static final Duration RECENT = Duration.ofMinutes(1);

  private final Engine engine;
  private final ServerMetrics metrics;
  private final Optional<Standing> standing;

  StatusEndpoints(Engine engine, ServerMetrics metrics, Optional<Standing> standing) {
    this.engine = engine;
    this.metrics = metrics;
    this.standing = standing;
  }

  private static Work done(Json.Writing answer) {
    return new Work.Done(Reply.ok(answer));
  }

  /**
   * A server that answers is healthy, even while its storage does not answer: a restart of the
   * server would not bring the storage back.
   */
  Work health(Call call) {
    Optional<NamespaceTotal> namespaces = engine.knownCount();
    Optional<Instant> outage = engine.storageOutage();
    int troubled = engine.troubledNamespaces();
    return done(out -> {
      out.writeStartObject();
      out.writeStringField("status", "healthy");
      out.writeStringField("version", HttpServer.version());
      if (standing.isPresent()) {
        ClusterSettings.Self self = standing.get().node().settings().node();
        out.writeStringField("node_id", self.id());
        out.writeStringField("role", self.role().id());
      }
      if (namespaces.isPresent()) {
        NamespaceTotal total = namespaces.get();
        out.writeNumberField("namespaces", total.namespaces());
        Duration age = age(total);
        if (age.compareTo(RECENT) > 0) {
          out.writeNumberField("namespaces_age_seconds", age.toSeconds());
        }
      }
      if (troubled > 0) {
        out.writeNumberField("troubled_namespaces", troubled);
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

  /**
   * A server is ready when it can serve every request: while its storage answers, and while it does
   * not leave a cluster.
   */
  Work ready(Call call) {
    engine.knownCount(); // begins a count, whose requests show whether the storage answers
    Optional<Instant> outage = engine.storageOutage();
    if (outage.isPresent()) {
      return unready("the storage does not answer", out -> writeOutage(out, outage.get()));
    }
    if (standing.filter(here -> here.node().membership().isLeaving()).isPresent()) {
      return unready("this node is about to stop", out -> {});
    }
    return done(out -> {
      out.writeStartObject();
      out.writeStringField("status", "ready");
      out.writeStringField("version", HttpServer.version());
      out.writeEndObject();
    });
  }

  private static Work unready(String why, Json.Writing more) {
    byte[] body =
        Json.bytes(out -> {
          out.writeStartObject();
          out.writeStringField("status", "unready");
          out.writeStringField("version", HttpServer.version());
          out.writeObjectFieldStart("error");
          out.writeStringField("code", "unavailable");
          out.writeStringField("message", why);
          out.writeEndObject();
          more.to(out);
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
