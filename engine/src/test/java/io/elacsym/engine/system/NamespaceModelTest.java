package io.elacsym.engine.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.index.Metric;
import io.elacsym.api.index.RowSet;
import io.elacsym.api.index.TextAnalysis;
import io.elacsym.api.index.TextQuery;
import io.elacsym.api.index.VectorField;
import io.elacsym.engine.Engine;
import io.elacsym.engine.aggregate.NaiveAggregation;
import io.elacsym.engine.aggregate.RandomAggregations;
import io.elacsym.engine.check.GivenFilters;
import io.elacsym.engine.filter.NaiveFilter;
import io.elacsym.engine.filter.RandomFilters;
import io.elacsym.engine.filter.TypedFilter;
import io.elacsym.engine.model.Aggregated;
import io.elacsym.engine.model.Aggregation;
import io.elacsym.engine.model.Attribute;
import io.elacsym.engine.model.AttributeType;
import io.elacsym.engine.model.Cursor;
import io.elacsym.engine.model.Distinct;
import io.elacsym.engine.model.DocId;
import io.elacsym.engine.model.Document;
import io.elacsym.engine.model.ElementType;
import io.elacsym.engine.model.Given;
import io.elacsym.engine.model.Hit;
import io.elacsym.engine.model.Namespace;
import io.elacsym.engine.model.Projection;
import io.elacsym.engine.model.QueryRequest;
import io.elacsym.engine.model.QueryResult;
import io.elacsym.engine.model.Ranking;
import io.elacsym.engine.model.Samples;
import io.elacsym.engine.model.Schema;
import io.elacsym.engine.model.SortKey;
import io.elacsym.engine.model.TimeToLive;
import io.elacsym.engine.model.Value;
import io.elacsym.engine.model.WriteOp;
import io.elacsym.engine.model.WriteRequest;
import io.elacsym.engine.order.NaiveOrder;
import io.elacsym.engine.order.RandomOrders;
import io.elacsym.engine.order.RowOrder;
import io.elacsym.engine.settings.Leaves.Outcome;
import io.elacsym.engine.settings.Seams;
import io.elacsym.tck.Seed;
import io.elacsym.tck.memory.MemoryStorage;
import io.elacsym.tck.oracle.ReferenceBm25;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Random histories of namespaces of random schemas against a map, with upserts, patches and deletes
 * by id and by filter, flushes, merges, attributes that are added, and documents that are expired:
 * after each step filters, orders, pages, aggregates, facets, groups and hits of few values are
 * what their definition says, to the last bit, and so are texts and nearest vectors, to the
 * precision of a float; asked of a process that searches alone, and of one that has leaves and a
 * bad network.
 */
class NamespaceModelTest {
  private static final int HISTORIES = 6;
  private static final int STEPS = 14;
  private static final int ROUNDS = 5;
  private static final int IDS = 90;
  private static final String NAME = "ns";
  private static final List<String> WORDS = List.of("star", "sea", "otter", "kelp", "moon");

  @Test
  void allThatIsKnownOfManyDocumentsIsWhatItsDefinitionSays() {
    long first = Seed.current();
    long cases = 0;
    Map<Outcome, Integer> outcomes = new EnumMap<>(Outcome.class);
    for (long seed = first; seed < first + HISTORIES; seed++) {
      try {
        cases += run(seed, outcomes);
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
      }
    }
    System.out.println(
        "NamespaceModelTest: " + cases + " queries from seed " + first + ", leaves " + outcomes);
    assertThat(cases).isGreaterThan(2_000);
    assertThat(outcomes.getOrDefault(Outcome.ANSWERED, 0)).isGreaterThan(1_000);
  }

  private static long run(long seed, Map<Outcome, Integer> outcomes) {
    MemoryStorage storage = new MemoryStorage();
    Random random = new Random(seed);
    try (Engine plain = TestEngine.open(storage);
        Engine leaf = TestEngine.open(storage.attach())) {
      plain.create(FickleLeaves.OTHER, TestEngine.schema());
      FickleLeaves leaves = new FickleLeaves(List.of(leaf), seed);
      try (Engine root = TestEngine.open(storage.attach(), Map.of(), Seams.real().with(leaves))) {
        Story story = new Story(random, plain, root);
        story.tell();
        leaves.outcomes().forEach((outcome, count) -> outcomes.merge(outcome, count, Integer::sum));
        return story.cases;
      }
    }
  }

