package io.elacsym.server.helidon;

import static org.assertj.core.api.Assertions.assertThat;

import io.elacsym.server.helidon.TestServer.Answer;
import io.elacsym.tck.fault.Fault;
import io.elacsym.tck.fault.FaultPlan;
import io.elacsym.tck.fault.FaultyStorage;
import io.elacsym.tck.memory.GivenStorageProvider;
import io.elacsym.tck.memory.MemoryStorage;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What fails below the engine is told in the one error form, without what is nobody's business. */
class StorageFailureTest {
  private static final FaultPlan AWAY = FaultPlan.on(request -> true, Fault.Kind.UNAVAILABLE);

  private FaultyStorage storage;
  private TestServer server;

  @BeforeEach
  void start() {
    storage = new FaultyStorage(new MemoryStorage(), FaultPlan.none());
    server = TestServer.start(Map.of(), new GivenStorageProvider("faulty", () -> storage));
    server.put("/v1/namespaces/docs", "{\"vector_dim\":2}");
  }

  @AfterEach
  void stop() {
    storage.follow(FaultPlan.none());
    server.close();
  }

  private Answer upsert() {
    return server.post(
        "/v1/namespaces/docs/upsert", "{\"documents\":[{\"id\":1,\"vector\":[1,0]}]}");
  }

  @Test
  void storageThatIsAwayMeansTryAgain() {
    storage.follow(AWAY);
    Answer answer = upsert();
    assertThat(answer.status()).describedAs(answer.text()).isEqualTo(503);
    assertThat(answer.errorCode()).isEqualTo("unavailable");
    assertThat(answer.response().headers().firstValue("Retry-After")).isPresent();
    storage.follow(FaultPlan.none());
    assertThat(upsert().status()).isEqualTo(200);
  }

  @Test
  void withoutStorageTheServerIsUnhealthyAndStillTellsItsMetrics() {
    storage.follow(AWAY);
    Answer health = server.get("/health");
    assertThat(health.status()).describedAs(health.text()).isEqualTo(503);
    assertThat(health.json().path("status").asText()).isEqualTo("unhealthy");
    assertThat(health.errorCode()).isEqualTo("unavailable");
    Answer metrics = server.get("/metrics");
    assertThat(metrics.status()).isEqualTo(200);
    assertThat(metrics.text())
        .contains("elacsym_query_duration_seconds_count")
        .doesNotContain("elacsym_namespaces ");
  }

  @Test
  void aBugIsToldByANumberOnly() {
    storage.follow(request -> {
      throw new IllegalStateException("secret detail");
    });
    Answer answer = upsert();
    assertThat(answer.status()).isEqualTo(500);
    assertThat(answer.errorCode()).isEqualTo("internal");
    assertThat(answer.errorMessage()).matches(".*\\(error [0-9a-f]{8};.*");
    assertThat(answer.text()).doesNotContain("secret").doesNotContain("IllegalState");
  }
}
