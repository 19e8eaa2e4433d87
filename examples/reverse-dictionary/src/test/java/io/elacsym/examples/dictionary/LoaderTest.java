package io.elacsym.examples.dictionary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LoaderTest {

  private final Transcript transcript = new Transcript();
  private FakeElacsym server;
  private ElacsymClient client;
  private Loader loader;

  @BeforeEach
  void start() throws IOException {
    server = new FakeElacsym();
    client = new ElacsymClient(server.address());
    loader = new Loader(client, "words", transcript.screen());
  }

  @AfterEach
  void stop() {
    client.close();
    server.close();
  }

  @Test
  void aNewNamespaceIsCreatedAndFilledInBatches() throws Exception {
    assertThat(loader.prepare()).isZero();
    loader.load(Fixtures.entries(3_210), Fixtures::vector);

    assertThat(server.documents("words")).hasSize(3_210);
    assertThat(server.upserts()).isEqualTo(7);
    assertThat(server.mostInFlight()).isBetween(1, 4);
    assertThat(transcript.lines().getFirst()).isEqualTo("Created namespace words.");
    assertThat(transcript.lines().getLast()).startsWith("Loading: 3,210 documents in ");
  }

  @Test
  void documentsHaveTheFormOfTheContract() throws Exception {
    loader.prepare();
    loader.load(Fixtures.entries(2), Fixtures::vector);

    JsonNode first = server.document("words", 100_000_000);
    assertThat(first.path("vector").size()).isEqualTo(384);
    assertThat(Json.write(first.path("attributes")))
        .isEqualTo(
            """
            {"word":"word0","words":["word0","other0"],"pos":"noun","category":"artifact",\
            "gloss":"thing number 0","examples":["see the thing"],"lemmas":2,"frequency":0}\
            """);
    JsonNode second = server.document("words", 100_000_001);
    assertThat(second.path("attributes").has("examples")).isFalse();
  }

  @Test
  void anExistingNamespaceOfOurSchemaSaysHowMuchItHolds() throws Exception {
    loader.prepare();
    loader.load(Fixtures.entries(12), Fixtures::vector);

    assertThat(loader.prepare()).isEqualTo(12);
  }

  @Test
  void anExistingNamespaceOfAnotherSchemaIsRefusedNamingTheDifference() {
    ObjectNode schema = Schema.json();
    schema.put("vector_dim", 768);
    server.addNamespace("words", schema);

    assertThatThrownBy(loader::prepare)
        .isInstanceOf(Failure.class)
        .hasMessageContaining("vector_dim is 768, not 384")
        .hasMessageContaining("curl -X DELETE " + server.address() + "/v1/namespaces/words");
  }

  @Test
  void aBusyServerIsAskedAgain() throws Exception {
    server.refuseNextUpsert(429, "0");
    server.refuseNextUpsert(503, "0");
    server.refuseNextUpsert(429, "0");
    loader.prepare();
    loader.load(Fixtures.entries(10), Fixtures::vector);

    assertThat(server.upserts()).isEqualTo(4);
    assertThat(server.documents("words")).hasSize(10);
  }

  @Test
  void aRefusalForGoodIsShownInTheServersWords() throws Exception {
    loader.prepare();
    server.refuseNextUpsert(400, "0");

    assertThatThrownBy(() -> loader.load(Fixtures.entries(10), Fixtures::vector))
        .isInstanceOf(Failure.class)
        .hasMessage(
            "POST "
                + server.address()
                + "/v1/namespaces/words/upsert failed with status 400: refused: this one is"
                + " refused");
  }

  @Test
  void aServerThatIsNotThereIsSaidPlainly() {
    URI nobody = server.address();
    server.close();

    assertThatThrownBy(loader::prepare)
        .isInstanceOf(Failure.class)
        .hasMessageStartingWith("No answer from Elacsym at " + nobody)
        .hasMessageContaining("elacsym server");
  }
}
