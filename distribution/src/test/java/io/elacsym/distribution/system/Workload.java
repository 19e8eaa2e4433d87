package io.elacsym.distribution.system;

import io.elacsym.api.index.Metric;
import io.elacsym.api.index.TextAnalysis;
import io.elacsym.api.index.VectorField;
import io.elacsym.engine.model.Attribute;
import io.elacsym.engine.model.AttributeType;
import io.elacsym.engine.model.Consistency;
import io.elacsym.engine.model.DocId;
import io.elacsym.engine.model.Document;
import io.elacsym.engine.model.ElementType;
import io.elacsym.engine.model.Filter;
import io.elacsym.engine.model.Given;
import io.elacsym.engine.model.Operator;
import io.elacsym.engine.model.Projection;
import io.elacsym.engine.model.QueryRequest;
import io.elacsym.engine.model.Ranking;
import io.elacsym.engine.model.ScanRequest;
import io.elacsym.engine.model.Schema;
import io.elacsym.engine.model.Value;
import io.elacsym.engine.model.WriteOp;
import io.elacsym.engine.model.WriteRequest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.SequencedMap;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;

/**
 * Random requests of every kind over documents with attributes of every type, twice each, once
 * indexed. What it makes depends on the seed alone.
 */
final class Workload {
  private static final int STEPS = 120;
  private static final int MOST_OPS = 100;
  private static final int IDS = 2_000;
  private static final int DIMENSION = 8;
  private static final String SECOND_VECTOR = "second";
  private static final List<String> TEXTS = List.of("title", "body");
  private static final List<String> WORDS =
      List.of("star", "sea", "otter", "kelp", "moon", "tide", "reef", "whale", "salt", "wind");

  private final Random random;

  private Workload(long seed) {
    this.random = new Random(seed);
  }

  /** One thing to do. */
  sealed interface Step {}

  /** A write. */
  record Write(WriteRequest request) implements Step {}

  /** A query. */
  record Query(QueryRequest request) implements Step {}

  /** A page of documents. */
  record Scan(ScanRequest request) implements Step {}

  /** One document. */
  record Get(DocId id) implements Step {}

  /** What happens to segments. */
  enum Maintenance implements Step {
    FLUSH,
    COMPACT,
    REOPEN
  }

  static List<Step> record(long seed) {
    Workload workload = new Workload(seed);
    List<Step> steps = new ArrayList<>();
    for (int i = 0; i < STEPS; i++) {
      steps.add(workload.change());
      for (int reads = 0; reads < 4; reads++) {
        steps.add(workload.read());
      }
    }
    return steps;
  }

  static Schema schema() {
    SequencedMap<String, Attribute> attributes = new LinkedHashMap<>();
    for (AttributeType type : AttributeType.all()) {
      attributes.put(name(type, false), Attribute.of(type));
      attributes.put(name(type, true), Attribute.indexed(type));
    }
    TEXTS.forEach(name -> attributes.put(name, Attribute.fullText(TextAnalysis.DEFAULT)));
    return new Schema(
        List.of(
            new VectorField(Schema.VECTOR, DIMENSION, Metric.COSINE),
            new VectorField(SECOND_VECTOR, 3, Metric.L2)),
        attributes);
  }

  private static String name(AttributeType type, boolean indexed) {
    return type.id() + (indexed ? " indexed" : "");
  }

  private <T> T one(List<T> of) {
    return of.get(random.nextInt(of.size()));
  }

  private Step change() {
    return switch (random.nextInt(20)) {
      case 0, 1, 2 -> Maintenance.FLUSH;
      case 3 -> Maintenance.COMPACT;
      case 4 -> Maintenance.REOPEN;
      default ->
          new Write(
              new WriteRequest(
                  IntStream.rangeClosed(0, random.nextInt(MOST_OPS)).mapToObj(i -> op()).toList()));
    };
  }

