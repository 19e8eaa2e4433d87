package io.elacsym.server.helidon;

import io.elacsym.api.index.Metric;
import io.elacsym.engine.Engine;
import io.elacsym.engine.model.Namespace;
import io.elacsym.engine.model.NamespacePage;
import io.elacsym.engine.model.NamespaceStats;
import io.elacsym.engine.model.Schema;
import io.elacsym.engine.model.SchemaChange;
import io.elacsym.server.helidon.json.NoOptions;
import io.elacsym.server.helidon.json.ResultJson;
import io.elacsym.server.helidon.json.SchemaJson;
import io.elacsym.server.helidon.json.SchemaWriter;
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

  Work list(Call call) {
    call.allowQuery(List.of("prefix", "after", "limit"));
    String prefix = call.query("prefix").orElse("");
    String after = call.query("after").orElse("");
    int limit = call.query("limit", 1, MAX_PAGE, DEFAULT_PAGE);
    return new Work.Reading(() -> listed(engine.list(prefix, after, limit)));
  }

  private static Reply listed(NamespacePage page) {
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

  Work create(Call call) throws IOException {
    String name = call.parameter("ns");
    Schema schema = SchemaJson.read(call.body(), defaultMetric);
    return new Work.Changing(() -> {
      engine.create(name, schema);
      return Reply.done(name, "created");
    });
  }

  Work drop(Call call) {
    String name = call.parameter("ns");
    return new Work.Changing(() -> {
      engine.drop(name);
      return Reply.done(name, "deleted");
    });
  }

  Work describe(Call call) {
    String name = call.parameter("ns");
    return new Work.Reading(() -> described(engine.namespace(name)));
  }

  private static Reply described(Namespace namespace) {
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

  Work changeSchema(Call call) throws IOException {
    String name = call.parameter("ns");
    SchemaChange change = SchemaJson.readChange(call.body());
    return new Work.Changing(() -> {
      Schema schema = engine.namespace(name).changeSchema(change);
      // What has been done is not refused any more, however little room there is for the answer.
      return Reply.streamed(out -> {
        out.writeStartObject();
        out.writeStringField("namespace", name);
        out.writeFieldName("schema");
        SchemaWriter.write(schema, out);
        out.writeEndObject();
      });
    });
  }

  Work compact(Call call) throws IOException {
    String name = call.parameter("ns");
    NoOptions.read(call.body());
    return new Work.Changing(() -> {
      engine.namespace(name).compact();
      return Reply.ok(out -> {
        out.writeStartObject();
        out.writeStringField("namespace", name);
        out.writeBooleanField("compacted", true);
        out.writeNumberField("took_ms", call.tookMillis());
        out.writeEndObject();
      });
    });
  }

  Work warm(Call call) throws IOException {
    String name = call.parameter("ns");
    NoOptions.read(call.body());
    return new Work.Reading(() -> {
      long bytes = engine.namespace(name).warm();
      return Reply.ok(out -> {
        out.writeStartObject();
        out.writeStringField("namespace", name);
        out.writeNumberField("warm_bytes", bytes);
        out.writeNumberField("took_ms", call.tookMillis());
        out.writeEndObject();
      });
    });
  }
}