  /** One namespace from its beginning. */
  private static final class Story {
    private final Random random;
    private final Samples samples;
    private final Engine root;
    private final Namespace namespace;
    private final Map<DocId, Document> model = new TreeMap<>();
    private Schema schema;
    private long cases;

    Story(Random random, Engine plain, Engine root) {
      this.random = random;
      this.samples = new Samples(random);
      this.root = root;
      SequencedMap<String, Attribute> attributes = new LinkedHashMap<>();
      attributes.put("title", Attribute.fullText(TextAnalysis.DEFAULT));
      attributes.putAll(someTypes());
      // The times of samples are long ago, or far ahead.
      Optional<TimeToLive> timeToLive =
          Optional.ofNullable(attributes.get(ElementType.DATETIME.id()))
              .filter(Attribute::indexed)
              .map(_ -> new TimeToLive(ElementType.DATETIME.id(), Duration.ofSeconds(1), false));
      this.schema =
          new Schema(List.of(new VectorField(Schema.VECTOR, 2, Metric.L2)), attributes, timeToLive);
      this.namespace = plain.create(NAME, schema);
    }

    /** An attribute of each of some types, with an index or without. */
    private Map<String, Attribute> someTypes() {
      Map<String, Attribute> attributes = new LinkedHashMap<>();
      for (AttributeType type : AttributeType.all()) {
        if (random.nextInt(3) > 0) {
          attributes.put(
              type.id(), random.nextBoolean() ? Attribute.indexed(type) : Attribute.of(type));
        }
      }
      return attributes;
    }

    void tell() {
      for (int step = 0; step < STEPS; step++) {
        String what = act(step < 3 ? 99 : random.nextInt(100));
        for (int round = 0; round < ROUNDS; round++) {
          try {
            compare();
          } catch (AssertionError e) {
            throw new AssertionError("step " + step + " after " + what + ": " + e.getMessage(), e);
          }
        }
      }
    }

    private String act(int dice) {
      if (dice < 10) {
        namespace.compact();
        return "compact";
      }
      if (dice < 15) {
        Map<String, Attribute> more = new HashMap<>(someTypes());
        more.keySet().removeAll(schema.attributes().keySet());
        schema = namespace.addAttributes(more);
        return "add attributes";
      }
      write();
      if (dice < 50) {
        return "write";
      }
      namespace.flush();
      return "write and flush";
    }

    private void write() {
      List<WriteOp> ops = new ArrayList<>();
      for (int i = 5 + random.nextInt(25); i > 0; i--) {
        DocId id = DocId.of(random.nextInt(IDS));
        switch (random.nextInt(16)) {
          case 0, 1, 2 -> {
            ops.add(new WriteOp.Delete(id));
            model.remove(id);
          }
          case 3, 4 -> {
            Map<String, Optional<Value>> changes = changes();
            ops.add(new WriteOp.Patch(id, Map.of(), given(changes)));
            model.computeIfPresent(
                id, (_, before) -> isAlive(before) ? patched(before, changes) : before);
          }
          case 5 -> {
            TypedFilter filter = rare();
            Map<String, Optional<Value>> changes = changes();
            ops.add(new WriteOp.PatchMatching(GivenFilters.of(filter), given(changes)));
            model.replaceAll((_, before) ->
                isAlive(before) && NaiveFilter.matches(filter, before)
                    ? patched(before, changes)
                    : before);
          }
          case 6 -> {
            TypedFilter filter = rare();
            ops.add(new WriteOp.DeleteMatching(GivenFilters.of(filter)));
            model
                .values()
                .removeIf(document -> isAlive(document) && NaiveFilter.matches(filter, document));
          }
          default -> {
            Document document = document(id);
            ops.add(new WriteOp.Upsert(document));
            model.put(id, document);
          }
        }
      }
      namespace.write(new WriteRequest(ops));
    }

    private boolean isAlive(Document document) {
      return schema.timeToLive().isEmpty()
          || !(document.attributes().get(ElementType.DATETIME.id()) instanceof Value.DateTime time)
          || time.epochMillis() > System.currentTimeMillis();
    }

