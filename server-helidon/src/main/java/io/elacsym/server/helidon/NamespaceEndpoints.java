package io.elacsym.server.helidon;

import io.elacsym.api.index.Metric;
import io.elacsym.engine.Engine;
import io.elacsym.engine.model.Namespace;
import io.elacsym.engine.model.NamespacePage;
import io.elacsym.engine.model.NamespaceStats;
import io.elacsym.engine.model.Schema;
import io.elacsym.server.helidon.json.SchemaJson;
import io.elacsym.server.helidon.mapping.ResultJson;
import io.elacsym.server.helidon.mapping.SchemaWriter;
import java.io.IOException;
import java.util.List;

/** Namespaces as a whole: create, list, describe, drop, extend, maintain. */
final class NamespaceEndpoints {
  private static final int MAX_PAGE = 1_000;
  private static final int DEFAULT_PAGE = 100;

  private final Engine engine;
  private final Metric defaultMetric;

  NamespaceEndpoints(Engine engine, Metric defaultMetric) {
    this.engine = engine;
    this.defaultMetric = defaultMetric;
  }

  Reply list(Call call) {
    call.allowQuery(List.of("prefix", "after", "limit"));
    NamespacePage page =
        engine.list(
            call.query("prefix").orElse(""),
            call.query("after").orElse(""),
            call.query("limit", 1, MAX_PAGE, DEFAULT_PAGE));
    return Reply.ok(out -> {
      out.writeStartObject();
      out.writeArrayFieldStart("namespaces");
      for (String name : page.names()) {
        out.writeStartObject();
        out.writeStringField("namespace", name);
        out.writeEndObject();
      }
      out.writeEndArray();
      out.writeStringField("next", page.next().orElse(null));
      out.writeEndObject();
    });
  }

  Reply create(Call call) throws IOException {
    String name = call.parameter("ns");
    engine.create(name, SchemaJson.read(call.body(), defaultMetric));
    return Reply.done(name, "created");
  }

  Reply drop(Call call) {
    String name = call.parameter("ns");
    engine.drop(name);
    return Reply.done(name, "deleted");
  }

  Reply describe(Call call) {
    Namespace namespace = engine.namespace(call.parameter("ns"));
    Schema schema = namespace.schema();
    NamespaceStats stats = namespace.stats();
    return Reply.ok(out -> {
      out.writeStartObject();
      out.writeStringField("namespace", namespace.name());
      out.writeFieldName("schema");
      SchemaWriter.write(schema, out);
      out.writeFieldName("stats");
      ResultJson.write(stats, out);
      out.writeEndObject();
    });
  }

  Reply addAttributes(Call call) throws IOException {
    Namespace namespace = engine.namespace(call.parameter("ns"));
    Schema schema = namespace.addAttributes(SchemaJson.readAttributes(call.body()));
    // What has been done is not refused any more, however little room there is for the answer.
    return Reply.streamed(out -> {
      out.writeStartObject();
      out.writeStringField("namespace", namespace.name());
      out.writeFieldName("schema");
      SchemaWriter.write(schema, out);
      out.writeEndObject();
    });
  }

  Reply compact(Call call) {
    Namespace namespace = engine.namespace(call.parameter("ns"));
    namespace.compact();
    return Reply.ok(out -> {
      out.writeStartObject();
      out.writeStringField("namespace", namespace.name());
      out.writeBooleanField("compacted", true);
      out.writeNumberField("took_ms", call.tookMillis());
      out.writeEndObject();
    });
  }

  Reply warm(Call call) {
    Namespace namespace = engine.namespace(call.parameter("ns"));
    long bytes = namespace.warm();
    return Reply.ok(out -> {
      out.writeStartObject();
      out.writeStringField("namespace", namespace.name());
      out.writeNumberField("warm_bytes", bytes);
      out.writeNumberField("took_ms", call.tookMillis());
      out.writeEndObject();
    });
  }
}
