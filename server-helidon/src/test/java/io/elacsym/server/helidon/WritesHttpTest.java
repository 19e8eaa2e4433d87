package io.elacsym.server.helidon;

import static org.assertj.core.api.Assertions.assertThat;

import io.elacsym.server.helidon.TestServer.Answer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Patches, conditional writes and changes by filter, over a socket. */
class WritesHttpTest {
  private static final String DOCS = "/v1/namespaces/docs";

  private TestServer server;

  @BeforeEach
  void start() {
    server = TestServer.start();
    server.put(
        DOCS,
        """
        {"vector_dim":2,"attributes":{"title":"string","rev":"int",
          "year":{"type":"int","indexed":true}}}
        """);
    assertThat(
            send(
                "upsert",
                """
                {"documents":[
                  {"id":1,"vector":[1,0],"attributes":{"title":"one","rev":1,"year":2001}},
                  {"id":2,"vector":[0,1],"attributes":{"title":"two","rev":5,"year":2002}},
                  {"id":3,"vector":[1,1],"attributes":{"title":"three","year":2002}}]}
                """))
        .isEqualTo("{\"upserted\":3}");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private String send(String path, String body) {
    Answer answer = server.post(DOCS + "/" + path, body);
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    return answer.text();
  }

  private String document(int id) {
    return server.get(DOCS + "/documents/" + id).text();
  }

  private void refused(String path, String body, String message) {
    Answer answer = server.post(DOCS + "/" + path, body);
    assertThat(answer.status()).as(answer.text()).isEqualTo(400);
    assertThat(answer.json().at("/error/message").asText()).contains(message);
  }

  @Test
  void aPatchChangesWhatItNamesOfDocumentsThatExist() {
    assertThat(
            send(
                "patch",
                """
                {"documents":[{"id":1,"attributes":{"title":"first","rev":null}},
                  {"id":9,"attributes":{"title":"nine"}},{"id":2,"vector":[3,4]}]}
                """))
        .isEqualTo("{\"patched\":2,\"missing\":1}");
    assertThat(document(1))
        .isEqualTo(
            "{\"id\":1,\"attributes\":{\"title\":\"first\",\"year\":2001},\"vector\":[1.0,0.0]}");
    assertThat(document(2)).contains("\"vector\":[3.0,4.0]").contains("\"title\":\"two\"");
    assertThat(server.get(DOCS + "/documents/9").status()).isEqualTo(404);
    assertThat(send("patch", "{\"documents\":[]}")).isEqualTo("{\"patched\":0,\"missing\":0}");
  }

  @Test
  void aPatchByFilterChangesWhatMatches() {
    assertThat(
            send(
                "patch",
                """
                {"filter":{"field":"year","op":"eq","value":2002},
                 "set":{"title":"both","rev":null},"return_ids":true}
                """))
        .isIn("{\"patched\":2,\"patched_ids\":[2,3]}", "{\"patched\":2,\"patched_ids\":[3,2]}");
    assertThat(document(3)).contains("\"title\":\"both\"");
    assertThat(document(1)).contains("\"title\":\"one\"");
    assertThat(
            send(
                "patch",
                """
                {"filter":{"field":"year","op":"eq","value":1},"set":{"rev":1},"allow_partial":true}
                """))
        .isEqualTo("{\"patched\":0,\"remaining\":false}");
  }

  @Test
  void aConditionMayAskForWhatTheWriteBrings() {
    String newer = "\"if\":{\"field\":\"rev\",\"op\":\"lt\",\"value\":{\"new\":\"rev\"}}";
    assertThat(
            send(
                "upsert",
                """
                {"documents":[{"id":1,"attributes":{"title":"newer","rev":2}},
                  {"id":2,"attributes":{"title":"older","rev":4}},
                  {"id":4,"vector":[1,2],"attributes":{"rev":1}}],"return_ids":true,%s}
                """
                    .formatted(newer)))
        .isEqualTo("{\"upserted\":2,\"upserted_ids\":[1,4],\"refused\":1,\"refused_ids\":[2]}");
    assertThat(document(1)).contains("newer").contains("\"vector\":[1.0,0.0]");
    assertThat(document(2)).contains("two");
    assertThat(
            send(
                "patch",
                "{%s,\"documents\":[{\"id\":2,\"attributes\":{\"rev\":6}},{\"id\":3}]}"
                    .formatted(newer)))
        .isEqualTo("{\"patched\":1,\"missing\":0,\"refused\":1}");
  }

  @Test
  void insertsAloneAndUpdatesAloneCanBeAskedFor() {
    String absent = "\"if\":{\"field\":\"id\",\"op\":\"exists\",\"value\":false}";
    String documents = "\"documents\":[{\"id\":1,\"vector\":[9,9]},{\"id\":7,\"vector\":[9,9]}]";
    assertThat(send("upsert", "{" + documents + "," + absent + "}"))
        .isEqualTo("{\"upserted\":1,\"refused\":1}");
    assertThat(document(1)).contains("[1.0,0.0]");
    assertThat(
            send(
                "upsert",
                "{\"if_absent\":\"skip\",\"documents\":[{\"id\":1,\"vector\":[9,9]},"
                    + "{\"id\":8,\"vector\":[9,9]}],\"return_ids\":true}"))
        .isEqualTo("{\"upserted\":1,\"upserted_ids\":[1],\"missing\":1,\"missing_ids\":[8]}");
  }

  @Test
  void aDeleteMayHaveACondition() {
    assertThat(
            send(
                "delete",
                """
                {"ids":[1,2,3,9],"if":{"field":"rev","op":"gte","value":2},"return_ids":true}
                """))
        .isEqualTo(
            "{\"deleted\":1,\"deleted_ids\":[2],\"missing\":1,\"missing_ids\":[9],"
                + "\"refused\":2,\"refused_ids\":[1,3]}");
    assertThat(
            send(
                "delete",
                "{\"filter\":{\"field\":\"id\",\"op\":\"exists\"},\"allow_partial\":true}"))
        .isEqualTo("{\"deleted\":2,\"remaining\":false}");
    assertThat(send("delete", "{\"ids\":[1]}")).isEqualTo("{\"deleted\":0}");
  }

  @Test
  void whatMakesNoSenseIsRefused() {
    String filter = "\"filter\":{\"field\":\"year\",\"op\":\"exists\"}";
    refused("patch", "{}", "expected either documents, or filter and set");
    refused("patch", "{" + filter + "}", "expected either documents, or filter and set");
    refused(
        "patch", "{\"documents\":[],\"set\":{}}", "expected either documents, or filter and set");
    refused(
        "patch",
        "{\"documents\":[],\"allow_partial\":true}",
        "allow_partial is true beside documents");
    refused(
        "delete",
        "{" + filter + ",\"if\":{\"field\":\"year\",\"op\":\"exists\"}}",
        "if stands beside filter");
    refused("delete", "{\"ids\":[1],\"allow_partial\":true}", "allow_partial is true beside ids");
    refused(
        "upsert",
        "{\"documents\":[],\"if_absent\":false}",
        "if_absent is false, expected \"create\" or \"skip\"");
    refused("upsert", "{\"documents\":[],\"return_ids\":1}", "return_ids is 1, expected true");
    refused("upsert", "{\"documents\":[],\"allow_partial\":true}", "unknown key 'allow_partial'");
    refused(
        "upsert",
        "{\"documents\":[{\"id\":1}],\"if\":{\"field\":\"rev\",\"op\":\"lt\","
            + "\"value\":{\"new\":\"title\"}}}",
        "if.value");
    refused(
        "patch",
        "{" + filter + ",\"set\":{\"nope\":1}}",
        "set: the schema has no attribute 'nope'");
    refused("patch", "{" + filter + ",\"set\":{\"year\":\"x\"}}", "set.year is \"x\"");
    refused(
        "query",
        "{\"filter\":{\"field\":\"rev\",\"op\":\"lt\",\"value\":{\"new\":\"rev\"}}}",
        "expected int");
  }
}
