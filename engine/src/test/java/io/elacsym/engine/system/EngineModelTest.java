package io.elacsym.engine.system;

import static io.elacsym.engine.system.TestEngine.nearest;
import static io.elacsym.engine.system.TestEngine.query;
import static io.elacsym.engine.system.TestEngine.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.elacsym.engine.Engine;
import io.elacsym.engine.check.GivenFilters;
import io.elacsym.engine.filter.DocumentFilter;
import io.elacsym.engine.filter.TypedFilter;
import io.elacsym.engine.model.Consistency;
import io.elacsym.engine.model.DocId;
import io.elacsym.engine.model.Document;
import io.elacsym.engine.model.Given;
import io.elacsym.engine.model.Hit;
import io.elacsym.engine.model.Namespace;
import io.elacsym.engine.model.Projection;
import io.elacsym.engine.model.Ranking;
import io.elacsym.engine.model.ScanPage;
import io.elacsym.engine.model.ScanRequest;
import io.elacsym.engine.model.Schema;
import io.elacsym.engine.model.Value;
import io.elacsym.engine.model.WriteOp;
import io.elacsym.engine.model.WriteRequest;
import io.elacsym.tck.memory.MemoryStorage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Random histories against a map: after each step every kind of read answers as the map does,
 * whatever was flushed, merged, rebuilt or reopened in between.
 */
final class EngineModelTest {
  private static final List<String> WORDS =
      List.of("star", "sea", "otter", "kelp", "moon", "tide", "reef", "whale", "salt", "wind");
  private static final int STEPS = 120;
  private static final int IDS = 60;

  private final Map<DocId, Document> model = new TreeMap<>();
  private final MemoryStorage storage = new MemoryStorage();
  private Engine engine = TestEngine.open(storage);
  private Namespace namespace = engine.create("ns", TestEngine.schema());
  private Random random = new Random();

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void everyReadAnswersAsTheModelDoes(long seed) {
    random = new Random(seed);
    for (int step = 0; step < STEPS; step++) {
      String what = act(random.nextInt(100));
      try {
        checkReads();
      } catch (AssertionError e) {
        throw new AssertionError("seed " + seed + ", step " + step + " after " + what, e);
      }
    }
    assertFalse(engine.verify("ns", bytes -> {}).damaged(), "seed " + seed);
    assertEquals(model.size(), engine.verify("ns", bytes -> {}).documents(), "seed " + seed);
    engine.close();
  }

  private String act(int dice) {
    if (dice < 70) {
      write();
      return "write";
    } else if (dice < 82) {
      namespace.flush();
      return "flush";
    } else if (dice < 90) {
      namespace.compact();
      return "compact";
    }
    engine.close();
    engine = TestEngine.open(storage.attach());
    namespace = engine.namespace("ns");
    return "reopen";
  }

  private void write() {
    List<WriteOp> ops = new ArrayList<>();
    int count = 1 + random.nextInt(8);
    for (int i = 0; i < count; i++) {
      DocId id = DocId.of(random.nextInt(IDS) - 5L);
      switch (random.nextInt(10)) {
        case 0, 1 -> {
          ops.add(new WriteOp.Delete(id));
          model.remove(id);
        }
        case 2, 3 -> {
          Map<String, Value> attributes = attributes();
          Set<String> removed = random.nextBoolean() ? Set.of("body") : Set.of();
          attributes.keySet().removeAll(removed);
          Map<String, Given> given = new HashMap<>(attributes);
          removed.forEach(name -> given.put(name, Given.Other.NULL));
          ops.add(new WriteOp.PatchOrCreate(id, Map.of(), given));
          Document before = model.getOrDefault(id, new Document(id, Map.of(), Map.of()));
          Map<String, Value> merged = new HashMap<>(before.attributes());
          merged.putAll(attributes);
          merged.keySet().removeAll(removed);
          model.put(id, new Document(id, before.vectors(), merged));
        }
        case 4 -> {
          if (random.nextInt(4) == 0) {
            TypedFilter filter = filter(2);
            ops.add(new WriteOp.DeleteMatching(GivenFilters.of(filter)));
            model.values().removeIf(DocumentFilter.of(filter));
          }
        }
        default -> {
          Map<String, float[]> vectors =
              random.nextInt(8) == 0
                  ? Map.of()
                  : Map.of(Schema.VECTOR, new float[] {random.nextInt(50), random.nextInt(50)});
          Document document = new Document(id, vectors, attributes());
          ops.add(new WriteOp.Upsert(document));
          model.put(id, document);
        }
      }
    }
    if (!ops.isEmpty()) {
      namespace.write(new WriteRequest(ops));
    }
  }

