package io.elacsym.server.helidon;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.elacsym.server.helidon.TestServer.Answer;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** History, restore and branch, over a socket. */
class HistoryHttpTest {
  private TestServer server;

  @BeforeEach
  void start() {
    server = TestServer.start();
    server.put("/v1/namespaces/docs", "{\"vector_dim\":2,\"attributes\":{\"title\":\"string\"}}");
    write("docs", 1);
    flush();
    write("docs", 2);
    flush();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private void write(String namespace, int id) {
    String document = "{\"documents\":[{\"id\":%d,\"vector\":[1,%d]}]}".formatted(id, id);
    assertThat(server.post("/v1/namespaces/" + namespace + "/upsert", document).status())
        .isEqualTo(200);
  }

  private void flush() {
    assertThat(server.post("/v1/namespaces/docs/compact", "").status()).isEqualTo(200);
  }

  private List<JsonNode> history() {
    Answer answer = server.get("/v1/namespaces/docs/history");
    assertThat(answer.status()).describedAs(answer.text()).isEqualTo(200);
    assertThat(answer.json().path("namespace").asText()).isEqualTo("docs");
    assertThat(answer.json()).hasSize(2);
    List<JsonNode> versions = new ArrayList<>();
    answer.json().path("versions").forEach(versions::add);
    return versions;
  }

  /** The newest version with so many documents. */
  private JsonNode versionOf(int documents) {
    return history().reversed().stream()
        .filter(version -> version.path("documents").asInt() == documents)
        .findFirst()
        .orElseThrow();
  }

  private List<Integer> ids(String namespace) {
    List<Integer> ids = new ArrayList<>();
    server
        .post("/v1/namespaces/" + namespace + "/scan", "")
        .json()
        .path("documents")
        .forEach(document -> ids.add(document.path("id").asInt()));
    return ids;
  }

  private void expect(
      String method, String path, String body, int status, String code, String... parts) {
    Answer answer =
        server.send(
            method, path, BodyPublishers.ofString(body), "Content-Type", "application/json");
    assertThat(answer.status()).describedAs(answer.text()).isEqualTo(status);
    assertThat(answer.errorCode()).isEqualTo(code);
    assertThat(answer.errorMessage()).contains(parts);
    assertThat(ids("docs")).containsExactly(1, 2);
  }

  private void badRestore(String body, String... parts) {
    expect("POST", "/v1/namespaces/docs/restore", body, 400, "invalid_request", parts);
  }

  private void badBranch(String body, String... parts) {
    expect("POST", "/v1/namespaces/docs/branch", body, 400, "invalid_request", parts);
  }

  @Test
  void theHistoryIsOldestFirstAndEndsWithNow() {
    List<JsonNode> versions = history();
    assertThat(versions).map(version -> version.path("version").asLong()).isSorted();
    assertThat(versions).map(version -> version.path("committed_at").asText()).isSorted();
    assertThat(versions.getFirst().path("documents").asInt()).isZero();
    JsonNode last = versions.getLast();
    assertThat(last.path("documents").asInt()).isEqualTo(2);
    assertThat(last.path("segments").asInt()).isPositive();
    assertThat(last.has("restored")).isFalse();
    assertThat(last.path("version"))
        .isEqualTo(server.get("/v1/namespaces/docs").json().at("/stats/manifest_version"));
  }

  @Test
  void aVersionIsRestoredAndTheRestoreUndone() {
    long old = versionOf(1).path("version").asLong();
    long newest = versionOf(2).path("version").asLong();
    Answer restored = server.post("/v1/namespaces/docs/restore", "{\"version\":%d}".formatted(old));
    assertThat(restored.status()).describedAs(restored.text()).isEqualTo(200);
    JsonNode now = history().getLast();
    assertThat(restored.text())
        .isEqualTo(
            "{\"namespace\":\"docs\",\"restored\":%d,\"version\":%d}"
                .formatted(old, now.path("version").asLong()));
    assertThat(now.path("restored").asLong()).isEqualTo(old);
    assertThat(ids("docs")).containsExactly(1);
    write("docs", 3);
    assertThat(ids("docs")).containsExactly(1, 3);
    server.post("/v1/namespaces/docs/restore", "{\"version\":%d}".formatted(newest));
    assertThat(ids("docs")).containsExactly(1, 2);
  }

  @Test
  void aTimeRestoresTheNewestVersionOfThen() {
    JsonNode old = versionOf(1);
    Answer restored =
        server.post(
            "/v1/namespaces/docs/restore",
            "{\"time\":\"%s\"}".formatted(old.path("committed_at").asText()));
    assertThat(restored.status()).describedAs(restored.text()).isEqualTo(200);
    assertThat(restored.json().path("restored")).isEqualTo(old.path("version"));
    assertThat(ids("docs")).containsExactly(1);
  }

  @Test
  void aTimeMayHaveAnyZone() {
    JsonNode newest = versionOf(2);
    Answer restored =
        server.post("/v1/namespaces/docs/restore", "{\"time\":\"2999-01-31T12:00:00+05:30\"}");
    assertThat(restored.json().path("restored")).isEqualTo(newest.path("version"));
    assertThat(ids("docs")).containsExactly(1, 2);
  }

  @Test
  void aBranchBeginsAsItsSourceOrAnEarlierVersionOfIt() {
    write("docs", 3);
    Answer branch = server.post("/v1/namespaces/docs/branch", "{\"name\":\"trial\"}");
    assertThat(branch.text()).isEqualTo("{\"namespace\":\"trial\",\"created\":true}");
    assertThat(branch.status()).isEqualTo(200);
    assertThat(ids("trial")).containsExactly(1, 2, 3);
    write("trial", 4);
    assertThat(ids("docs")).containsExactly(1, 2, 3);
    long old = versionOf(1).path("version").asLong();
    server.post("/v1/namespaces/docs/branch", "{\"name\":\"old\",\"version\":%d}".formatted(old));
    assertThat(ids("old")).containsExactly(1);
    server.post(
        "/v1/namespaces/docs/branch",
        "{\"name\":\"then\",\"time\":\"%s\"}"
            .formatted(versionOf(1).path("committed_at").asText()));
    assertThat(ids("then")).containsExactly(1);
    Answer dropped = server.send("DELETE", "/v1/namespaces/docs", BodyPublishers.noBody());
    assertThat(dropped.status()).isEqualTo(409);
    assertThat(dropped.errorMessage()).contains("[old, then, trial]", "delete them first");
  }

  @Test
  void wrongRestoresAreNamedAndChangeNothing() {
    badRestore("{}", "expected exactly one of version and time");
    badRestore(
        "{\"version\":1,\"time\":\"2026-01-31T12:00:00Z\"}",
        "expected exactly one of version and time");
    badRestore("{\"version\":0}", "version is 0, expected a whole number from 1");
    badRestore("{\"version\":\"1\"}", "version is \"1\"");
    badRestore("{\"version\":1.5}", "version is 1.5");
    badRestore("{\"version\":9223372036854775808}", "version is 9223372036854775808");
    badRestore("{\"time\":\"yesterday\"}", "time is \"yesterday\"", "2026-01-31T12:00:00Z");
    badRestore("{\"time\":\"2026-01-31T12:00:00\"}", "expected a time with a zone");
    badRestore("{\"time\":1700000000}", "time is 1700000000");
    badRestore("{\"verison\":1}", "unknown key 'verison'", "did you mean 'version'?");
    badRestore("[]", "the request is an array");
    badRestore("{\"version\":1}x", "malformed JSON");
    badRestore("", "no body");
  }

  @Test
  void wrongBranchesAreNamedAndChangeNothing() {
    badBranch("{}", "name is missing");
    badBranch("{\"name\":7}", "name is 7, expected a string");
    badBranch("{\"name\":\"a/b\"}", "namespace name 'a/b' is not allowed");
    badBranch("{\"name\":\"b\",\"version\":-1}", "version is -1");
    badBranch("{\"name\":\"b\",\"time\":\"now\"}", "time is \"now\"");
    badBranch(
        "{\"name\":\"b\",\"version\":1,\"time\":\"2026-01-31T12:00:00Z\"}",
        "expected exactly one of version and time");
    badBranch("{\"name\":\"b\",\"from\":1}", "unknown key 'from'");
    badBranch("", "no body");
    assertThat(server.get("/v1/namespaces").json().path("namespaces")).hasSize(1);
  }

  @Test
  void whatIsNotKeptIsNotFound() {
    String restore = "/v1/namespaces/docs/restore";
    long oldest = history().getFirst().path("version").asLong();
    Instant first = Instant.parse(history().getFirst().path("committed_at").asText());
    expect("POST", restore, "{\"version\":99}", 404, "not_found", "no version 99", "one of [");
    expect(
        "POST",
        restore,
        "{\"time\":\"%s\"}".formatted(first.minusNanos(1)),
        404,
        "not_found",
        "the oldest one that is kept, " + oldest + ", is of " + first);
    expect(
        "POST",
        "/v1/namespaces/docs/branch",
        "{\"name\":\"b\",\"version\":99}",
        404,
        "not_found",
        "no version 99");
  }

  @Test
  void whatDoesNotExistHasNoHistory() {
    String none = "/v1/namespaces/none";
    expect("GET", none + "/history", "", 404, "not_found", "none");
    expect("POST", none + "/restore", "{\"version\":1}", 404, "not_found", "none");
    expect(
        "POST", none + "/restore", "{\"time\":\"2026-01-31T12:00:00Z\"}", 404, "not_found", "none");
    expect("POST", none + "/branch", "{\"name\":\"b\"}", 404, "not_found", "none");
    expect("GET", "/v1/namespaces/docs/restore", "", 405, "method_not_allowed", "POST");
    expect("POST", "/v1/namespaces/docs/history", "{}", 405, "method_not_allowed", "GET");
  }

  @Test
  void aBranchThatExistsIsAConflict() {
    String branch = "/v1/namespaces/docs/branch";
    expect("POST", branch, "{\"name\":\"docs\"}", 409, "conflict", "exists already");
    server.put("/v1/namespaces/other", "{\"vector_dim\":2}");
    expect("POST", branch, "{\"name\":\"other\"}", 409, "conflict", "exists already");
  }
}
