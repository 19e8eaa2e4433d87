package io.elacsym.server.helidon;

import io.elacsym.api.ElacsymException;
import io.elacsym.engine.Engine;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** Answers what other nodes ask about segments of large namespaces. */
final class LeafEndpoint {
  private static final String NAMESPACE = "namespace";

  private final Engine engine;

  LeafEndpoint(Engine engine) {
    this.engine = engine;
  }

  Work answer(Call call) throws IOException {
    call.allowQuery(List.of(NAMESPACE));
    String namespace =
        call.query(NAMESPACE)
            .orElseThrow(() ->
                ElacsymException.invalid(
                    "query parameter " + NAMESPACE + " is missing, expected a namespace"));
    byte[] question = call.body().readAllBytes();
    return new Work.Reading(
        () -> new Reply(Reply.OK, Reply.BINARY, engine.answerLeaf(namespace, question), Map.of()));
  }
}
