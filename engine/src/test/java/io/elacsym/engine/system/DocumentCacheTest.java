package io.elacsym.engine.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.elacsym.engine.Engine;
import io.elacsym.engine.model.Consistency;
import io.elacsym.engine.model.DocId;
import io.elacsym.engine.model.Document;
import io.elacsym.engine.model.Filter;
import io.elacsym.engine.model.Namespace;
import io.elacsym.engine.model.Operator;
import io.elacsym.engine.model.Projection;
import io.elacsym.engine.model.QueryRequest;
import io.elacsym.engine.model.Ranking;
import io.elacsym.engine.model.ScanRequest;
import io.elacsym.engine.model.Schema;
import io.elacsym.engine.model.Value;
import io.elacsym.engine.settings.Seams;
import io.elacsym.engine.system.CountingFormat.Fetch;
import io.elacsym.tck.memory.MemoryStorage;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Documents that are found again: what of them is read and decoded again. */
class DocumentCacheTest {
  private static final int DOCUMENTS = 2_000;
  private static final List<String> ATTRIBUTES = List.of("year", "price", "tags", "title", "body");

  private final MemoryStorage bucket = new MemoryStorage();
  private final CountingFormat format = new CountingFormat();
  private Engine engine = open(Map.of());
  private Namespace namespace = engine.create("ns", TestEngine.schema());

  private Engine open(Map<String, String> settings) {
    return TestEngine.open(bucket.attach(), settings, Seams.real(), format);
  }

  private void reopen(Map<String, String> settings) {
    engine.close();
    engine = open(settings);
    namespace = engine.namespace("ns");
  }

  @BeforeEach
  void oneSegment() {
    namespace.write(
        TestEngine.upsert(
            LongStream.range(0, DOCUMENTS)
                .mapToObj(i -> document(i, "title " + i))
                .toArray(Document[]::new)));
    namespace.flush();
  }

  @AfterEach
  void close() {
    engine.close();
  }

  private static Document document(long id, String title) {
    return TestEngine.document(
        id,
        (float) id,
        0,
        Map.of(
            "title",
            Value.of(title),
            "year",
            Value.of(id % 4),
            "tags",
            new Value.Array(List.of(new Value.Text("a"), new Value.Text("b")))));
  }

  private List<Document> firstFrom(long id, int count, Projection projection) {
    return namespace
        .query(
            QueryRequest.of(new Ranking.IdOrder())
                .withFilter(Optional.of(Filter.of("id", Operator.GREATER_OR_EQUAL, Value.of(id))))
                .withTopK(count)
                .withProjection(projection))
        .hits()
        .stream()
        .map(hit -> hit.document())
        .toList();
  }

  private static Projection titles() {
    return new Projection(Optional.of(List.of()), Optional.of(List.of("title")));
  }

  @Test
  void whatIsFoundAgainIsNotDecodedAgain() {
    List<Document> first = firstFrom(7, 3, Projection.ATTRIBUTES);
    assertThat(first)
        .extracting(Document::id)
        .containsExactly(DocId.of(7), DocId.of(8), DocId.of(9));
    assertThat(first.getFirst().attributes()).isEqualTo(document(7, "title 7").attributes());
    assertThat(format.fetches()).containsExactly(new Fetch(3, ATTRIBUTES));
    assertThat(firstFrom(7, 3, Projection.ATTRIBUTES)).isEqualTo(first);
    assertThat(format.fetches()).isEmpty();
    assertThat(engine.documentCache().hits()).isEqualTo(3);
    assertThat(engine.documentCache().misses()).isEqualTo(3);
  }

  @Test
  void onlyTheDocumentsThatAreNotKnownAreDecoded() {
    firstFrom(20, 2, Projection.ATTRIBUTES);
    format.fetches();
    List<Document> more = firstFrom(18, 6, Projection.ATTRIBUTES);
    assertThat(format.fetches()).containsExactly(new Fetch(4, ATTRIBUTES));
    for (int i = 0; i < 6; i++) {
      assertThat(more.get(i).attributes())
          .isEqualTo(document(18 + i, "title " + (18 + i)).attributes());
    }
  }

