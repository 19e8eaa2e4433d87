package io.elacsym.server.helidon;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Many clients at once get right answers. */
class ConcurrencyTest {
  private static final int CLIENTS = 32;
  private static final int ROUNDS = 10;

  @Test
  void parallelWritersAndReadersLoseAndMixUpNothing() throws Exception {
    try (TestServer server = TestServer.start();
        ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
      server.put("/v1/namespaces/docs", "{\"vector_dim\":2,\"attributes\":{\"client\":\"int\"}}");
      List<Future<?>> work = new ArrayList<>();
      for (int client = 0; client < CLIENTS; client++) {
        int number = client;
        work.add(clients.submit(() -> writeAndRead(server, number)));
      }
      for (Future<?> one : work) {
        one.get();
      }
      Set<Long> ids = new HashSet<>();
      JsonNode page = server.post("/v1/namespaces/docs/scan", "{\"limit\":10000}").json();
      page.path("documents").forEach(document -> ids.add(document.path("id").asLong()));
      assertThat(ids).hasSize(CLIENTS * ROUNDS);
      assertThat(server.get("/health").json().path("namespaces").asInt()).isEqualTo(1);
    }
  }

  private static void writeAndRead(TestServer server, int client) {
    for (int round = 0; round < ROUNDS; round++) {
      long id = (long) client * ROUNDS + round;
      TestServer.Answer written =
          server.post(
              "/v1/namespaces/docs/upsert",
              "{\"documents\":[{\"id\":%d,\"vector\":[%d,1],\"attributes\":{\"client\":%d}}]}"
                  .formatted(id, client + 1, client));
      assertThat(written.text()).isEqualTo("{\"upserted\":1}");
      JsonNode found =
          server
              .post(
                  "/v1/namespaces/docs/query",
                  "{\"vector\":[%d,1],\"top_k\":1000,\"filter\":{\"field\":\"client\",\"op\":\"eq\",\"value\":%d}}"
                      .formatted(client + 1, client))
              .json();
      assertThat(found.path("results")).hasSize(round + 1);
      found
          .path("results")
          .forEach(hit -> assertThat(hit.at("/attributes/client").asInt()).isEqualTo(client));
    }
  }
}