    /** What is to be found. */
    private List<Document> alive() {
      return model.values().stream().filter(this::isAlive).toList();
    }

    /** A filter that mostly leaves enough documents as they are. */
    private TypedFilter rare() {
      RandomFilters filters = new RandomFilters(random, schema, DocId.Kind.UINT);
      return new TypedFilter.And(List.of(filters.filter(1), filters.filter(1), filters.filter(1)));
    }

    /** New values of some attributes, and some that are taken away. */
    private Map<String, Optional<Value>> changes() {
      Map<String, Optional<Value>> changes = new HashMap<>();
      List<String> names = List.copyOf(schema.attributes().keySet());
      for (int i = random.nextInt(3); i >= 0; i--) {
        String name = samples.oneOf(names);
        AttributeType type = schema.attribute(name).orElseThrow().type();
        Value value = name.equals("title") ? Value.of(words(3)) : samples.value(type);
        changes.put(name, random.nextInt(4) == 0 ? Optional.empty() : Optional.of(value));
      }
      return changes;
    }

    private static Map<String, Given> given(Map<String, Optional<Value>> changes) {
      Map<String, Given> given = new HashMap<>();
      changes.forEach(
          (name, value) -> given.put(name, value.<Given>map(v -> v).orElse(Given.Other.NULL)));
      return given;
    }

    private static Document patched(Document before, Map<String, Optional<Value>> changes) {
      Map<String, Value> attributes = new HashMap<>(before.attributes());
      changes.forEach((name, value) ->
          value.ifPresentOrElse(v -> attributes.put(name, v), () -> attributes.remove(name)));
      return new Document(before.id(), before.vectors(), attributes);
    }

    private Document document(DocId id) {
      Map<String, Value> attributes = new HashMap<>(samples.document(id, schema).attributes());
      attributes.remove("title");
      if (random.nextInt(4) > 0) {
        attributes.put("title", Value.of(words(3)));
      }
      Map<String, float[]> vectors =
          random.nextInt(8) == 0
              ? Map.of()
              : Map.of(Schema.VECTOR, new float[] {random.nextInt(50), random.nextFloat()});
      return new Document(id, vectors, attributes);
    }

    private String words(int most) {
      return Stream.generate(() -> samples.oneOf(WORDS))
          .limit(1 + random.nextInt(most))
          .reduce((a, b) -> a + " " + b)
          .orElseThrow();
    }

    private void compare() {
      Optional<TypedFilter> filter = filter();
      List<Document> matching =
          alive().stream()
              .filter(document -> filter.map(f -> NaiveFilter.matches(f, document)).orElse(true))
              .toList();
      nearest(filter, matching);
      text(filter, matching);
      aggregation(filter, matching);
      order(filter, matching);
      distinct(filter);
    }

    private Optional<TypedFilter> filter() {
      return random.nextInt(4) == 0
          ? Optional.empty()
          : Optional.of(new RandomFilters(random, schema, DocId.Kind.UINT).filter(3));
    }

    private void nearest(Optional<TypedFilter> filter, List<Document> matching) {
      float[] vector = {random.nextInt(50), random.nextFloat()};
      int k = 1 + random.nextInt(30);
      Map<DocId, Double> expected = new HashMap<>();
      for (Document document : matching) {
        float[] own = document.vectors().get(Schema.VECTOR);
        if (own != null) {
          double distance = Math.hypot(own[0] - vector[0], own[1] - vector[1]);
          expected.put(document.id(), 1 / (1 + distance));
        }
      }
      Ranking exact = new Ranking.Nearest(Schema.VECTOR, vector, 1, OptionalInt.empty());
      best(request(exact, filter).withTopK(k), expected);
    }

