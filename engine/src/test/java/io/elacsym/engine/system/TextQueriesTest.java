package io.elacsym.engine.system;

import static io.elacsym.engine.system.TestEngine.query;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.elacsym.engine.Engine;
import io.elacsym.engine.model.DocId;
import io.elacsym.engine.model.Document;
import io.elacsym.engine.model.Expansion;
import io.elacsym.engine.model.Fuzziness;
import io.elacsym.engine.model.Hit;
import io.elacsym.engine.model.Minimum;
import io.elacsym.engine.model.Namespace;
import io.elacsym.engine.model.Place;
import io.elacsym.engine.model.Ranking;
import io.elacsym.engine.model.ScoreExplanation;
import io.elacsym.engine.model.TextExpression;
import io.elacsym.engine.model.Value;
import io.elacsym.tck.memory.MemoryStorage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Text queries of every kind over documents that are spread over segments and the live buffer, many
 * of them replaced or deleted: found and scored as by {@link PlainTextQueries}, which knows no
 * segments.
 */
class TextQueriesTest {
  private static final Place PLACE = Place.named("query");
  private static final List<String> WORDS =
      List.of(
          "otter", "otters", "other", "outer", "kelp", "help", "sea", "seal", "search", "tide",
          "tidal", "reef", "reed", "whale", "while", "the", "of", "salt", "malt", "moon");

  private final TreeMap<Long, Map<String, Value>> documents = new TreeMap<>();
  private Random random = new Random();

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void everyTextQueryAnswersAsOneIndexWould(long seed) {
    random = new Random(seed);
    try (Engine engine = TestEngine.open(new MemoryStorage())) {
      Namespace namespace = engine.create("ns", TestEngine.schema());
      for (int round = 0; round < 5; round++) {
        for (int i = 0; i < 30; i++) {
          write(namespace);
        }
        if (round < 4 && random.nextInt(4) > 0) {
          namespace.flush();
        }
        check(namespace, seed);
      }
      namespace.compact();
      check(namespace, seed);
    }
  }

  private void write(Namespace namespace) {
    long id = random.nextInt(90);
    if (random.nextInt(6) == 0) {
      namespace.write(TestEngine.delete(id));
      documents.remove(id);
      return;
    }
    Map<String, Value> texts = new TreeMap<>();
    for (String field : List.of("title", "body")) {
      if (random.nextInt(8) > 0) {
        texts.put(field, Value.of(words(1 + random.nextInt(14))));
      }
    }
    namespace.write(TestEngine.upsert(TestEngine.document(id, 0, 0, texts)));
    documents.put(id, texts);
  }

  private String words(int count) {
    return Stream.generate(() -> WORDS.get(random.nextInt(WORDS.size())))
        .limit(count)
        .collect(Collectors.joining(" "));
  }

  private void check(Namespace namespace, long seed) {
    PlainTextQueries expected = new PlainTextQueries(documents);
    for (int i = 0; i < 40; i++) {
      List<Ranking.WeightedField> fields = new ArrayList<>();
      fields.add(new Ranking.WeightedField("title", 0.5 + random.nextInt(3)));
      if (random.nextBoolean()) {
        fields.add(new Ranking.WeightedField("body", 1));
      }
      Ranking.Combining combining = combining(fields);
      boolean several = fields.size() > 1 && !(combining instanceof Ranking.Combining.OneText);
      Ranking.Bm25 ranking = new Ranking.Bm25(fields, expression(several, false, 3), combining);
      Map<Long, Double> scores = expected.scores(ranking);
      List<Hit> hits =
          namespace.query(query(ranking, Optional.empty(), 200).withExplainScores(true)).hits();
      String what = "seed " + seed + ", " + ranking;
      assertThat(hits.stream().map(Hit::document).map(Document::id))
          .as(what)
          .containsExactlyInAnyOrderElementsOf(scores.keySet().stream().map(DocId::of).toList());
      double before = Double.POSITIVE_INFINITY;
      for (Hit hit : hits) {
        double own = scores.getOrDefault(PlainTextQueries.number(hit.document().id()), 0.0);
        assertThat(hit.score()).as(what).isCloseTo(own, within(1e-5 * own));
        assertThat(hit.score()).as(what).isLessThanOrEqualTo(before);
        ScoreExplanation explanation = hit.explanation().orElseThrow();
        assertThat(explanation.score()).as(what).isCloseTo(hit.score(), within(1e-5 * own));
        explains(explanation, what);
        before = hit.score();
      }
    }
  }

