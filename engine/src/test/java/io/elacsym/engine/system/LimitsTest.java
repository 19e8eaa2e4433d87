package io.elacsym.engine.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.ErrorKind;
import io.elacsym.api.index.Metric;
import io.elacsym.api.index.TextAnalysis;
import io.elacsym.api.index.VectorField;
import io.elacsym.engine.Engine;
import io.elacsym.engine.check.WriteCheck;
import io.elacsym.engine.model.Attribute;
import io.elacsym.engine.model.AttributeType;
import io.elacsym.engine.model.Consistency;
import io.elacsym.engine.model.DocId;
import io.elacsym.engine.model.Document;
import io.elacsym.engine.model.Filter;
import io.elacsym.engine.model.Footprint;
import io.elacsym.engine.model.Namespace;
import io.elacsym.engine.model.Operator;
import io.elacsym.engine.model.Projection;
import io.elacsym.engine.model.QueryRequest;
import io.elacsym.engine.model.Ranking;
import io.elacsym.engine.model.ScanRequest;
import io.elacsym.engine.model.Schema;
import io.elacsym.engine.model.Value;
import io.elacsym.engine.settings.EngineSettings;
import io.elacsym.tck.memory.MemoryStorage;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SequencedMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each limit of {@code docs/http.md} holds below it, too: what is just allowed lives through a
 * flush, a merge, a branch, a backup, and opening anew; one more is refused.
 */
final class LimitsTest {
  private static final String BRANCH = "branch";
  private static final String BACKUP = "backup";
  private static final int NAME_BYTES = Schema.MAX_NAME_BYTES;

  private final MemoryStorage storage = new MemoryStorage(Instant::now);

  private Engine open() {
    return TestEngine.open(storage.attach());
  }

  private static Document document(long id, Map<String, Value> attributes) {
    return new Document(DocId.of(id), Map.of(), attributes);
  }

  private static Schema schema(String name, Attribute attribute) {
    SequencedMap<String, Attribute> attributes = attributes();
    attributes.put(name, attribute);
    return new Schema(List.of(), attributes);
  }

  private static SequencedMap<String, Attribute> attributes() {
    return new LinkedHashMap<>();
  }

  private static Attribute indexedText() {
    return new Attribute(AttributeType.STRING, true, Optional.of(TextAnalysis.DEFAULT));
  }

  private static List<Document> everything(Namespace namespace) {
    return namespace
        .scan(
            new ScanRequest(
                Optional.empty(),
                Optional.empty(),
                ScanRequest.MAX_LIMIT,
                Projection.ALL,
                Consistency.STRONG))
        .documents();
  }

  private static void refused(ErrorKind kind, String message, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(ElacsymException.class, e -> assertThat(e.kind()).isEqualTo(kind))
        .hasMessageContaining(message);
  }

  /** Takes two documents through everything that is done with a namespace. */
  private void livesThroughEverything(String name, Schema schema, Document one, Document two) {
    EngineSettings here = EngineSettings.of(Map.of("storage.backend", "given"));
    try (Engine engine = open()) {
      Namespace namespace = engine.create(name, schema);
      namespace.write(TestEngine.upsert(one));
      namespace.flush();
      namespace.write(TestEngine.upsert(two));
      namespace.flush();
      assertThat(namespace.stats().segments()).isEqualTo(2);
      long before = engine.history(name).getLast().version();
      engine.branch(name, BRANCH, Optional.empty());
      namespace.compact();
      assertThat(namespace.stats().segments()).isEqualTo(1);
      engine.backup(name, here, BACKUP, bytes -> {});
      engine.namespace(BRANCH).compact();
      engine.restore(name, before);
    }
    try (Engine engine = open()) {
      engine.backup(BACKUP, here, "copy-of-" + BACKUP, bytes -> {});
      for (String copy : List.of(name, BRANCH, BACKUP, "copy-of-" + BACKUP)) {
        List<Document> found = everything(engine.namespace(copy));
        assertThat(found.stream().map(Document::id)).containsExactly(one.id(), two.id());
        assertThat(found.stream().map(Document::attributes))
            .containsExactly(one.attributes(), two.attributes());
        for (VectorField field : schema.vectors()) {
          assertThat(found.getFirst().vectors().get(field.name()))
              .isEqualTo(one.vectors().get(field.name()));
        }
        assertThat(engine.verify(copy, bytes -> {}).findings()).isEmpty();
      }
    }
  }

  private long hits(String namespace, Ranking ranking, Optional<Filter> filter) {
    try (Engine engine = open()) {
      return engine.namespace(namespace).query(TestEngine.query(ranking, filter, 10)).hits().size();
    }
  }

  /** Of exactly the most bytes, by script: two, three and four bytes a character, and ASCII. */
  static Stream<String> longestNames() {
    return Stream.of(
        "a".repeat(NAME_BYTES),
        ". /\\-:".repeat(NAME_BYTES).substring(0, NAME_BYTES),
        "\u00df".repeat(NAME_BYTES / 2),
        "\u0416".repeat(NAME_BYTES / 2),
        "\u0639".repeat(NAME_BYTES / 2),
        "\u6f22".repeat(NAME_BYTES / 3) + "ab",
        "\u0939".repeat(NAME_BYTES / 3) + "ab",
        "\ud83d\ude00".repeat(NAME_BYTES / 4));
  }

