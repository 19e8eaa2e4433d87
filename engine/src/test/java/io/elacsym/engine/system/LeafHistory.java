package io.elacsym.engine.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.elacsym.engine.Engine;
import io.elacsym.engine.model.Consistency;
import io.elacsym.engine.model.DocId;
import io.elacsym.engine.model.Document;
import io.elacsym.engine.model.Filter;
import io.elacsym.engine.model.Fuzziness;
import io.elacsym.engine.model.Hit;
import io.elacsym.engine.model.Minimum;
import io.elacsym.engine.model.Namespace;
import io.elacsym.engine.model.Operator;
import io.elacsym.engine.model.Place;
import io.elacsym.engine.model.Projection;
import io.elacsym.engine.model.QueryRequest;
import io.elacsym.engine.model.Ranking;
import io.elacsym.engine.model.ScanPage;
import io.elacsym.engine.model.ScanRequest;
import io.elacsym.engine.model.Schema;
import io.elacsym.engine.model.SortKey;
import io.elacsym.engine.model.TextExpression;
import io.elacsym.engine.model.Value;
import io.elacsym.engine.model.WriteOp;
import io.elacsym.engine.model.WriteRequest;
import io.elacsym.engine.settings.Leaves.Outcome;
import io.elacsym.engine.settings.Seams;
import io.elacsym.tck.memory.MemoryStorage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.LongFunction;

/**
 * A random history of a namespace of several segments. After each step a process that has leaves
 * answers every kind of request as one does that has none, to the last bit, whatever becomes of the
 * questions to the leaves.
 */
public final class LeafHistory implements LongFunction<Optional<String>> {
  private static final List<String> WORDS =
      List.of("star", "sea", "otter", "kelp", "moon", "tide", "reef", "whale", "salt", "wind");
  private static final int STEPS = 20;
  private static final int IDS = 120;
  private static final String NAME = "ns";

  private final Map<Outcome, Integer> outcomes = new EnumMap<>(Outcome.class);

  /** What has become of all questions of all histories. */
  Map<Outcome, Integer> outcomes() {
    return outcomes;
  }

  /** Says what went wrong with the history of a seed. */
  @Override
  public Optional<String> apply(long seed) {
    try {
      run(seed);
      return Optional.empty();
    } catch (AssertionError | RuntimeException e) {
      return Optional.of(e.toString());
    }
  }

  /** Goes through the history of a seed. */
  void run(long seed) {
    MemoryStorage storage = new MemoryStorage();
    try (Engine plain = TestEngine.open(storage);
        Engine first = TestEngine.open(storage.attach());
        Engine second = TestEngine.open(storage.attach())) {
      plain.create(NAME, TestEngine.schema());
      plain.create(FickleLeaves.OTHER, TestEngine.schema());
      FickleLeaves leaves = new FickleLeaves(List.of(first, second), seed);
      try (Engine root = TestEngine.open(storage.attach(), Map.of(), Seams.real().with(leaves))) {
        new Story(new Random(seed), plain.namespace(NAME), plain, root).tell();
      }
      leaves.outcomes().forEach((outcome, count) -> outcomes.merge(outcome, count, Integer::sum));
    }
  }

  private record Story(Random random, Namespace namespace, Engine plain, Engine root) {
    void tell() {
      for (int step = 0; step < STEPS; step++) {
        String what = act(step < 4 ? 99 : random.nextInt(100));
        try {
          compare();
        } catch (AssertionError e) {
          throw new AssertionError("step " + step + " after " + what + ": " + e.getMessage(), e);
        }
      }
    }

