package io.elacsym.server.helidon;

import io.elacsym.engine.Engine;
import io.elacsym.engine.model.NamespaceVersion;
import io.elacsym.server.helidon.mapping.HistoryJson;
import io.elacsym.server.helidon.mapping.HistoryJson.RestorePoint;
import java.io.IOException;
import java.util.List;

/** What a namespace was: its versions, back to one of them, on from one of them. */
final class HistoryEndpoints {
  private final Engine engine;

  HistoryEndpoints(Engine engine) {
    this.engine = engine;
  }

  Reply history(Call call) {
    String name = call.parameter("ns");
    List<NamespaceVersion> versions = engine.history(name);
    return Reply.ok(out -> {
      out.writeStartObject();
      out.writeStringField("namespace", name);
      out.writeFieldName("versions");
      HistoryJson.write(versions, out);
      out.writeEndObject();
    });
  }

  Reply restore(Call call) throws IOException {
    String name = call.parameter("ns");
    long restored =
        switch (HistoryJson.readRestore(call.body())) {
          case RestorePoint.Version point -> point.version();
          case RestorePoint.Time point -> engine.versionAt(name, point.time()).version();
        };
    long version = engine.restore(name, restored);
    return Reply.ok(out -> {
      out.writeStartObject();
      out.writeStringField("namespace", name);
      out.writeNumberField("restored", restored);
      out.writeNumberField("version", version);
      out.writeEndObject();
    });
  }

  Reply branch(Call call) throws IOException {
    HistoryJson.Branch wanted = HistoryJson.readBranch(call.body());
    engine.branch(call.parameter("ns"), wanted.name(), wanted.version());
    return Reply.done(wanted.name(), "created");
  }
}