  @ParameterizedTest
  @MethodSource("longestNames")
  void anAttributeMayHaveTheLongestNameOfAnyScript(String name) {
    assertThat(name.getBytes(StandardCharsets.UTF_8)).hasSize(NAME_BYTES);
    livesThroughEverything(
        "ns",
        schema(name, indexedText()),
        document(1, Map.of(name, Value.of("one"))),
        document(2, Map.of(name, Value.of("two"))));
    Filter equal = Filter.of(name, Operator.EQUAL, new Value.Text("one"));
    assertThat(hits(BACKUP, new Ranking.IdOrder(), Optional.of(equal))).isEqualTo(1);
    assertThat(hits(BRANCH, TestEngine.text("two", name), Optional.empty())).isEqualTo(1);
    refused(
        ErrorKind.INVALID_REQUEST, "expected 1 to 128", () -> schema(name + "x", indexedText()));
  }

  @Test
  void aVectorFieldMayHaveTheLongestNameToo() {
    String name = "\u6f22".repeat(NAME_BYTES / 3);
    livesThroughEverything(
        "ns",
        new Schema(List.of(new VectorField(name, 2, Metric.L2)), attributes()),
        new Document(DocId.of(1), Map.of(name, new float[] {1, 0}), Map.of()),
        new Document(DocId.of(2), Map.of(name, new float[] {0, 1}), Map.of()));
  }

  @Test
  void aNamespaceMayHaveTheMostAttributesWithTheLongestNamesAndAllIndexes() {
    SequencedMap<String, Attribute> attributes = attributes();
    Map<String, Value> one = new LinkedHashMap<>();
    Map<String, Value> two = new LinkedHashMap<>();
    for (int i = 0; i < Schema.MAX_ATTRIBUTES; i++) {
      String number = "%04d".formatted(i);
      String name = "\u6f22".repeat((NAME_BYTES - number.length()) / 3) + number;
      attributes.put(name, indexedText());
      one.put(name, Value.of("one " + i));
      two.put(name, Value.of("two " + i));
    }
    livesThroughEverything(
        "ns", new Schema(List.of(), attributes), document(1, one), document(2, two));
    String last = attributes.lastEntry().getKey();
    assertThat(hits(BRANCH, TestEngine.text("1023", last), Optional.empty())).isEqualTo(2);
    attributes.put("one more", indexedText());
    refused(ErrorKind.INVALID_REQUEST, "at most 1024", () -> new Schema(List.of(), attributes));
  }

  /** More rows than a batch of such vectors has, so that batches are joined, too. */
  @Test
  void aVectorMayHaveTheMostComponents() {
    int dimension = Schema.MAX_DIMENSION;
    Schema schema =
        new Schema(List.of(new VectorField(Schema.VECTOR, dimension, Metric.COSINE)), attributes());
    float[] one = new float[dimension];
    float[] two = new float[dimension];
    Arrays.fill(one, 1);
    Arrays.fill(two, -1);
    two[dimension - 1] = 1;
    livesThroughEverything(
        "ns",
        schema,
        new Document(DocId.of(1), Map.of(Schema.VECTOR, one), Map.of()),
        new Document(DocId.of(2), Map.of(Schema.VECTOR, two), Map.of()));
    Ranking nearest = new Ranking.Nearest(Schema.VECTOR, one, 1, OptionalInt.empty());
    assertThat(hits(BRANCH, nearest, Optional.empty())).isEqualTo(2);
    refused(
        ErrorKind.INVALID_REQUEST,
        "expected 1 to 65536",
        () ->
            new Schema(
                List.of(new VectorField(Schema.VECTOR, dimension + 1, Metric.L2)), attributes()));
  }

  @Test
  void aStringMayHaveTheMostBytesIndexedAndRankedToo() {
    String longest = "\u00df".repeat(WriteCheck.MAX_TEXT_BYTES / 2);
    livesThroughEverything(
        "ns",
        schema("text", indexedText()),
        document(1, Map.of("text", Value.of(longest))),
        document(2, Map.of("text", Value.of("short"))));
    Filter equal = Filter.of("text", Operator.EQUAL, new Value.Text(longest));
    assertThat(hits(BRANCH, new Ranking.IdOrder(), Optional.of(equal))).isEqualTo(1);
    try (Engine engine = open()) {
      Namespace namespace = engine.namespace("ns");
      refused(
          ErrorKind.TOO_LARGE,
          "at most 8388608",
          () ->
              namespace.write(
                  TestEngine.upsert(document(3, Map.of("text", Value.of(longest + "x"))))));
    }
  }

