package io.elacsym.engine.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.ErrorKind;
import io.elacsym.api.index.TextAnalysis;
import io.elacsym.engine.Engine;
import io.elacsym.engine.model.Attribute;
import io.elacsym.engine.model.AttributeType;
import io.elacsym.engine.model.DocId;
import io.elacsym.engine.model.Document;
import io.elacsym.engine.model.Filter;
import io.elacsym.engine.model.Hit;
import io.elacsym.engine.model.IndexCount;
import io.elacsym.engine.model.IndexProgress;
import io.elacsym.engine.model.Namespace;
import io.elacsym.engine.model.Operator;
import io.elacsym.engine.model.Ranking;
import io.elacsym.engine.model.Schema;
import io.elacsym.engine.model.Value;
import io.elacsym.engine.model.WriteOp;
import io.elacsym.engine.model.WriteRequest;
import io.elacsym.tck.memory.MemoryStorage;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.SequencedMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Attributes that gain an index when there are documents already. */
final class AddedIndexTest {
  private static final List<String> WORDS = List.of("otter", "kelp", "reef", "tide", "salt");
  private static final Map<String, Attribute> INDEXED =
      Map.of(
          "text",
          Attribute.fullText(TextAnalysis.DEFAULT),
          "year",
          Attribute.indexed(AttributeType.INT));

  private final Processes processes = new Processes();
  private final MemoryStorage storage = new MemoryStorage(processes.clock());

  @AfterEach
  void stop() {
    processes.stopAll();
  }

  private static Schema schema(boolean indexed) {
    SequencedMap<String, Attribute> attributes = new LinkedHashMap<>();
    attributes.put("text", Attribute.of(AttributeType.STRING));
    attributes.put("year", Attribute.of(AttributeType.INT));
    Schema plain = new Schema(List.of(), attributes);
    return indexed ? plain.with(INDEXED) : plain;
  }

  private static Document document(Random random) {
    Map<String, Value> attributes = new LinkedHashMap<>();
    if (random.nextInt(4) > 0) {
      attributes.put("year", Value.of((long) random.nextInt(5)));
    }
    if (random.nextInt(4) > 0) {
      StringBuilder text = new StringBuilder();
      for (int i = 1 + random.nextInt(6); i > 0; i--) {
        text.append(WORDS.get(random.nextInt(WORDS.size()))).append(' ');
      }
      attributes.put("text", Value.of(text.toString()));
    }
    return new Document(DocId.of(random.nextInt(40)), Map.of(), attributes);
  }