    private void text(Optional<TypedFilter> filter, List<Document> matching) {
      List<String> words = List.of(words(3).split(" "));
      ReferenceBm25 reference =
          new ReferenceBm25(TextAnalysis.DEFAULT.k1(), TextAnalysis.DEFAULT.b());
      for (Document document : alive()) {
        if (document.attributes().get("title") instanceof Value.Text title) {
          reference.add(row(document), List.of(title.value().split(" ")));
        }
      }
      RowSet all = RowSet.all(IDS);
      TextQuery query = new TextQuery(words, reference.statistics(words, all), IDS, all);
      Map<DocId, Double> expected = new HashMap<>();
      for (Document document : matching) {
        double score = reference.score(query, row(document));
        if (score > 0) {
          expected.put(document.id(), score);
        }
      }
      Ranking ranking = TestEngine.text(String.join(" ", words), "title");
      best(request(ranking, filter).withTopK(1 + random.nextInt(30)), expected);
    }

    private static int row(Document document) {
      return Integer.parseInt(document.id().toString());
    }

    /** Which of several equal scores make the cut is not defined. */
    private void best(QueryRequest request, Map<DocId, Double> expected) {
      List<Hit> found = ask(request).hits();
      List<Double> scores =
          expected.values().stream()
              .sorted(Comparator.reverseOrder())
              .limit(request.topK())
              .toList();
      assertThat(found).as("%s", request).hasSize(scores.size());
      for (int i = 0; i < found.size(); i++) {
        Hit hit = found.get(i);
        assertThat(hit.score()).as("%s", request).isCloseTo(scores.get(i), withinPercentage(1e-3));
        assertThat(expected.get(hit.document().id()))
            .as("%s", request)
            .isCloseTo(hit.score(), withinPercentage(1e-3));
      }
    }

    private QueryRequest request(Ranking ranking, Optional<TypedFilter> filter) {
      return QueryRequest.of(ranking)
          .withFilter(filter.map(GivenFilters::of))
          .withProjection(new Projection(Optional.of(List.of()), Optional.of(List.of())));
    }

    /** Asks both processes, which must give the same answer. */
    private QueryResult ask(QueryRequest request) {
      cases++;
      QueryResult alone = namespace.query(request);
      QueryResult together = root.query(NAME, request);
      assertThat(shown(together)).as("with leaves: %s", request).isEqualTo(shown(alone));
      return alone;
    }

    private static String shown(QueryResult result) {
      return result.hits().stream().map(hit -> hit.document().id() + " " + hit.score()).toList()
          + " next "
          + result.next()
          + " "
          + result.aggregated();
    }

    private void aggregation(Optional<TypedFilter> filter, List<Document> matching) {
      Aggregation aggregation = new RandomAggregations(random, schema).next();
      String words = words(2);
      Ranking text = TestEngine.text(words, "title");
      Ranking nearest = TestEngine.nearest(1, 1);
      List<Document> withWords =
          matching.stream().filter(document -> hasAny(document, words)).toList();
      switch (random.nextInt(4)) {
        case 0 -> aggregation(aggregation, text, filter, withWords);
        case 1 -> aggregation(aggregation, nearest, filter, matching);
        case 2 -> {
          Ranking other = random.nextBoolean() ? nearest : text;
          aggregation(
              aggregation,
              new Ranking.Fusion(
                  List.of(
                      new Ranking.WeightedClause(text, 1), new Ranking.WeightedClause(other, 1)),
                  new Ranking.Method.ReciprocalRank(60),
                  20),
              filter,
              other.equals(nearest) ? matching : withWords);
        }
        default -> aggregation(aggregation, new Ranking.IdOrder(), filter, matching);
      }
    }

    private static boolean hasAny(Document document, String words) {
      return document.attributes().get("title") instanceof Value.Text title
          && Stream.of(words.split(" ")).anyMatch(List.of(title.value().split(" "))::contains);
    }

    private void aggregation(
        Aggregation aggregation,
        Ranking ranking,
        Optional<TypedFilter> filter,
        List<Document> found) {
      if (aggregation.isEmpty()) {
        return;
      }
      QueryRequest request =
          request(ranking, filter).withTopK(random.nextInt(3)).withAggregation(aggregation);
      Optional<Aggregated> expected = NaiveAggregation.of(aggregation, schema, found);
      if (expected.isPresent()) {
        assertThat(ask(request).aggregated()).as("%s", request).isEqualTo(expected);
      } else {
        assertThatThrownBy(() -> ask(request))
            .isInstanceOf(ElacsymException.class)
            .hasMessageContaining("beyond the greatest float");
      }
    }

