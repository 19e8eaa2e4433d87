package io.elacsym.engine.system;

import io.elacsym.api.index.RowSet;
import io.elacsym.api.index.TermPattern;
import io.elacsym.api.index.TextAnalysis;
import io.elacsym.api.index.TextClause;
import io.elacsym.api.index.TextField;
import io.elacsym.api.index.TextQuery;
import io.elacsym.api.index.TextStatistics;
import io.elacsym.api.index.TextToken;
import io.elacsym.api.index.WeightedTerm;
import io.elacsym.engine.model.DocId;
import io.elacsym.engine.model.Fuzziness;
import io.elacsym.engine.model.Ranking;
import io.elacsym.engine.model.Ranking.Combining;
import io.elacsym.engine.model.TextExpression;
import io.elacsym.engine.model.Value;
import io.elacsym.tck.TestContext;
import io.elacsym.tck.oracle.ReferenceBm25;
import io.elacsym.tck.reference.PlainTextIndex;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Text queries by their letter, document by document: no segments, no index, no two ways for one
 * field and for several.
 */
final class PlainTextQueries {
  private static final PlainTextIndex PLAIN = new PlainTextIndex();

  private final List<Long> ids;
  private final RowSet all;
  private final Map<String, ReferenceBm25> fields = new HashMap<>();
  private boolean oneText;

  PlainTextQueries(SortedMap<Long, Map<String, Value>> documents) {
    this.ids = List.copyOf(documents.keySet());
    this.all = RowSet.all(ids.size());
    for (String field : List.of("title", "body")) {
      ReferenceBm25 bm25 = new ReferenceBm25(TextAnalysis.DEFAULT.k1(), TextAnalysis.DEFAULT.b());
      int row = 0;
      for (Map<String, Value> texts : documents.values()) {
        if (texts.get(field) instanceof Value.Text text) {
          bm25.addPlaced(
              row,
              tokens(TextAnalysis.DEFAULT, text.value()).stream()
                  .map(token -> new TextClause.PlacedTerm(token.term(), token.position()))
                  .toList());
        }
        row++;
      }
      fields.put(field, bm25);
    }
  }

  static long number(DocId id) {
    return Long.parseLong(id.toString());
  }

  private static List<TextToken> tokens(TextAnalysis analysis, String text) {
    return PLAIN.analyzer(new TextField("text", analysis), TestContext.of(PLAIN)).tokens(text);
  }

  /** The scores of the documents that are found. */
  Map<Long, Double> scores(Ranking.Bm25 ranking) {
    return switch (ranking.combining()) {
      case Combining.Sum _ -> scores(ranking.fields(), ranking.query());
      case Combining.Best(double tieBreaker) -> best(ranking, tieBreaker);
      case Combining.OneText _ -> {
        oneText = true;
        Map<Long, Double> scores = scores(ranking.fields(), ranking.query());
        oneText = false;
        yield scores;
      }
    };
  }

  private Map<Long, Double> best(Ranking.Bm25 ranking, double tieBreaker) {
    Map<Long, Double> sum = scores(ranking.fields(), ranking.query());
    Map<Long, Double> best = new TreeMap<>();
    for (Ranking.WeightedField field : ranking.fields()) {
      // All fields still say what is found, but one alone counts.
      List<Ranking.WeightedField> alone =
          ranking.fields().stream()
              .map(other ->
                  new Ranking.WeightedField(
                      other.field(), other.equals(field) ? other.weight() : 0))
              .toList();
      scores(alone, ranking.query()).forEach((id, score) -> best.merge(id, score, Math::max));
    }
    best.replaceAll((id, most) -> most + tieBreaker * (sum.getOrDefault(id, 0.0) - most));
    return best;
  }

  private Map<Long, Double> scores(List<Ranking.WeightedField> asked, TextExpression expression) {
    Map<Long, Double> scores = new TreeMap<>();
    for (int row = 0; row < ids.size(); row++) {
      OptionalDouble score = score(expression, asked, row).orElse(OptionalDouble.empty());
      if (score.isPresent()) {
        scores.put(ids.get(row), score.getAsDouble());
      }
    }
    return scores;
  }

