package io.elacsym.server.helidon;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.elacsym.server.helidon.TestServer.Answer;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Time to live, and indexes that are added to attributes, over a socket. */
class SchemaChangeHttpTest {
  private static final String DOCS = "/v1/namespaces/docs";

  private TestServer server;

  @BeforeEach
  void start() {
    server = TestServer.start();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private String ok(Answer answer) {
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    return answer.text();
  }

  private Answer change(String body) {
    return server.send(
        "PATCH",
        DOCS + "/schema",
        BodyPublishers.ofString(body),
        "Content-Type",
        "application/json");
  }

  private static void refused(Answer answer, int status, String message) {
    assertThat(answer.status()).as(answer.text()).isEqualTo(status);
    assertThat(answer.json().at("/error/message").asText()).contains(message);
  }

  private JsonNode stats() {
    return server.get(DOCS).json().path("stats");
  }

  @Test
  void documentsExpire() {
    String expiring =
        """
        {"attributes":{"until":{"type":"datetime","indexed":true},"title":"string"},
         "ttl":{"attribute":"until"}}
        """;
    ok(server.put(DOCS, expiring));
    assertThat(server.get(DOCS).json().at("/schema/ttl").toString())
        .isEqualTo("{\"attribute\":\"until\",\"after\":\"0d\",\"on_write\":false}");
    String past = Instant.now().minusSeconds(60).toString();
    String future = Instant.now().plusSeconds(3_600).toString();
    assertThat(
            ok(
                server.post(
                    DOCS + "/upsert",
                    """
                    {"documents":[{"id":1,"attributes":{"until":"%s"}},
                      {"id":2,"attributes":{"until":"%s"}},{"id":3}]}
                    """
                        .formatted(past, future))))
        .isEqualTo("{\"upserted\":3}");
    assertThat(ok(server.post(DOCS + "/scan", "{\"include_attributes\":false}")))
        .isEqualTo(
            "{\"documents\":[{\"id\":2,\"attributes\":{}},{\"id\":3,\"attributes\":{}}],"
                + "\"next\":null}");
    assertThat(server.get(DOCS + "/documents/1").status()).isEqualTo(404);
    assertThat(ok(server.post(DOCS + "/patch", "{\"documents\":[{\"id\":1},{\"id\":2}]}")))
        .isEqualTo("{\"patched\":1,\"missing\":1}");
    assertThat(stats().path("documents").asInt()).isEqualTo(2);
    assertThat(stats().path("expired_documents").asInt()).isEqualTo(1);
    assertThat(ok(change("{\"ttl\":false}"))).doesNotContain("ttl");
    ok(server.get(DOCS + "/documents/1"));
    assertThat(
            ok(change("{\"ttl\":{\"attribute\":\"until\",\"after\":\"36h\",\"on_write\":true}}")))
        .contains("\"ttl\":{\"attribute\":\"until\",\"after\":\"36h\",\"on_write\":true}");
    ok(server.post(DOCS + "/patch", "{\"documents\":[{\"id\":3}]}"));
    assertThat(server.get(DOCS + "/documents/3").json().at("/attributes/until").asText())
        .isGreaterThan(past);
  }

  @Test
  void whatCannotExpireIsRefused() {
    String attributes =
        "\"attributes\":{\"seen\":\"datetime\",\"t\":{\"type\":\"datetime\",\"indexed\":true}}";
    refused(
        server.put(DOCS, "{" + attributes + ",\"ttl\":{\"attribute\":\"seen\"}}"),
        400,
        "expected an attribute of type datetime that is indexed");
    refused(
        server.put(DOCS, "{" + attributes + ",\"ttl\":{\"after\":\"1d\"}}"),
        400,
        "ttl.attribute is missing");
    refused(
        server.put(DOCS, "{" + attributes + ",\"ttl\":\"30d\"}"),
        400,
        "ttl is \"30d\", expected false or an object");
    for (String span : new String[] {"30", "1.5d", "-1d", "4w", "9999999999999d"}) {
      refused(
          server.put(
              DOCS,
              "{%s,\"ttl\":{\"attribute\":\"t\",\"after\":\"%s\"}}".formatted(attributes, span)),
          400,
          "ttl.after is \"" + span + "\", expected a whole number and ms, s, m, h or d");
    }
    refused(
        server.put(DOCS, "{" + attributes + ",\"ttl\":{\"attribute\":\"t\",\"after\":\"99999d\"}}"),
        400,
        "expected 0 to 36500 days");
    refused(server.put(DOCS, "{" + attributes + ",\"ttl\":true}"), 400, "ttl is true");
  }

  @Test
  void anIndexIsAdded() {
    ok(server.put(DOCS, "{\"attributes\":{\"title\":\"string\",\"year\":\"int\"}}"));
    ok(
        server.post(
            DOCS + "/upsert",
            "{\"documents\":[{\"id\":1,\"attributes\":{\"title\":\"sea otters\",\"year\":1}}]}"));
    ok(server.post(DOCS + "/compact", "{}"));
    ok(
        server.post(
            DOCS + "/upsert",
            "{\"documents\":[{\"id\":2,\"attributes\":{\"title\":\"an otter\"}}]}"));
    ok(
        change(
            """
            {"attributes":{"title":{"type":"string","full_text":true},
              "year":{"type":"int","indexed":true}}}
            """));
    while (!stats().path("building").isEmpty()) {
      Thread.onSpinWait();
    }
    JsonNode hits =
        server
            .post(
                DOCS + "/query",
                "{\"full_text\":{\"field\":\"title\",\"query\":\"otter\"},\"include_attributes\":false}")
            .json()
            .path("results");
    assertThat(hits).hasSize(2);
    assertThat(stats().path("indexes")).hasSize(2);
    refused(
        change("{\"attributes\":{\"title\":\"string\"}}"),
        409,
        "attribute 'title' exists as string, full_text in english and cannot become string");
    refused(change("{}"), 400, "attributes is missing");
  }
}
