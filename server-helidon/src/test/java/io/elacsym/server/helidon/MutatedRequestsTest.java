package io.elacsym.server.helidon;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Requests over all routes, changed at random: in the values of their JSON, in their head, in their
 * bytes. Whatever comes is answered in the one error form or carried out, and the server lives on.
 *
 * <p>{@code -Delacsym.mutations=100000} sends more, {@code -Delacsym.seed} others.
 */
class MutatedRequestsTest {
  private static final int COUNT = Integer.getInteger("elacsym.mutations", 4_000);
  private static final int ROUND = 250;

  @Test
  void everyChangedRequestGetsADocumentedAnswer() {
    long seed = Long.getLong("elacsym.seed", 42);
    try (TestServer server = TestServer.start()) {
      Requests requests = new Requests(server.routes());
      for (int number = 0; number < COUNT; number++) {
        if (number % ROUND == 0) {
          requests.prepare(server);
        }
        // Each number has a seed of its own, so that one request can be looked at alone.
        byte[] request = requests.mutated(new Random(seed * 1_000_003 + number));
        String name = "seed " + seed + ", number " + number;
        WireAnswers.check(name, request, WireAnswers.exchange(name, server, request));
      }
      assertThat(server.get("/health").status()).isEqualTo(200);
    }
  }
}