  private Ranking.Combining combining(List<Ranking.WeightedField> fields) {
    return switch (random.nextInt(3)) {
      case 0 -> new Ranking.Combining.Sum();
      case 1 -> new Ranking.Combining.Best(random.nextInt(3) / 2.0);
      default -> {
        fields.replaceAll(
            field -> new Ranking.WeightedField(field.field(), Math.ceil(field.weight())));
        yield new Ranking.Combining.OneText();
      }
    };
  }

  /** Each score is made of those below it. */
  private static void explains(ScoreExplanation explanation, String what) {
    double made =
        switch (explanation) {
          case ScoreExplanation.Sum sum -> {
            sum.parts().forEach(part -> explains(part, what));
            yield sum.parts().stream().mapToDouble(ScoreExplanation::score).sum();
          }
          case ScoreExplanation.Best best -> {
            best.parts().forEach(part -> explains(part, what));
            double[] scores =
                best.parts().stream().mapToDouble(ScoreExplanation::score).sorted().toArray();
            double most = scores[scores.length - 1];
            yield most + best.tieBreaker() * (DoubleStream.of(scores).sum() - most);
          }
          case ScoreExplanation.OfField field -> {
            explains(field.part(), what);
            yield field.weight() * field.part().score();
          }
          case ScoreExplanation.Boosted boosted -> {
            explains(boosted.part(), what);
            yield boosted.boost() * boosted.part().score();
          }
          case ScoreExplanation.Match match -> {
            double f = match.frequency();
            assertThat(match.terms().stream().mapToDouble(ScoreExplanation.Term::idf).sum())
                .as(what)
                .isCloseTo(match.idf(), within(1e-9));
            yield match.idf()
                * f
                / (f
                    + match.k1()
                        * (1 - match.b() + match.b() * match.length() / match.averageLength()));
          }
          default -> throw new AssertionError(what + ": " + explanation);
        };
    assertThat(explanation.score()).as(what).isCloseTo(made, within(1e-9 * Math.abs(made)));
  }

  /**
   * @param simple whether it stands among optional parts of a query over several fields
   */
  private TextExpression expression(boolean several, boolean simple, int depth) {
    return switch (depth < 1 ? 3 : random.nextInt(depth > 1 && !simple ? 7 : 5)) {
      case 0 -> new TextExpression.Phrase(PLACE, words(1 + random.nextInt(3)), random.nextInt(3));
      case 1 -> new TextExpression.Exact(PLACE, words(1));
      case 2 ->
          new TextExpression.Boosted(
              PLACE, expression(several, simple, depth - 1), 0.5 + random.nextInt(4));
      case 3, 4 -> wordsOf(simple);
      default -> group(several, depth);
    };
  }

  private TextExpression wordsOf(boolean simple) {
    Minimum minimum =
        simple
            ? Minimum.ONE
            : List.of(Minimum.ONE, Minimum.ALL, new Minimum.Count(2), new Minimum.Percent(60))
                .get(random.nextInt(4));
    String text = words(1 + random.nextInt(4));
    boolean prefix = random.nextInt(3) == 0;
    return new TextExpression.Words(
        PLACE,
        prefix ? text.substring(0, Math.max(1, text.length() - random.nextInt(3))) : text,
        minimum,
        prefix,
        random.nextInt(3) == 0
            ? Optional.of(
                new Fuzziness(
                    random.nextBoolean() ? OptionalInt.empty() : OptionalInt.of(random.nextInt(3)),
                    random.nextInt(2),
                    List.of(2, 50).get(random.nextInt(2))))
            : Optional.empty(),
        random.nextBoolean() ? Expansion.DEFAULT : 2);
  }

  private TextExpression group(boolean several, int depth) {
    List<TextExpression> required = parts(random.nextInt(3), several, false, depth);
    List<TextExpression> optional =
        parts(random.nextInt(3) + (required.isEmpty() ? 1 : 0), several, several, depth);
    return new TextExpression.Group(
        PLACE,
        required,
        optional,
        random.nextBoolean()
            ? new Minimum.Count(random.nextInt(3))
            : required.isEmpty() ? Minimum.ONE : new Minimum.Count(0),
        parts(random.nextInt(2), several, false, depth));
  }

  /** Groups that are required may have optional parts; those must then be simple, too. */
  private List<TextExpression> parts(int count, boolean several, boolean simple, int depth) {
    return Stream.generate(() -> expression(several, simple, depth - 1)).limit(count).toList();
  }
}