    private String act(int dice) {
      if (dice < 10) {
        namespace.compact();
        return "compact";
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
      for (int i = 5 + random.nextInt(30); i > 0; i--) {
        long id = random.nextInt(IDS);
        ops.add(
            random.nextInt(4) == 0
                ? new WriteOp.Delete(DocId.of(id))
                : new WriteOp.Upsert(document(id)));
      }
      namespace.write(new WriteRequest(ops));
    }

    private Document document(long id) {
      Map<String, Value> attributes = new LinkedHashMap<>();
      attributes.put("year", Value.of((long) random.nextInt(10)));
      if (random.nextBoolean()) {
        attributes.put("price", Value.of(random.nextInt(20) / 4.0));
      }
      if (random.nextInt(4) > 0) {
        attributes.put("title", Value.of(words(3)));
      }
      if (random.nextInt(3) > 0) {
        attributes.put("body", Value.of(words(12)));
      }
      Map<String, float[]> vectors =
          random.nextInt(8) == 0
              ? Map.of()
              : Map.of(Schema.VECTOR, new float[] {random.nextInt(50), random.nextFloat()});
      return new Document(DocId.of(id), vectors, attributes);
    }

    private String words(int most) {
      List<String> words = new ArrayList<>();
      for (int i = random.nextInt(most) + 1; i > 0; i--) {
        words.add(WORDS.get(random.nextInt(WORDS.size())));
      }
      return String.join(" ", words);
    }

    private Ranking years() {
      return new Ranking.AttributeOrder(List.of(new SortKey("year", random.nextBoolean(), false)));
    }

    private void compare() {
      Ranking nearest = TestEngine.nearest(random.nextInt(50), random.nextFloat());
      Ranking text = TestEngine.text(words(3), "title");
      Ranking texts = TestEngine.text(words(2), "title", "body");
      Ranking fusion =
          new Ranking.Fusion(
              List.of(
                  new Ranking.WeightedClause(nearest, 1),
                  new Ranking.WeightedClause(texts, 2),
                  new Ranking.WeightedClause(years(), 1)),
              random.nextBoolean()
                  ? new Ranking.Method.ReciprocalRank(
                      Ranking.Method.ReciprocalRank.DEFAULT_CONSTANT)
                  : new Ranking.Method.NormalizedScore(),
              20);
      for (Ranking ranking :
          List.of(nearest, text, texts, fusion, expression(), new Ranking.IdOrder())) {
        QueryRequest request =
            QueryRequest.of(ranking)
                .withFilter(filter())
                .withTopK(1 + random.nextInt(15))
                .withProjection(random.nextBoolean() ? Projection.ALL : Projection.ATTRIBUTES)
                .withExplain(random.nextBoolean())
                .withExplainScores(random.nextBoolean());
        same(
            request.toString(),
            root.query(NAME, request).hits().stream().map(Story::shown).toList(),
            plain.query(NAME, request).hits().stream().map(Story::shown).toList());
      }
      ScanRequest scan =
          new ScanRequest(filter(), Optional.empty(), 7, Projection.ALL, Consistency.STRONG);
      same(scan.toString(), shown(root.namespace(NAME).scan(scan)), shown(namespace.scan(scan)));
      DocId id = DocId.of(random.nextInt(IDS));
      same(
          "get " + id,
          root.namespace(NAME).get(id, Projection.ALL).map(Story::shown).stream().toList(),
          namespace.get(id, Projection.ALL).map(Story::shown).stream().toList());
    }

    /** A text query with more to it than words, in one field or in both. */
    private Ranking expression() {
      Place place = Place.named("full_text");
      TextExpression prefix =
          new TextExpression.Words(
              place, words(1).substring(0, 2), Minimum.ONE, true, Optional.empty(), 3);
      TextExpression fuzzy =
          new TextExpression.Words(
              place, "sael wnid", Minimum.ONE, false, Optional.of(Fuzziness.AUTO), 3);
      TextExpression phrase =
          new TextExpression.Phrase(place, words(1) + " " + words(1), random.nextInt(3));
      TextExpression group =
          new TextExpression.Group(
              place,
              List.of(new TextExpression.Boosted(place, prefix, 2)),
              List.of(phrase, fuzzy, TextExpression.words(words(2))),
              Minimum.ONE,
              List.of(new TextExpression.Exact(place, words(1))));
      List<Ranking.WeightedField> fields =
          random.nextBoolean()
              ? List.of(new Ranking.WeightedField("body", 1))
              : List.of(
                  new Ranking.WeightedField("title", 2), new Ranking.WeightedField("body", 1));
      return new Ranking.Bm25(
          fields,
          List.of(prefix, fuzzy, phrase, group).get(random.nextInt(4)),
          List.of(
                  new Ranking.Combining.Sum(),
                  new Ranking.Combining.Best(0.25),
                  new Ranking.Combining.OneText())
              .get(random.nextInt(3)));
    }

    private Optional<Filter> filter() {
      return switch (random.nextInt(5)) {
        case 0 ->
            Optional.of(Filter.of("year", Operator.LESS, Value.of((long) random.nextInt(10))));
        case 1 -> Optional.of(Filter.of("price", Operator.GREATER, Value.of(2.0)));
        case 2 ->
            Optional.of(new Filter.Not(Filter.of("title", Operator.PREFIX, Value.of(words(1)))));
        default -> Optional.empty();
      };
    }

    private static void same(String what, List<String> found, List<String> expected) {
      assertThat(found).as(what).isEqualTo(expected);
    }

    private static List<String> shown(ScanPage page) {
      List<String> shown = new ArrayList<>(page.documents().stream().map(Story::shown).toList());
      shown.add("next " + page.next());
      return shown;
    }

    private static String shown(Hit hit) {
      return shown(hit.document())
          + " "
          + Double.doubleToRawLongBits(hit.score())
          + " "
          + hit.explanation();
    }

    private static String shown(Document document) {
      StringBuilder text = new StringBuilder(document.id() + " " + document.attributes());
      document.vectors().forEach((name, vector) -> text.append(name + Arrays.toString(vector)));
      return text.toString();
    }
  }
}
