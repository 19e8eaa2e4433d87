package io.elacsym.server.helidon;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.elacsym.tck.fault.Fault;
import io.elacsym.tck.fault.FaultPlan;
import io.elacsym.tck.fault.FaultyStorage;
import io.elacsym.tck.fault.Request.Operation;
import io.elacsym.tck.fault.RequestCounts;
import io.elacsym.tck.memory.GivenStorageProvider;
import io.elacsym.tck.memory.MemoryStorage;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * What the first query after a start costs, with the plugins that ship: dependent rounds of
 * requests, counted over HTTP as a user sees them. Few of these are why object storage is fast
 * enough.
 */
class ColdPathTest {
  private static final int DOCUMENTS = 20_000;
  private static final int DIMENSION = 96;

  /** The center near which the queries are. */
  private static final int CENTER = 7;

  private static final MemoryStorage BUCKET = new MemoryStorage();

  private static final String[] WORDS = {
    "otter", "kelp", "reef", "night", "whale", "storm", "harbour", "tide", "gull", "anchor"
  };

  /** A namespace of one compacted segment, large enough that no part of it is read by accident. */
  @BeforeAll
  static void fill() {
    try (TestServer server = start(new FaultyStorage(BUCKET.attach(), FaultPlan.none()))) {
      server.put(
          "/v1/namespaces/docs",
          "{\"vector_dim\":"
              + DIMENSION
              + ",\"attributes\":{\"title\":{\"type\":\"string\",\"full_text\":true},"
              + "\"year\":{\"type\":\"int\",\"indexed\":true},"
              + "\"far\":{\"type\":\"bool\",\"indexed\":true},"
              + "\"shard\":{\"type\":\"int\",\"indexed\":true}}}");
      Random random = new Random(1);
      for (int from = 0; from < DOCUMENTS; from += 1_000) {
        StringBuilder body = new StringBuilder("{\"documents\":[");
        for (int id = from; id < from + 1_000; id++) {
          int center = random.nextInt(40);
          body.append(id == from ? "" : ",")
              .append("{\"id\":")
              .append(id)
              .append(",\"vector\":")
              .append(vector(random, center))
              .append(",\"attributes\":{\"title\":\"")
              .append(title(random))
              .append("\",\"year\":")
              .append(1900 + id % 120)
              .append(",\"far\":")
              .append(center != CENTER)
              .append(",\"shard\":")
              .append(id % 1000)
              .append("}}");
        }
        assertThat(server.post("/v1/namespaces/docs/upsert", body.append("]}").toString()).status())
            .isEqualTo(200);
      }
      assertThat(server.post("/v1/namespaces/docs/compact", "").status()).isEqualTo(200);
    }
  }

  @AfterAll
  static void forget() {
    BUCKET.close();
  }

  private static TestServer start(FaultyStorage storage) {
    return TestServer.start(Map.of(), new GivenStorageProvider("bucket", () -> storage));
  }

  /** Near one of forty centers. */
  private static String vector(Random random, int center) {
    StringBuilder vector = new StringBuilder("[");
    for (int i = 0; i < DIMENSION; i++) {
      double value = (i % 40 == center ? 3 : 0) + random.nextGaussian();
      vector.append(i == 0 ? "" : ",").append(String.format(Locale.ROOT, "%.3f", value));
    }
    return vector.append(']').toString();
  }

  private static String title(Random random) {
    StringBuilder title = new StringBuilder();
    for (int word = 0; word < 8; word++) {
      title.append(WORDS[random.nextInt(WORDS.length)]).append(random.nextInt(300)).append(' ');
    }
    return title.toString();
  }

  private static String nearest() {
    return "\"vector\":" + vector(new Random(99), CENTER);
  }

  private static final String TEXT =
      "\"full_text\":{\"field\":\"title\",\"query\":\"otter7 reef12 gull250\"}";

  private static final String FILTER =
      "\"filter\":{\"type\":\"and\",\"conditions\":["
          + "{\"field\":\"year\",\"op\":\"gte\",\"value\":1950},"
          + "{\"field\":\"shard\",\"op\":\"lt\",\"value\":500}]}";

  /** Asks a server that has just started; checks that the cost is what the storage has seen. */
  private static JsonNode first(String query) {
    // A second after a namespace is opened its indexes are looked for, whoever asks meanwhile.
    AtomicInteger looks = new AtomicInteger();
    FaultPlan counting =
        request -> {
          if (request.operation() == Operation.LIST && request.name().endsWith("indexes/")) {
            looks.incrementAndGet();
          }
          return Fault.none();
        };
    FaultyStorage storage = new FaultyStorage(BUCKET.attach(), counting);
    try (TestServer server = start(storage)) {
      RequestCounts before = storage.counts();
      JsonNode answer =
          server.post("/v1/namespaces/docs/query", "{" + query + ",\"explain\":true}").json();
      RequestCounts after = storage.counts();
      assertThat(answer.path("results")).hasSize(10);
      JsonNode cost = answer.path("cost");
      assertThat(cost.path("requests").asLong())
          .isEqualTo(after.requests() - before.requests() - looks.get());
      assertThat(cost.path("bytes").asLong()).isEqualTo(after.bytesRead() - before.bytesRead());
      return cost;
    }
  }

  private static void assertWaves(JsonNode cost, int waves) {
    assertThat(cost.path("waves").asInt()).as("%s", cost).isEqualTo(waves);
    assertThat(cost.path("open_waves").asInt()).as("manifest, then all ends").isEqualTo(2);
  }

  @Test
  void theFirstVectorQueryTakesFourWaves() {
    assertWaves(first(nearest()), 4);
  }

  @Test
  void aFilterAddsNoWave() {
    assertWaves(first(nearest() + "," + FILTER), 4);
  }

  /** Then the lists that were visited first do not have what is wanted. */
  @Test
  void aFilterThatWorksAgainstTheQueryAddsOneWaveAtMost() {
    JsonNode cost =
        first(nearest() + ",\"filter\":{\"field\":\"far\",\"op\":\"eq\",\"value\":true}");
    assertThat(cost.path("waves").asInt()).as("%s", cost).isBetween(4, 5);
  }

  @Test
  void theFirstTextQueryTakesFourWaves() {
    assertWaves(first(TEXT), 4);
  }

  @Test
  void theFirstHybridQueryTakesAsManyAsItsDeepestPart() {
    assertWaves(first(nearest() + "," + TEXT), 5);
    assertWaves(first(nearest() + "," + TEXT + "," + FILTER), 5);
  }

  @Test
  void theFirstFilterAloneTakesThreeWaves() {
    assertWaves(first(FILTER), 3);
  }
}