  /** Outside empty: no word is left of this part. Inside empty: the document lacks it. */
  private Optional<OptionalDouble> score(
      TextExpression expression, List<Ranking.WeightedField> asked, int row) {
    return switch (expression) {
      case TextExpression.Words words -> {
        List<OptionalDouble> scores = new ArrayList<>();
        for (List<Wanted> word : wanted(words)) {
          scores.add(any(word, asked, row));
        }
        yield scores.isEmpty()
            ? Optional.empty()
            : Optional.of(atLeast(scores, Math.max(1, words.minimum().of(scores.size()))));
      }
      case TextExpression.Phrase phrase -> {
        List<TextClause.PlacedTerm> placed =
            tokens(TextAnalysis.DEFAULT, phrase.text()).stream()
                .map(token -> new TextClause.PlacedTerm(token.term(), token.position()))
                .toList();
        yield placed.isEmpty()
            ? Optional.empty()
            : Optional.of(
                any(
                    List.of(
                        new Known(
                            placed.size() == 1
                                ? new TextClause.Term(placed.getFirst().term())
                                : new TextClause.Phrase(placed, phrase.slop()))),
                    asked,
                    row));
      }
      case TextExpression.Exact exact ->
          Optional.of(any(List.of(new Known(new TextClause.Term(exact.term()))), asked, row));
      case TextExpression.Boosted boosted ->
          score(boosted.part(), asked, row)
              .map(score ->
                  score.isPresent()
                      ? OptionalDouble.of(score.getAsDouble() * boosted.boost())
                      : score);
      case TextExpression.Group group -> group(group, asked, row);
    };
  }

  private Optional<OptionalDouble> group(
      TextExpression.Group group, List<Ranking.WeightedField> asked, int row) {
    List<OptionalDouble> required = scores(group.required(), asked, row);
    List<OptionalDouble> optional = scores(group.optional(), asked, row);
    if (required.isEmpty() && optional.isEmpty()) {
      return Optional.empty();
    }
    boolean excluded =
        scores(group.excluded(), asked, row).stream().anyMatch(OptionalDouble::isPresent);
    OptionalDouble all = atLeast(required, required.size());
    int minimum = optional.isEmpty() ? 0 : group.minimum().of(optional.size());
    OptionalDouble some = atLeast(optional, Math.max(required.isEmpty() ? 1 : 0, minimum));
    return Optional.of(
        excluded || all.isEmpty() || some.isEmpty()
            ? OptionalDouble.empty()
            : OptionalDouble.of(all.getAsDouble() + some.getAsDouble()));
  }

  private List<OptionalDouble> scores(
      List<TextExpression> parts, List<Ranking.WeightedField> asked, int row) {
    return parts.stream().map(part -> score(part, asked, row)).flatMap(Optional::stream).toList();
  }

  private static OptionalDouble atLeast(List<OptionalDouble> scores, int minimum) {
    return scores.stream().filter(OptionalDouble::isPresent).count() >= minimum
        ? OptionalDouble.of(scores.stream().mapToDouble(score -> score.orElse(0)).sum())
        : OptionalDouble.empty();
  }

  private sealed interface Wanted {}

  private record Known(TextClause clause) implements Wanted {}

  private record Meant(TermPattern pattern, int limit) implements Wanted {}

  /** For each word of a text what is meant by it, any of which is enough. */
  private static List<List<Wanted>> wanted(TextExpression.Words words) {
    List<TextToken> stems = tokens(TextAnalysis.DEFAULT, words.text());
    List<TextToken> whole = tokens(TextAnalysis.DEFAULT.ofWholeWords(), words.text());
    List<List<Wanted>> wanted = new ArrayList<>();
    boolean prefix = words.lastAsPrefix() && !whole.isEmpty();
    int last = prefix ? whole.getLast().start() : Integer.MAX_VALUE;
    List<Wanted> ends = new ArrayList<>();
    for (TextToken stem : stems) {
      if (stem.start() == last) {
        ends.add(new Known(new TextClause.Term(stem.term())));
      } else {
        wanted.add(List.of(spelled(stem.term(), words.fuzzy())));
      }
    }
    if (prefix) {
      ends.addFirst(new Meant(new TermPattern.Prefix(whole.getLast().term()), words.expansions()));
      wanted.add(ends);
    }
    return wanted;
  }

  private static Wanted spelled(String term, Optional<Fuzziness> fuzzy) {
    int edits = fuzzy.map(f -> f.edits(term)).orElse(0);
    return edits == 0
        ? new Known(new TextClause.Term(term))
        : new Meant(
            new TermPattern.Fuzzy(term, edits, fuzzy.orElseThrow().exactPrefix()),
            fuzzy.orElseThrow().expansions());
  }