  private WriteOp op() {
    int dice = random.nextInt(400);
    if (dice == 0) {
      return new WriteOp.DeleteMatching(new Filter.And(List.of(leaf(), leaf(), leaf())));
    } else if (dice < 40) {
      return new WriteOp.Delete(id());
    } else if (dice < 100) {
      Map<String, Given> attributes = new HashMap<>(attributes(4));
      removed().forEach(name -> attributes.put(name, Given.Other.NULL));
      return new WriteOp.PatchOrCreate(
          id(), random.nextBoolean() ? Map.of() : vectors(), attributes);
    }
    return new WriteOp.Upsert(new Document(id(), vectors(), attributes(20)));
  }

  private DocId id() {
    return DocId.of(random.nextInt(IDS) - 20L);
  }

  private Map<String, float[]> vectors() {
    Map<String, float[]> vectors = new LinkedHashMap<>();
    if (random.nextInt(8) > 0) {
      vectors.put(Schema.VECTOR, vector(DIMENSION));
    }
    if (random.nextBoolean()) {
      vectors.put(SECOND_VECTOR, vector(3));
    }
    return vectors;
  }

  private float[] vector(int dimension) {
    float[] vector = new float[dimension];
    for (int i = 0; i < dimension; i++) {
      vector[i] = (float) random.nextGaussian();
    }
    return vector;
  }

  private Map<String, Value> attributes(int most) {
    Map<String, Value> attributes = new LinkedHashMap<>();
    for (int i = random.nextInt(most); i > 0; i--) {
      AttributeType type = type();
      attributes.put(name(type, random.nextBoolean()), value(type));
    }
    for (String text : TEXTS) {
      if (random.nextInt(3) > 0) {
        attributes.put(text, new Value.Text(words(text.equals("body") ? 30 : 4)));
      }
    }
    return attributes;
  }

  private Set<String> removed() {
    return random.nextBoolean() ? Set.of() : Set.of(name(type(), random.nextBoolean()), "body");
  }

  private AttributeType type() {
    return one(AttributeType.all());
  }

  private Value value(AttributeType type) {
    return type.isArray()
        ? new Value.Array(scalars(type.element(), random.nextInt(4)))
        : scalar(type.element());
  }

  private List<Value.Scalar> scalars(ElementType type, int count) {
    return IntStream.range(0, count).mapToObj(i -> scalar(type)).toList();
  }

  /** One of few, so that filters match, with the oddest of each type among them. */
  private Value.Scalar scalar(ElementType type) {
    long small = random.nextInt(10);
    return switch (type) {
      case STRING ->
          new Value.Text(
              one(List.of("", "a", "\u00fcber", "\ud83d\ude80 reef", "salt".repeat(50), word())));
      case INT -> new Value.Int(one(List.of(Long.MIN_VALUE, -1L, Long.MAX_VALUE, small)));
      case UINT -> new Value.Uint(one(List.of(0L, -1L, Long.MIN_VALUE, small)));
      case FLOAT ->
          new Value.Real(
              one(List.of(-0.0, 0.0, Double.MIN_VALUE, -Double.MAX_VALUE, 0.1, small / 4.0)));
      case BOOL -> new Value.Bool(random.nextBoolean());
      case DATETIME ->
          new Value.DateTime(
              one(
                  List.of(
                      -1L, -999L, -1_000L, 0L, 999L, 1_700_000_000_123L, -62_000_000_000_001L)));
      case UUID -> new Value.Uuid(new UUID(small * Long.MAX_VALUE, -small));
      case GEO ->
          new Value.Geo(
              one(List.of(-900_000_000, 0, 1, 900_000_000)),
              one(List.of(-1_800_000_000, -1, 1_800_000_000, (int) small)));
    };
  }

  private String word() {
    return one(WORDS);
  }

  private String words(int most) {
    return String.join(
        " ", IntStream.rangeClosed(0, random.nextInt(most)).mapToObj(i -> word()).toList());
  }

  private Step read() {
    return switch (random.nextInt(8)) {
      case 0 -> new Get(id());
      case 1 ->
          new Scan(
              new ScanRequest(
                  random.nextBoolean() ? Optional.of(filter(2)) : Optional.empty(),
                  random.nextBoolean() ? Optional.of(id()) : Optional.empty(),
                  1 + random.nextInt(200),
                  projection(),
                  Consistency.STRONG));
      default ->
          new Query(
              QueryRequest.of(ranking())
                  .withFilter(random.nextInt(3) > 0 ? Optional.of(filter(2)) : Optional.empty())
                  .withTopK(1 + random.nextInt(30))
                  .withProjection(projection()));
    };
  }