  /** The same happens to a namespace that had the indexes from its beginning. */
  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4})
  void answersAreThoseOfANamespaceThatHadItFromTheBeginning(long seed) {
    Random random = new Random(seed);
    Engine engine = processes.start(storage.attach());
    Namespace late = engine.create("late", schema(false));
    Namespace early = engine.create("early", schema(true));
    int added = random.nextInt(30);
    for (int step = 0; step < 60; step++) {
      try {
        if (step == added) {
          late.addAttributes(INDEXED);
        }
        act(List.of(late, early), random);
        if (random.nextInt(6) == 0) {
          processes.work(engine);
        }
        checkFilters(late, early, random);
        if (step >= added) {
          checkTexts(late, early, random);
        }
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError("seed " + seed + ", step " + step + ", added at " + added, e);
      }
    }
    processes.pass(Duration.ofSeconds(1));
    processes.work(engine);
    assertThat(late.stats().building()).isEmpty();
    checkTexts(late, early, random);
    assertThat(counts(late)).isEqualTo(counts(early));
    assertThat(engine.verify("late", bytes -> {}).damaged()).isFalse();
  }

  private static Map<String, Integer> counts(Namespace namespace) {
    namespace.compact();
    Map<String, Integer> counts = new LinkedHashMap<>();
    namespace
        .stats()
        .indexes()
        .forEach((IndexCount count) -> counts.merge(count.kind(), count.indexes(), Integer::sum));
    return counts;
  }

  private static void act(List<Namespace> both, Random random) {
    switch (random.nextInt(8)) {
      case 0 -> both.forEach(Namespace::flush);
      case 1 -> {
        if (random.nextInt(3) == 0) {
          both.forEach(Namespace::compact);
        }
      }
      case 2 -> {
        DocId id = DocId.of(random.nextInt(40));
        both.forEach(
            namespace -> namespace.write(new WriteRequest(List.of(new WriteOp.Delete(id)))));
      }
      default -> {
        WriteRequest request =
            TestEngine.upsert(document(random), document(random), document(random));
        both.forEach(namespace -> namespace.write(request));
      }
    }
  }

  private static void checkFilters(Namespace late, Namespace early, Random random) {
    Filter filter =
        Filter.of("year", Operator.GREATER_OR_EQUAL, Value.of((long) random.nextInt(5)));
    assertThat(ids(late, filter)).isEqualTo(ids(early, filter));
  }

  private static List<DocId> ids(Namespace namespace, Filter filter) {
    return namespace
        .query(TestEngine.query(new Ranking.IdOrder(), Optional.of(filter), 100))
        .hits()
        .stream()
        .map(hit -> hit.document().id())
        .toList();
  }

  private static void checkTexts(Namespace late, Namespace early, Random random) {
    String words = WORDS.get(random.nextInt(5)) + " " + WORDS.get(random.nextInt(5));
    boolean building =
        late.stats().building().stream().anyMatch(index -> index.kind().equals("text"));
    if (building) {
      assertThatThrownBy(() -> hits(late, words))
          .isInstanceOfSatisfying(
              ElacsymException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.CONFLICT))
          .hasMessageContaining("the text index of 'text' is being built: ");
    } else {
      assertThat(hits(late, words)).isEqualTo(hits(early, words));
    }
  }

  private static Map<DocId, Double> hits(Namespace namespace, String words) {
    Map<DocId, Double> scores = new LinkedHashMap<>();
    for (Hit hit :
        namespace
            .query(TestEngine.query(TestEngine.text(words, "text"), Optional.empty(), 100))
            .hits()) {
      scores.put(hit.document().id(), hit.score());
    }
    return scores;
  }

  @Test
  void itIsBuiltSegmentBySegmentAndAlsoByAnotherProcess() {
    Engine engine = processes.start(storage.attach());
    Namespace namespace = engine.create("late", schema(false));
    for (int i = 0; i < 3; i++) {
      namespace.write(
          TestEngine.upsert(
              new Document(DocId.of(i), Map.of(), Map.of("text", Value.of("sea otter " + i)))));
      namespace.flush();
    }
    namespace.addAttributes(INDEXED);
    assertThat(namespace.stats().building())
        .containsExactlyInAnyOrder(
            new IndexProgress("text", "text", 0, 3, 0, 3),
            new IndexProgress("year", "attribute", 0, 3, 0, 3));
    processes.stop(engine);
    Engine next = processes.start(storage.attach());
    Namespace reopened = next.namespace("late");
    assertThatThrownBy(() -> hits(reopened, "otter"))
        .hasMessageContaining("0 of 3 segments have it, with 0 of 3 rows");
    processes.pass(Duration.ofSeconds(1));
    processes.work(next);
    assertThat(reopened.stats().building()).isEmpty();
    assertThat(hits(reopened, "otter")).hasSize(3);
    assertThat(reopened.stats().indexes())
        .as("no document has a year, so there is nothing to index")
        .allMatch(count -> count.kind().equals("text") && count.indexes() == 3);
  }

  @Test
  void whatIsOnStaysOnAndAsItIs() {
    Engine engine = processes.start(storage.attach());
    Namespace namespace = engine.create("early", schema(true));
    conflict(namespace, "year", Attribute.of(AttributeType.INT));
    conflict(namespace, "text", Attribute.of(AttributeType.STRING));
    conflict(namespace, "year", Attribute.indexed(AttributeType.FLOAT));
    namespace.addAttributes(INDEXED);
    assertThat(namespace.schema()).isEqualTo(schema(true));
  }

  private static void conflict(Namespace namespace, String name, Attribute other) {
    assertThatThrownBy(() -> namespace.addAttributes(Map.of(name, other)))
        .isInstanceOfSatisfying(
            ElacsymException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.CONFLICT))
        .hasMessageContaining("attribute '" + name + "' exists as ");
  }
}