  @Test
  void otherAttributesAreReadAndIdsAloneReadNothing() {
    firstFrom(7, 3, Projection.ATTRIBUTES);
    format.fetches();
    assertThat(firstFrom(7, 3, titles()).getFirst().attributes())
        .isEqualTo(Map.of("title", Value.of("title 7")));
    assertThat(format.fetches()).containsExactly(new Fetch(3, List.of("title")));
    assertThat(firstFrom(100, 3, Projection.IDS)).allMatch(found -> found.attributes().isEmpty());
    assertThat(format.fetches()).isEmpty();
  }

  /** They are large, and not compressed, so keeping them gains little. */
  @Test
  void vectorsAreReadEachTimeAndAloneOnceTheRestIsKnown() {
    Document first = namespace.get(DocId.of(7), Projection.ALL).orElseThrow();
    assertThat(format.fetches()).hasSize(1).first().matches(f -> f.columns().size() == 6);
    Document again = namespace.get(DocId.of(7), Projection.ALL).orElseThrow();
    assertThat(again.attributes()).isEqualTo(first.attributes());
    assertThat(again.vectors().get(Schema.VECTOR)).containsExactly(7, 0);
    assertThat(format.fetches()).containsExactly(new Fetch(1, List.of(Schema.VECTOR)));
    List<Document> some = firstFrom(5, 4, Projection.ALL);
    assertThat(some)
        .hasSize(4)
        .allSatisfy(found -> {
          long id = Long.parseLong(found.id().toString());
          assertThat(found.attributes()).isEqualTo(document(id, "title " + id).attributes());
          assertThat(found.vectors().get(Schema.VECTOR)).containsExactly((float) id, 0);
        });
    assertThat(format.fetches()).as("one wave").hasSize(1);
  }

  @Test
  void aDocumentThatWasReplacedIsTheNewOne() {
    firstFrom(7, 3, titles());
    namespace.write(TestEngine.upsert(document(8, "new")));
    assertThat(firstFrom(8, 1, titles()).getFirst().attributes()).containsValue(Value.of("new"));
    namespace.flush();
    assertThat(firstFrom(8, 1, titles()).getFirst().attributes()).containsValue(Value.of("new"));
    namespace.compact();
    assertThat(firstFrom(8, 1, titles()).getFirst().attributes()).containsValue(Value.of("new"));
  }

  @Test
  void aScanKeepsNothing() {
    namespace.scan(
        new ScanRequest(
            Optional.empty(), Optional.empty(), 1_000, Projection.ATTRIBUTES, Consistency.STRONG));
    assertThat(engine.documentCache().bytes()).isZero();
  }

  @Test
  void itIsBoundedByItsPartOfTheCacheAndCountsAsHeld() {
    reopen(Map.of("cache.memory_size", "400KB"));
    firstFrom(0, 1, Projection.IDS);
    long before = engine.heldBytes();
    for (int from = 0; from < DOCUMENTS; from += 10) {
      firstFrom(from, 10, Projection.ATTRIBUTES);
      assertThat(engine.documentCache().bytes()).isLessThanOrEqualTo(50 << 10);
      assertThat(engine.heldBytes()).isEqualTo(before + engine.documentCache().bytes());
      assertThat(namespace.stats().heldBytes()).isEqualTo(engine.heldBytes());
    }
    assertThat(engine.documentCache().bytes()).isPositive();
    assertThat(engine.documentCache().evictions()).isPositive();
  }

  @Test
  void itForgetsASegmentThatIsClosed() {
    firstFrom(0, 100, Projection.ATTRIBUTES);
    assertThat(engine.documentCache().bytes()).isPositive();
    namespace.write(TestEngine.delete(3));
    namespace.flush();
    namespace.compact();
    namespace.stats();
    assertThat(engine.documentCache().bytes()).isZero();
    engine.drop("ns");
    assertThat(engine.heldBytes()).isZero();
  }
}
