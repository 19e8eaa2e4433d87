package io.elacsym.distribution.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.elacsym.distribution.it.Installation;
import io.elacsym.distribution.it.ServerProcess;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** One namespace of a running server, as its clients use it. */
record Dataset(ServerProcess server, String namespace) {
  private static final int PAGE = 100;

  String path(String more) {
    return "/v1/namespaces/" + namespace + more;
  }

  void create() {
    JsonNode created = server.call("PUT", path(""), Doc.SCHEMA);
    assertThat(created.path("created").asBoolean()).as(created.toString()).isTrue();
  }

  /** A call that must succeed. */
  JsonNode post(String what, String body) {
    try {
      ServerProcess.Answer answer = server.send("POST", path(what), body);
      assertThat(answer.status()).as(what + " " + answer.body()).isEqualTo(200);
      return answer.json();
    } catch (IOException e) {
      throw new AssertionError(server.log().toString(), e);
    }
  }

  void upsert(List<Doc> documents) {
    assertThat(post("/upsert", Doc.upsert(documents)).path("upserted").asInt())
        .isEqualTo(documents.size());
  }

  JsonNode stats() {
    return server.get(path("")).path("stats");
  }

  /** Waits until everything that was written is in segments. */
  void awaitFlush() {
    Instant deadline = Instant.now().plusSeconds(Installation.PATIENCE_SECONDS);
    while (stats().path("live_rows").asInt() > 0) {
      assertThat(Instant.now()).as("%s", server.log()).isBefore(deadline);
    }
  }

  /** Every document, by id, through as many pages as it takes. */
  NavigableMap<Long, Doc> scan() {
    NavigableMap<Long, Doc> found = new TreeMap<>();
    Map<String, Object> request =
        new LinkedHashMap<>(Map.of("limit", PAGE, "include_vector", true));
    while (true) {
      JsonNode page = post("/scan", Doc.json(request));
      for (JsonNode json : page.path("documents")) {
        Doc doc = Doc.of(json);
        assertThat(found.put(doc.id(), doc)).as("document scanned twice").isNull();
      }
      if (page.path("next").isNull()) {
        return found;
      }
      request.put("after", page.path("next").longValue());
    }
  }

  /** Results of a query in their order. */
  List<JsonNode> query(String body) {
    List<JsonNode> results = new ArrayList<>();
    post("/query", body).path("results").forEach(results::add);
    return results;
  }
}
