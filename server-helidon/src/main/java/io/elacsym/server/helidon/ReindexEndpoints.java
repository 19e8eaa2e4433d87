package io.elacsym.server.helidon;

import io.elacsym.engine.Engine;
import io.elacsym.engine.model.ReindexRequest;
import io.elacsym.engine.model.ReindexStatus;
import io.elacsym.server.helidon.json.ReindexJson;
import java.io.IOException;
import java.util.Optional;

/** Other indexes for the segments that a namespace has: begin, look how far it is, give up. */
final class ReindexEndpoints {
  private final Engine engine;

  ReindexEndpoints(Engine engine) {
    this.engine = engine;
  }

  Work reindex(Call call) throws IOException {
    String name = call.parameter("ns");
    ReindexRequest request = ReindexJson.read(call.body());
    return new Work.Changing(
        () -> answer(name, Optional.of(engine.namespace(name).reindex(request))));
  }

  Work status(Call call) {
    String name = call.parameter("ns");
    return new Work.Reading(() -> {
      Optional<ReindexStatus> status = engine.namespace(name).reindexStatus();
      return answer(name, status).withStatus(Reply.OK);
    });
  }

  Work cancel(Call call) {
    String name = call.parameter("ns");
    return new Work.Changing(() -> answer(name, engine.namespace(name).cancelReindex()));
  }

  /** With 202 where something goes on that the caller has asked for. */
  private static Reply answer(String name, Optional<ReindexStatus> status) {
    Reply reply =
        Reply.ok(out -> {
          out.writeStartObject();
          out.writeStringField("namespace", name);
          ReindexJson.writeMembers(status, out);
          out.writeEndObject();
        });
    return status.filter(ReindexStatus::isGoingOn).isPresent()
        ? reply.withStatus(Reply.ACCEPTED)
        : reply;
  }
}
