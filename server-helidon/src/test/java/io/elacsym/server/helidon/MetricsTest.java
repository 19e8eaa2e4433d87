package io.elacsym.server.helidon;

import static org.assertj.core.api.Assertions.assertThat;

import io.elacsym.engine.Engine;
import io.elacsym.server.helidon.TestServer.Answer;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code /metrics} is Prometheus text with the families of the deployment guide. */
class MetricsTest {
  private static final Pattern SAMPLE =
      Pattern.compile(
          "[a-zA-Z_:][a-zA-Z0-9_:]*(\\{([a-zA-Z_]\\w*=\"[^\"]*\",?)*\\})? "
              + "([-+]?[0-9.eE+-]+|NaN|[+-]Inf)");

  private TestServer server;

  @BeforeEach
  void start() {
    server = TestServer.start();
    server.put("/v1/namespaces/docs", "{\"vector_dim\":2}");
    server.post(
        "/v1/namespaces/docs/upsert",
        "{\"documents\":[{\"id\":1,\"vector\":[1,0]},{\"id\":2,\"vector\":[0,1]}]}");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  /** Sample values by name and labels; fails on a line that is neither sample nor comment. */
  private Map<String, Double> samples() {
    Answer answer = server.get("/metrics");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.contentType()).startsWith("text/plain; version=0.0.4");
    Map<String, Double> samples = new TreeMap<>();
    for (String line : answer.text().split("\n")) {
      if (!line.startsWith("# HELP ") && !line.startsWith("# TYPE ")) {
        Matcher sample = SAMPLE.matcher(line);
        assertThat(sample.matches()).describedAs(line).isTrue();
        samples.put(
            line.substring(0, line.lastIndexOf(' ')),
            Double.valueOf(sample.group(3).replace("Inf", "Infinity")));
      }
    }
    return samples;
  }

  @Test
  void theGuidesFamiliesAreThereUnderTheirNamesFromTheStart() {
    String text = server.get("/metrics").text();
    assertThat(text)
        .contains("# HELP elacsym_query_duration_seconds Query duration")
        .contains("# TYPE elacsym_query_duration_seconds histogram")
        .contains("elacsym_query_duration_seconds_bucket{le=\"0.01\"} 0")
        .contains("elacsym_query_duration_seconds_bucket{le=\"+Inf\"} 0")
        .contains("# HELP elacsym_cache_hit_rate Cache hit rate")
        .contains("# TYPE elacsym_cache_hit_rate gauge")
        .contains("elacsym_cache_hit_rate{layer=\"documents\"} ")
        .contains("elacsym_cache_hit_rate{layer=\"memory\"} ")
        .contains("elacsym_cache_hit_rate{layer=\"disk\"} ");
  }

  @Test
  void queriesAreCountedInBucketsThatOnlyGrow() {
    for (int i = 0; i < 7; i++) {
      server.post("/v1/namespaces/docs/query", "{\"vector\":[1,0]}");
    }
    Map<String, Double> samples = samples();
    assertThat(samples).containsEntry("elacsym_query_duration_seconds_count", 7.0);
    assertThat(samples).containsEntry("elacsym_query_duration_seconds_bucket{le=\"+Inf\"}", 7.0);
    assertThat(samples.get("elacsym_query_duration_seconds_sum")).isPositive();
    List<Double> buckets = new ArrayList<>();
    for (String bound : List.of("0.001", "0.01", "0.1", "1.0", "10.0", "+Inf")) {
      buckets.add(samples.get("elacsym_query_duration_seconds_bucket{le=\"" + bound + "\"}"));
    }
    assertThat(buckets).doesNotContainNull().isSorted();
  }

  @Test
  void requestsAndDocumentsAreCounted() {
    server.get("/nowhere");
    server.get("/nowhere/else");
    server.post("/v1/namespaces/docs/delete", "{\"ids\":[1]}");
    server.post("/v1/namespaces/docs/query", "{");
    Map<String, Double> samples = samples();
    assertThat(samples)
        .containsEntry("elacsym_documents_written_total", 2.0)
        .containsEntry("elacsym_documents_deleted_total", 1.0)
        .containsEntry("elacsym_namespaces", 1.0)
        .containsEntry("elacsym_http_requests_in_flight", 1.0)
        .containsEntry("elacsym_build_info{version=\"0.1.0\"}", 1.0)
        .containsEntry(
            "elacsym_http_requests_total{method=\"any\",route=\"unmatched\",status=\"404\"}", 2.0)
        .containsEntry(
            "elacsym_http_requests_total{method=\"POST\",route=\"/v1/namespaces/{ns}/query\","
                + "status=\"400\"}",
            1.0)
        .containsEntry(
            "elacsym_http_requests_total{method=\"POST\",route=\"/v1/namespaces/{ns}/upsert\","
                + "status=\"200\"}",
            1.0);
    assertThat(samples.keySet()).anyMatch(name -> name.startsWith("jvm_memory_used_bytes"));
  }

  @Test
  void twoServersInOneProcessCountForThemselves() {
    try (TestServer other = TestServer.start()) {
      assertThat(other.get("/metrics").text()).contains("elacsym_documents_written_total 0");
    }
  }

  private static WeakReference<Engine> stopped() {
    try (TestServer server = TestServer.start()) {
      server.get("/metrics");
      return new WeakReference<>(server.engine);
    }
  }

  @Test
  void nothingKeepsAServerThatHasStopped() throws InterruptedException {
    WeakReference<Engine> engine = stopped();
    Instant limit = Instant.now().plus(Duration.ofMinutes(1));
    while (engine.get() != null && Instant.now().isBefore(limit)) {
      System.gc();
      Thread.sleep(50);
    }
    assertThat(engine.get()).isNull();
  }
}
