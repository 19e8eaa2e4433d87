package io.elacsym.server.helidon;

import static org.assertj.core.api.Assertions.assertThat;

import io.elacsym.engine.settings.Seams;
import io.elacsym.server.helidon.TestServer.Answer;
import io.elacsym.tck.fault.Fault;
import io.elacsym.tck.fault.FaultPlan;
import io.elacsym.tck.memory.GivenStorageProvider;
import io.elacsym.tck.memory.MemoryStorage;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What fails below the engine is told in the one error form, without what is nobody's business. */
class StorageFailureTest {
  private static final FaultPlan AWAY = FaultPlan.on(request -> true, Fault.Kind.UNAVAILABLE);

  private StuckStorage stuck;
  private TestServer server;

  @BeforeEach
  void start() {
    stuck = new StuckStorage(new MemoryStorage());
    server = TestServer.start(Map.of(), new GivenStorageProvider("faulty", stuck::storage));
    server.put("/v1/namespaces/docs", "{\"vector_dim\":2}");
  }

  @AfterEach
  void stop() {
    stuck.release();
    server.close();
  }

  private Answer upsert() {
    return server.post(
        "/v1/namespaces/docs/upsert", "{\"documents\":[{\"id\":1,\"vector\":[1,0]}]}");
  }

  @Test
  void storageThatIsAwayMeansTryAgain() {
    stuck.storage().follow(AWAY);
    Answer answer = upsert();
    assertThat(answer.status()).describedAs(answer.text()).isEqualTo(503);
    assertThat(answer.errorCode()).isEqualTo("unavailable");
    assertThat(answer.response().headers().firstValue("Retry-After")).isPresent();
    stuck.storage().follow(FaultPlan.none());
    assertThat(upsert().status()).isEqualTo(200);
  }

  /** To start the process anew would not bring the storage back. */
  @Test
  void withoutStorageTheServerStaysAliveIsNotReadyAndStillTellsItsMetrics() {
    server.get("/health");
    server.awaitMetric("elacsym_namespaces 1.0");
    stuck.storage().follow(AWAY);
    for (int i = 0; i < 3; i++) {
      assertThat(upsert().status()).isEqualTo(503);
    }
    Answer health = server.get("/health");
    assertThat(health.status()).describedAs(health.text()).isEqualTo(200);
    assertThat(health.json().path("status").asText()).isEqualTo("healthy");
    assertThat(health.json().path("namespaces").asInt()).isEqualTo(1);
    assertThat(health.json().path("storage").path("status").asText()).isEqualTo("unavailable");
    Answer ready = server.get("/health/ready");
    assertThat(ready.status()).describedAs(ready.text()).isEqualTo(503);
    assertThat(ready.json().path("status").asText()).isEqualTo("unready");
    assertThat(ready.errorCode()).isEqualTo("unavailable");
    assertThat(ready.text()).as("no word of the storage's own").doesNotContain("reached");
    Answer metrics = server.get("/metrics");
    assertThat(metrics.status()).isEqualTo(200);
    assertThat(metrics.text())
        .contains("elacsym_query_duration_seconds_count")
        .contains("elacsym_namespaces 1")
        .containsPattern("elacsym_namespaces_age_seconds [0-9.E-]+\n");
    stuck.storage().follow(FaultPlan.none());
    assertThat(upsert().status()).isEqualTo(200);
    assertThat(server.get("/health/ready").status()).isEqualTo(200);
    assertThat(server.get("/health").json().has("storage")).isFalse();
  }

  @Test
  void aCountThatIsOldTellsItsAge() {
    Seams real = Seams.real();
    InstantSource anHourAgo = InstantSource.offset(real.clock(), Duration.ofHours(-1));
    Seams seams = new Seams(anHourAgo, real.ids(), real.seed(), real.tasks());
    try (TestServer old = TestServer.start(seams)) {
      old.awaitMetric("elacsym_namespaces 0.0");
      assertThat(old.get("/health").json().path("namespaces_age_seconds").asInt())
          .isGreaterThanOrEqualTo(3600);
    }
  }

  @Test
  void aStorageThatHangsKeepsNobodyWaitingWhoAsksHowTheServerIs() throws Exception {
    server.get("/health");
    stuck.hang();
    Thread waiting = Thread.ofVirtual().start(this::upsert);
    Instant limit = Instant.now().plus(Duration.ofMinutes(1));
    while (server.get("/health/ready").status() == 200) {
      assertThat(server.get("/health").status()).isEqualTo(200);
      assertThat(server.get("/metrics").status()).isEqualTo(200);
      assertThat(Instant.now()).isBefore(limit);
      Thread.sleep(50);
    }
    assertThat(server.get("/health").json().path("storage").path("status").asText())
        .isEqualTo("unavailable");
    stuck.release();
    waiting.join();
    assertThat(upsert().status()).isEqualTo(200);
    assertThat(server.get("/health/ready").status()).isEqualTo(200);
  }

  @Test
  void aBugIsToldByANumberOnly() {
    stuck
        .storage()
        .follow(request -> {
          throw new IllegalStateException("secret detail");
        });
    Answer answer = upsert();
    assertThat(answer.status()).isEqualTo(500);
    assertThat(answer.errorCode()).isEqualTo("internal");
    assertThat(answer.errorMessage()).matches(".*\\(error [0-9a-f]{8};.*");
    assertThat(answer.text()).doesNotContain("secret").doesNotContain("IllegalState");
  }
}