  private Map<String, Value> attributes() {
    Map<String, Value> attributes = new LinkedHashMap<>();
    if (random.nextInt(5) > 0) {
      attributes.put("year", Value.of((long) random.nextInt(10)));
    }
    if (random.nextBoolean()) {
      attributes.put("price", Value.of(random.nextInt(20) / 4.0));
    }
    if (random.nextBoolean()) {
      List<Value.Scalar> tags = new ArrayList<>();
      for (int i = random.nextInt(3); i > 0; i--) {
        tags.add(new Value.Text(word()));
      }
      attributes.put("tags", new Value.Array(tags));
    }
    if (random.nextInt(4) > 0) {
      attributes.put("title", Value.of(words(3)));
    }
    if (random.nextInt(3) > 0) {
      attributes.put("body", Value.of(words(12)));
    }
    return attributes;
  }

  private String word() {
    return WORDS.get(random.nextInt(WORDS.size()));
  }

  private String words(int most) {
    List<String> words = new ArrayList<>();
    for (int i = random.nextInt(most) + 1; i > 0; i--) {
      words.add(word());
    }
    return String.join(" ", words);
  }

  private TypedFilter filter(int depth) {
    return switch (random.nextInt(depth == 0 ? 7 : 10)) {
      case 0 -> new TypedFilter.Equal("year", new Value.Int(random.nextInt(10)));
      case 1 -> new TypedFilter.NotEqual("year", new Value.Int(random.nextInt(10)));
      case 2 ->
          new TypedFilter.Compare(
              "price",
              List.of(TypedFilter.Order.values()).get(random.nextInt(4)),
              new Value.Real(random.nextInt(20) / 4.0));
      case 3 -> new TypedFilter.ContainsAny("tags", List.of(new Value.Text(word())));
      case 4 -> new TypedFilter.Substring("title", word());
      case 5 -> new TypedFilter.Exists("body", random.nextBoolean());
      case 6 ->
          new TypedFilter.Compare(
              "id", TypedFilter.Order.LESS, new Value.Uint(random.nextInt(IDS)));
      case 7 -> new TypedFilter.Not(filter(depth - 1));
      case 8 -> new TypedFilter.And(List.of(filter(depth - 1), filter(depth - 1)));
      default -> new TypedFilter.Or(List.of(filter(depth - 1), filter(depth - 1)));
    };
  }

  private void checkReads() {
    assertEquals(model.size(), namespace.stats().documents(), "count");
    checkScan();
    DocId any = DocId.of(random.nextInt(IDS) - 5L);
    assertSame(Optional.ofNullable(model.get(any)), namespace.get(any, Projection.ALL));
    Optional<TypedFilter> filter = random.nextBoolean() ? Optional.of(filter(2)) : Optional.empty();
    checkNearest(filter);
    checkText(filter, "title");
    checkText(filter, "title", "body");
  }

  private Predicate<Document> test(Optional<TypedFilter> filter) {
    return filter.map(DocumentFilter::of).orElse(document -> true);
  }

