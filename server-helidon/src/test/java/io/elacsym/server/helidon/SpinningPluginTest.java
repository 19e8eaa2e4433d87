package io.elacsym.server.helidon;

import static org.assertj.core.api.Assertions.assertThat;

import io.elacsym.tck.fault.Fault;
import io.elacsym.tck.fault.FaultPlan;
import io.elacsym.tck.fault.FaultyStorage;
import io.elacsym.tck.fault.Request.Operation;
import io.elacsym.tck.memory.GivenStorageProvider;
import io.elacsym.tck.memory.MemoryStorage;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A plugin whose calls compute for ever, on as many threads as there are processors and more. */
@Timeout(120)
final class SpinningPluginTest {
  private static final int SPINNING = Runtime.getRuntime().availableProcessors() + 1;

  private final AtomicBoolean spin = new AtomicBoolean();
  private final AtomicInteger spinning = new AtomicInteger();

  private Fault maybeSpin(Operation operation) {
    if (operation == Operation.GET && spin.get()) {
      spinning.incrementAndGet();
      while (spin.get()) {
        Thread.onSpinWait();
      }
      spinning.decrementAndGet();
    }
    return Fault.none();
  }

  @Test
  void neitherStopsTheServerFromAnsweringNorItsClientsFromBeingToldWhichPluginItIs()
      throws Exception {
    FaultPlan plan = request -> maybeSpin(request.operation());
    MemoryStorage truth = new MemoryStorage();
    FaultyStorage storage = new FaultyStorage(truth, plan);
    try (TestServer server =
        TestServer.start(
            Map.of("server.request_timeout", "1s"),
            new GivenStorageProvider("spinner", () -> storage))) {
      for (int i = 0; i < SPINNING; i++) {
        assertThat(server.put("/v1/namespaces/n" + i, "{\"attributes\":{\"n\":\"int\"}}").status())
            .isEqualTo(200);
      }
      spin.set(true);
      try {
        List<Thread> clients = new ArrayList<>();
        List<String> told = Collections.synchronizedList(new ArrayList<>());
        for (int i = 0; i < SPINNING; i++) {
          String path = "/v1/namespaces/n" + i;
          clients.add(Thread.ofPlatform().start(() -> told.add(server.get(path).errorMessage())));
        }
        while (spinning.get() < SPINNING) {
          Thread.sleep(10);
        }
        assertThat(server.get("/health").status()).isEqualTo(200);
        assertThat(server.get("/metrics").status()).isEqualTo(200);
        for (Thread client : clients) {
          client.join();
        }
        assertThat(told)
            .hasSize(SPINNING)
            .allSatisfy(message ->
                assertThat(message).contains("storage plugin 'spinner' has not come back from "));
      } finally {
        spin.set(false);
      }
      assertThat(server.get("/v1/namespaces/n0").status()).isEqualTo(200);
    }
  }
}