  private Projection projection() {
    return switch (random.nextInt(4)) {
      case 0 -> Projection.ATTRIBUTES;
      case 1 -> Projection.IDS;
      case 2 ->
          new Projection(
              random.nextBoolean() ? Optional.empty() : Optional.of(List.of(SECOND_VECTOR)),
              Optional.of(List.of(name(type(), true), name(type(), false), "title")));
      default -> Projection.ALL;
    };
  }

  private Ranking ranking() {
    return switch (random.nextInt(6)) {
      case 0 -> new Ranking.IdOrder();
      case 1, 2 -> text();
      case 3 ->
          new Ranking.Fusion(
              List.of(
                  new Ranking.WeightedClause(text(), 1), new Ranking.WeightedClause(nearest(), 2)),
              new Ranking.Method.ReciprocalRank(Ranking.Method.ReciprocalRank.DEFAULT_CONSTANT),
              Ranking.Fusion.DEFAULT_DEPTH);
      default -> nearest();
    };
  }

  private Ranking nearest() {
    double recall = random.nextBoolean() ? 1 : Ranking.Nearest.DEFAULT_RECALL_TARGET;
    return random.nextInt(3) > 0
        ? new Ranking.Nearest(Schema.VECTOR, vector(DIMENSION), recall, OptionalInt.empty())
        : new Ranking.Nearest(SECOND_VECTOR, vector(3), recall, OptionalInt.empty());
  }

  private Ranking text() {
    List<Ranking.WeightedField> fields =
        random.nextBoolean()
            ? List.of(new Ranking.WeightedField("body", 1))
            : List.of(new Ranking.WeightedField("title", 2), new Ranking.WeightedField("body", 1));
    return new Ranking.Bm25(fields, words(3));
  }

  private Filter filter(int depth) {
    return switch (random.nextInt(depth == 0 ? 5 : 8)) {
      case 5 -> new Filter.Not(filter(depth - 1));
      case 6 -> new Filter.And(List.of(filter(depth - 1), filter(depth - 1)));
      case 7 -> new Filter.Or(List.of(filter(depth - 1), filter(depth - 1)));
      default -> leaf();
    };
  }

  private Filter leaf() {
    AttributeType type = type();
    ElementType element = type.element();
    String field = name(type, random.nextBoolean());
    if (random.nextInt(6) == 0) {
      return Filter.of(field, Operator.EXISTS, new Value.Bool(random.nextBoolean()));
    }
    if (type.isArray()) {
      Operator operator = one(List.of(Operator.CONTAINS_ANY, Operator.CONTAINS_ALL));
      return Filter.of(field, operator, scalars(element, 1 + random.nextInt(2)));
    }
    if (element == ElementType.STRING && random.nextBoolean()) {
      return switch (random.nextInt(4)) {
        case 0 -> Filter.of(field, Operator.CONTAINS, new Value.Text("al"));
        case 3 -> Filter.of(field, Operator.REGEX, new Value.Text("^s?a|lt$"));
        case 1 -> Filter.of(field, Operator.PREFIX, new Value.Text("s"));
        default -> Filter.of(field, Operator.GLOB, new Value.Text("*[ae]*"));
      };
    }
    return switch (random.nextInt(hasOrder(element) ? 6 : 4)) {
      case 0 -> Filter.of(field, Operator.EQUAL, scalar(element));
      case 1 -> Filter.of(field, Operator.NOT_EQUAL, scalar(element));
      case 2 -> Filter.of(field, Operator.IN, scalars(element, 2));
      case 3 -> Filter.of(field, Operator.NOT_IN, scalars(element, 2));
      default ->
          Filter.of(
              field,
              one(
                  List.of(
                      Operator.GREATER,
                      Operator.GREATER_OR_EQUAL,
                      Operator.LESS,
                      Operator.LESS_OR_EQUAL)),
              scalar(element));
    };
  }

  private static boolean hasOrder(ElementType type) {
    return type != ElementType.BOOL && type != ElementType.GEO;
  }
}
