package io.elacsym.examples.dictionary;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/** Asks questions and shows the answers, each with the command that asks the same. */
final class Tour {

  private final ElacsymClient client;
  private final String namespace;
  private final Embedder embedder;
  private final Screen screen;

  Tour(ElacsymClient client, String namespace, Embedder embedder, Screen screen) {
    this.client = client;
    this.namespace = namespace;
    this.embedder = embedder;
    this.screen = screen;
  }

  /** Asks one question and shows at most {@code topK} answers. */
  void ask(Question question, int topK) throws InterruptedException {
    Optional<JsonNode> vector = question.phrase().map(phrase -> Json.array(embedder.embed(phrase)));
    ObjectNode body = question.body(vector, topK);
    JsonNode answer = client.query(namespace, body);
    screen.blank();
    screen.line(
        question.kind()
            + ": "
            + question.asks()
            + "  ["
            + answer.path("took_ms").asText()
            + " ms]");
    Table.lines(answer.path("results"), screen.width()).forEach(screen::line);
    screen.line("  " + Curl.post(client.path(namespace, "/query"), body));
  }
}