  /** The formula of BM25F for one word. */
  private OptionalDouble ofOneText(List<Wanted> meant, List<Ranking.WeightedField> asked, int row) {
    Optional<TextClause> clause =
        clause(
            meant,
            (pattern, limit) ->
                asked.stream()
                    .flatMap(field -> bm25(field).terms(pattern, all, limit).stream())
                    .distinct()
                    .sorted(
                        Comparator.comparingDouble(WeightedTerm::weight)
                            .reversed()
                            .thenComparing(WeightedTerm::term))
                    .limit(limit)
                    .toList());
    if (clause.isEmpty()) {
      return OptionalDouble.empty();
    }
    List<TextClause> parts = List.of(clause.get());
    List<Float> weights = List.of(1f);
    if (clause.get() instanceof TextClause.Forms forms) {
      parts = forms.terms().<TextClause>map(TextClause.Term::new).toList();
      weights = forms.forms().stream().map(WeightedTerm::weight).toList();
    }
    double length = 0;
    double terms = 0;
    long documents = 0;
    for (Ranking.WeightedField field : asked) {
      TextStatistics statistics = bm25(field).statistics(List.of(), all);
      length += field.weight() * bm25(field).length(row);
      terms += field.weight() * statistics.totalTerms();
      documents = Math.max(documents, statistics.documents());
    }
    long most = clause.get().terms().mapToLong(term -> having(term, asked)).max().orElse(0);
    double sum = 0;
    boolean found = false;
    for (int i = 0; i < parts.size(); i++) {
      double frequency = 0;
      for (Ranking.WeightedField field : asked) {
        frequency += field.weight() * bm25(field).frequency(parts.get(i), row);
      }
      if (frequency > 0) {
        found = true;
        double idf =
            clause.get() instanceof TextClause.Forms
                ? idf(documents, most)
                : idf(documents, parts.get(i).terms().map(t -> having(t, asked)).toList());
        double k = 1.2 * (0.25 + 0.75 * length / (terms / documents));
        sum += weights.get(i) * idf * frequency / (frequency + k);
      }
    }
    return found ? OptionalDouble.of(sum) : OptionalDouble.empty();
  }

  private ReferenceBm25 bm25(Ranking.WeightedField field) {
    return Objects.requireNonNull(fields.get(field.field()));
  }

  private long having(String term, List<Ranking.WeightedField> asked) {
    return asked.stream()
        .mapToLong(field -> bm25(field).statistics(List.of(term), all).documentFrequency(term))
        .max()
        .orElse(0);
  }

  private static double idf(long documents, List<Long> having) {
    return having.stream().mapToDouble(n -> idf(documents, n)).sum();
  }

  private static double idf(long documents, long having) {
    return Math.log(1 + (documents - having + 0.5) / (having + 0.5));
  }

  private OptionalDouble any(List<Wanted> meant, List<Ranking.WeightedField> asked, int row) {
    if (oneText) {
      return ofOneText(meant, asked, row);
    }
    double sum = 0;
    boolean found = false;
    for (Ranking.WeightedField field : asked) {
      ReferenceBm25 bm25 = bm25(field);
      Optional<TextClause> clause =
          clause(meant, (pattern, limit) -> bm25.terms(pattern, all, limit));
      if (clause.isPresent()) {
        List<String> terms = clause.get().terms().toList();
        TextStatistics statistics = bm25.statistics(terms, all);
        double score = bm25.score(new TextQuery(clause.get(), statistics, 1, all), row);
        found |= score > 0;
        sum += field.weight() * score;
      }
    }
    return found ? OptionalDouble.of(sum) : OptionalDouble.empty();
  }

  private interface Terms {
    List<WeightedTerm> of(TermPattern pattern, int limit);
  }

  private static Optional<TextClause> clause(List<Wanted> meant, Terms terms) {
    if (meant.size() == 1 && meant.getFirst() instanceof Known known) {
      return Optional.of(known.clause());
    }
    List<WeightedTerm> forms = new ArrayList<>();
    for (Wanted one : meant) {
      switch (one) {
        case Meant pattern -> forms.addAll(terms.of(pattern.pattern(), pattern.limit()));
        case Known known ->
            known
                .clause()
                .terms()
                .map(term -> new WeightedTerm(term, 1))
                .filter(term -> !forms.contains(term))
                .forEach(forms::add);
      }
    }
    return forms.isEmpty() ? Optional.empty() : Optional.of(new TextClause.Forms(forms));
  }
}
