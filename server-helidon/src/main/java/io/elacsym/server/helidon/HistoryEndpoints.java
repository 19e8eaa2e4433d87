package io.elacsym.server.helidon;

import io.elacsym.engine.Engine;
import io.elacsym.engine.model.NamespaceVersion;
import io.elacsym.server.helidon.json.HistoryJson;
import io.elacsym.server.helidon.json.HistoryJson.VersionWish;
import java.io.IOException;
import java.util.List;

/** What a namespace was: its versions, back to one of them, on from one of them. */
final class HistoryEndpoints {
  private final Engine engine;

  HistoryEndpoints(Engine engine) {
    this.engine = engine;
  }

  Work history(Call call) {
    String name = call.parameter("ns");
    return new Work.Reading(() -> {
      List<NamespaceVersion> versions = engine.history(name);
      return Reply.ok(out -> {
        out.writeStartObject();
        out.writeStringField("namespace", name);
        out.writeFieldName("versions");
        HistoryJson.write(versions, out);
        out.writeEndObject();
      });
    });
  }

  Work restore(Call call) throws IOException {
    String name = call.parameter("ns");
    VersionWish wish = HistoryJson.readRestore(call.body());
    return new Work.Changing(() -> {
      long restored = version(name, wish);
      long version = engine.restore(name, restored);
      return Reply.ok(out -> {
        out.writeStartObject();
        out.writeStringField("namespace", name);
        out.writeNumberField("restored", restored);
        out.writeNumberField("version", version);
        out.writeEndObject();
      });
    });
  }

  Work branch(Call call) throws IOException {
    String name = call.parameter("ns");
    HistoryJson.Branch wanted = HistoryJson.readBranch(call.body());
    return new Work.Changing(() -> {
      engine.branch(name, wanted.name(), wanted.at().map(wish -> version(name, wish)));
      return Reply.done(wanted.name(), "created");
    });
  }

  private long version(String name, VersionWish wish) {
    return switch (wish) {
      case VersionWish.Version wanted -> wanted.version();
      case VersionWish.Time wanted -> engine.versionAt(name, wanted.time()).version();
    };
  }
}