  private void checkScan() {
    List<DocId> seen = new ArrayList<>();
    Optional<DocId> after = Optional.empty();
    do {
      ScanPage page =
          namespace.scan(
              new ScanRequest(Optional.empty(), after, 7, Projection.ALL, Consistency.STRONG));
      for (Document document : page.documents()) {
        assertSame(Optional.ofNullable(model.get(document.id())), Optional.of(document));
        seen.add(document.id());
      }
      after = page.next();
    } while (after.isPresent());
    assertEquals(List.copyOf(model.keySet()), seen, "scan");
  }

  private void checkNearest(Optional<TypedFilter> filter) {
    float x = random.nextInt(50);
    float y = random.nextInt(50);
    List<Hit> hits = namespace.query(query(nearest(x, y), filter.map(GivenFilters::of), 10)).hits();
    record Scored(DocId id, double score) {}
    List<Scored> expected =
        model.values().stream()
            .filter(test(filter))
            .filter(document -> document.vectors().containsKey(Schema.VECTOR))
            .map(document -> {
              float[] v = document.vectors().get(Schema.VECTOR);
              return new Scored(document.id(), 1 / (1 + Math.hypot(v[0] - x, v[1] - y)));
            })
            .sorted(Comparator.comparingDouble(Scored::score).reversed().thenComparing(Scored::id))
            .limit(10)
            .toList();
    assertEquals(
        expected.stream().map(Scored::id).toList(),
        hits.stream().map(hit -> hit.document().id()).toList(),
        "nearest " + x + "," + y + " " + filter);
    for (int i = 0; i < hits.size(); i++) {
      assertEquals(expected.get(i).score(), hits.get(i).score(), 1e-6, "score");
    }
  }

  /** BM25 over the model as one index, by the formula of the interface. */
  private void checkText(Optional<TypedFilter> filter, String... fields) {
    List<String> terms = List.of(word(), word());
    Map<DocId, Double> scores = new HashMap<>();
    for (String field : fields) {
      Map<DocId, List<String>> texts = new HashMap<>();
      model.forEach((id, document) -> {
        if (document.attributes().get(field) instanceof Value.Text value) {
          texts.put(id, List.of(value.value().split(" ")));
        }
      });
      double average = texts.values().stream().mapToInt(List::size).average().orElse(0);
      for (String term : terms) {
        long n = texts.values().stream().filter(words -> words.contains(term)).count();
        double idf = Math.log(1 + (texts.size() - n + 0.5) / (n + 0.5));
        texts.forEach((id, words) -> {
          long f = words.stream().filter(term::equals).count();
          if (f > 0) {
            double length = words.size();
            double share = f / (f + 1.2 * (1 - 0.75 + 0.75 * length / average));
            scores.merge(id, idf * share, Double::sum);
          }
        });
      }
    }
    Predicate<Document> test = test(filter);
    List<Double> expected =
        scores.entrySet().stream()
            .filter(entry -> test.test(model.get(entry.getKey())))
            .map(Map.Entry::getValue)
            .sorted(Comparator.reverseOrder())
            .limit(10)
            .toList();
    Ranking ranking = text(String.join(" ", terms), fields);
    List<Hit> hits = namespace.query(query(ranking, filter.map(GivenFilters::of), 10)).hits();
    assertEquals(expected.size(), hits.size(), "text hits for " + terms + " " + filter);
    for (int i = 0; i < hits.size(); i++) {
      assertEquals(expected.get(i), hits.get(i).score(), 1e-4, "text score of hit " + i);
      assertEquals(
          scores.getOrDefault(hits.get(i).document().id(), 0.0),
          hits.get(i).score(),
          1e-4,
          "score by id");
    }
  }

  private static void assertSame(Optional<Document> expected, Optional<Document> actual) {
    assertEquals(
        expected.map(Document::attributes), actual.map(Document::attributes), "attributes");
    assertEquals(
        expected.map(document -> vectorsAsText(document)),
        actual.map(document -> vectorsAsText(document)),
        "vectors");
  }

  private static String vectorsAsText(Document document) {
    Map<String, String> text = new TreeMap<>();
    document.vectors().forEach((field, v) -> text.put(field, Arrays.toString(v)));
    return text.toString();
  }
}