    private void order(Optional<TypedFilter> filter, List<Document> matching) {
      List<SortKey> keys = keys();
      List<DocId> expected = matching.stream().sorted(comparator(keys)).map(Document::id).toList();
      int size = 1 + random.nextInt(40);
      QueryRequest request =
          request(new Ranking.AttributeOrder(keys), filter)
              .withTopK(size)
              .withCursor(Optional.of(new Cursor.Start()));
      List<DocId> found = new ArrayList<>();
      Optional<Cursor> next = request.cursor();
      while (next.isPresent()) {
        QueryResult page = ask(request.withCursor(next));
        page.hits().forEach(hit -> found.add(hit.document().id()));
        next = page.next();
      }
      assertThat(found).as("%s", request).isEqualTo(expected);
    }

    private List<SortKey> keys() {
      return RandomOrders.keys(random, schema).stream()
          .map(key -> new SortKey(key.field(), key.descending(), key.missingFirst()))
          .toList();
    }

    private static Comparator<Document> comparator(List<SortKey> keys) {
      return NaiveOrder.of(
          keys.stream()
              .map(key -> new RowOrder.Key(key.field(), key.descending(), key.missingFirst()))
              .toList());
    }

    /** Few hits of each value are the first ones of each in the whole ranking. */
    private void distinct(Optional<TypedFilter> filter) {
      List<String> fields =
          Stream.of(ElementType.BOOL.id(), ElementType.INT.id(), ElementType.STRING.id(), "title")
              .filter(field -> schema.attribute(field).isPresent() && random.nextInt(3) > 0)
              .toList();
      if (fields.isEmpty()) {
        return;
      }
      Distinct distinct =
          new Distinct(fields.stream().map(Distinct.Field::new).toList(), 1 + random.nextInt(3));
      Ranking nearest = TestEngine.nearest(random.nextInt(50), random.nextFloat());
      Ranking text = TestEngine.text(words(2), "title");
      Ranking ranking =
          switch (random.nextInt(5)) {
            case 0 -> nearest;
            case 1 -> text;
            case 2 -> new Ranking.AttributeOrder(keys());
            case 3 ->
                new Ranking.Fusion(
                    List.of(
                        new Ranking.WeightedClause(text, 1),
                        new Ranking.WeightedClause(nearest, 1)),
                    new Ranking.Method.ReciprocalRank(60),
                    QueryRequest.MAX_TOP_K);
            default -> new Ranking.IdOrder();
          };
      int k = 1 + random.nextInt(30);
      QueryRequest request =
          request(ranking, filter).withTopK(k).withDistinct(Optional.of(distinct));
      List<Hit> whole = ask(request(ranking, filter).withTopK(QueryRequest.MAX_TOP_K)).hits();
      List<Hit> expected = firstOfEach(whole, fields, distinct.limit());
      List<Hit> found = ask(request).hits();
      assertThat(firstOfEach(found, fields, distinct.limit())).as("%s", request).isEqualTo(found);
      assertThat(found).as("%s", request).hasSize(Math.min(k, expected.size()));
      if (!(ranking instanceof Ranking.Fusion)) {
        // Which of several equal scores make the cut is not defined, so the scores are compared.
        assertThat(found.stream().map(Hit::score).toList())
            .as("%s", request)
            .isEqualTo(expected.stream().limit(k).map(Hit::score).toList());
      }
      if (ranking instanceof Ranking.AttributeOrder || ranking instanceof Ranking.IdOrder) {
        assertThat(found.stream().map(hit -> hit.document().id()).toList())
            .as("%s", request)
            .isEqualTo(expected.stream().limit(k).map(hit -> hit.document().id()).toList());
      }
    }

    private List<Hit> firstOfEach(List<Hit> hits, List<String> fields, int limit) {
      Map<List<Optional<Value.Scalar>>, Integer> counts = new HashMap<>();
      return hits.stream()
          .filter(hit -> {
            Document document = Optional.ofNullable(model.get(hit.document().id())).orElseThrow();
            List<Optional<Value.Scalar>> values =
                fields.stream().map(field -> NaiveOrder.value(document, field)).toList();
            return counts.merge(values, 1, Integer::sum) <= limit;
          })
          .toList();
    }
  }
}