  @Test
  void anIdMayHaveTheMostBytes() {
    String longest = "\ud83d\ude00".repeat(DocId.MAX_TEXT_BYTES / 4);
    livesThroughEverything(
        "ns",
        new Schema(List.of(), attributes()),
        new Document(DocId.of("A".repeat(DocId.MAX_TEXT_BYTES)), Map.of(), Map.of()),
        new Document(DocId.of(longest), Map.of(), Map.of()));
    refused(ErrorKind.INVALID_REQUEST, "64", () -> DocId.of(longest + "x"));
  }

  @Test
  void aNamespaceMayHaveTheLongestName() {
    String longest = "n".repeat(128);
    livesThroughEverything(
        longest,
        TestEngine.schema(),
        TestEngine.document(1, 1, 0, Map.of("title", Value.of("one"), "year", Value.of(1L))),
        TestEngine.document(2, 0, 1, Map.of("title", Value.of("two"), "year", Value.of(2L))));
    try (Engine engine = open()) {
      refused(
          ErrorKind.INVALID_REQUEST,
          "1 to 128",
          () -> engine.create(longest + "n", TestEngine.schema()));
      refused(
          ErrorKind.INVALID_REQUEST,
          "1 to 128",
          () -> engine.branch(BRANCH, longest + "n", Optional.empty()));
    }
  }

  @Test
  void aPageAndAnAnswerMayHaveTheMostDocuments() {
    try (Engine engine = open()) {
      Namespace namespace = engine.create("ns", new Schema(List.of(), attributes()));
      for (int half = 0; half < 2; half++) {
        int from = half * ScanRequest.MAX_LIMIT / 2;
        namespace.write(
            TestEngine.upsert(
                IntStream.rangeClosed(from, from + ScanRequest.MAX_LIMIT / 2)
                    .mapToObj(id -> document(id, Map.of()))
                    .toArray(Document[]::new)));
        namespace.flush();
      }
      assertThat(everything(namespace)).hasSize(ScanRequest.MAX_LIMIT);
      Ranking order = new Ranking.IdOrder();
      int most = QueryRequest.MAX_TOP_K;
      assertThat(namespace.query(TestEngine.query(order, Optional.empty(), most)).hits())
          .hasSize(most);
      refused(
          ErrorKind.INVALID_REQUEST,
          "1 to 1000",
          () -> namespace.query(TestEngine.query(order, Optional.empty(), most + 1)));
      refused(
          ErrorKind.INVALID_REQUEST,
          "1 to 10000",
          () ->
              namespace.scan(
                  new ScanRequest(
                      Optional.empty(),
                      Optional.empty(),
                      ScanRequest.MAX_LIMIT + 1,
                      Projection.ALL,
                      Consistency.STRONG)));
    }
  }

  /** Of one string many times, so that it takes that much memory by the rules alone. */
  @Test
  void aDocumentMayTakeTheMostMemory() {
    SequencedMap<String, Attribute> attributes = attributes();
    Map<String, Value> values = new LinkedHashMap<>();
    Value longest = Value.of("x".repeat(WriteCheck.MAX_TEXT_BYTES));
    for (int i = 0; i < 8; i++) {
      attributes.put("s" + i, new Attribute(AttributeType.STRING, false, Optional.empty()));
      values.put("s" + i, longest);
    }
    long over = Footprint.of(document(1, values)) - WriteCheck.MAX_DOCUMENT_BYTES;
    values.put("s7", Value.of("x".repeat(WriteCheck.MAX_TEXT_BYTES - (int) over)));
    Schema schema = new Schema(List.of(), attributes);
    assertThat(Footprint.of(document(1, values))).isEqualTo(64 << 20);
    WriteCheck.check(TestEngine.upsert(document(1, values)), schema, Optional.empty());
    values.put("s7", Value.of("x".repeat(WriteCheck.MAX_TEXT_BYTES - (int) over + 1)));
    refused(
        ErrorKind.TOO_LARGE,
        "takes 67108865 bytes of memory, expected at most 67108864",
        () -> WriteCheck.check(TestEngine.upsert(document(1, values)), schema, Optional.empty()));
  }

  /** The same documents again and again, for the same reason. */
  @Test
  void aWriteMayHaveTheMostBytes() {
    Schema schema = schema("s", new Attribute(AttributeType.STRING, false, Optional.empty()));
    Document[] documents = new Document[33];
    Arrays.fill(
        documents, document(1, Map.of("s", Value.of("x".repeat(WriteCheck.MAX_TEXT_BYTES)))));
    long each = WriteCheck.check(TestEngine.upsert(documents[0]), schema, Optional.empty()).bytes();
    int most = (int) (WriteCheck.MAX_REQUEST_BYTES / each);
    WriteCheck.check(TestEngine.upsert(Arrays.copyOf(documents, most)), schema, Optional.empty());
    refused(
        ErrorKind.TOO_LARGE,
        "expected at most 268435456",
        () ->
            WriteCheck.check(
                TestEngine.upsert(Arrays.copyOf(documents, most + 1)), schema, Optional.empty()));
  }
}
