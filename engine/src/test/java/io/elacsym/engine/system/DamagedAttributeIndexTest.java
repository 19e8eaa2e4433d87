package io.elacsym.engine.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.elacsym.api.blob.ByteRange;
import io.elacsym.api.storage.ObjectInfo;
import io.elacsym.api.storage.Payload;
import io.elacsym.api.storage.PutMode;
import io.elacsym.engine.Engine;
import io.elacsym.engine.model.Document;
import io.elacsym.engine.model.Filter;
import io.elacsym.engine.model.Namespace;
import io.elacsym.engine.model.Operator;
import io.elacsym.engine.model.Projection;
import io.elacsym.engine.model.QueryRequest;
import io.elacsym.engine.model.QueryResult;
import io.elacsym.engine.model.Ranking;
import io.elacsym.engine.model.SortKey;
import io.elacsym.engine.model.Value;
import io.elacsym.tck.memory.MemoryStorage;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * An attribute index is opened by its end, and so damage elsewhere is met in the middle of a query.
 * The documents answer then, and the index is built again.
 */
class DamagedAttributeIndexTest {
  private static final int DOCUMENTS = 60_000;

  private final MemoryStorage storage = new MemoryStorage();

  @BeforeEach
  void aLargeIndexWithADamagedBeginning() {
    try (Engine engine = TestEngine.open(storage.attach(), Map.of())) {
      Namespace namespace = engine.create("ns", TestEngine.schema());
      for (long from = 0; from < DOCUMENTS; from += 10_000) {
        namespace.write(
            TestEngine.upsert(
                LongStream.range(from, from + 10_000)
                    .mapToObj(id -> TestEngine.document(id, 0, 0, Map.of("year", Value.of(id))))
                    .toArray(Document[]::new)));
      }
      namespace.flush();
    }
    MemoryStorage raw = storage.attach();
    List<String> objects =
        raw.list("ns/indexes/", "", 1_000).stream().map(ObjectInfo::name).toList();
    String index = TestEngine.indexOf("year", objects);
    byte[] bytes = raw.get(index, ByteRange.ALL).orElseThrow().bytes();
    // Blocks of 64 KiB have a checksum each: the end, which is read first, is not touched.
    assertThat(bytes.length).isGreaterThan(2 << 16);
    bytes[10] ^= 1;
    raw.put(index, Payload.of(bytes), PutMode.OVERWRITE);
  }

  private static QueryRequest byId(Filter filter) {
    return QueryRequest.of(new Ranking.IdOrder())
        .withFilter(Optional.of(filter))
        .withProjection(Projection.IDS);
  }

  private static List<String> ids(QueryResult result) {
    return result.hits().stream().map(hit -> hit.document().id().toString()).toList();
  }

  @Test
  void aFilterIsAnsweredByTheDocuments() {
    try (Engine engine = TestEngine.open(storage.attach(), Map.of())) {
      assertThat(ids(engine.query("ns", byId(Filter.of("year", Operator.LESS, Value.of(3))))))
          .containsExactly("0", "1", "2");
      assertThat(engine.counters().lostIndexes()).isPositive();
      assertThat(ids(engine.query("ns", byId(Filter.of("year", Operator.EQUAL, Value.of(59_999))))))
          .containsExactly("59999");
    }
  }

  @Test
  void anOrderIsAnsweredByTheDocuments() {
    try (Engine engine = TestEngine.open(storage.attach(), Map.of())) {
      QueryRequest first =
          QueryRequest.of(new Ranking.AttributeOrder(List.of(new SortKey("year", false, false))))
              .withTopK(2)
              .withProjection(Projection.IDS);
      assertThat(ids(engine.query("ns", first))).containsExactly("0", "1");
      assertThat(engine.counters().lostIndexes()).isPositive();
    }
  }
}
