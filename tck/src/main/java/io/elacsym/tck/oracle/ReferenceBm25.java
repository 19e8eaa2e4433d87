package io.elacsym.tck.oracle;

import io.elacsym.api.index.RowSet;
import io.elacsym.api.index.TermPattern;
import io.elacsym.api.index.TextAnalyzer;
import io.elacsym.api.index.TextClause;
import io.elacsym.api.index.TextClause.PlacedTerm;
import io.elacsym.api.index.TextHits;
import io.elacsym.api.index.TextIndexWriter;
import io.elacsym.api.index.TextQuery;
import io.elacsym.api.index.TextStatistics;
import io.elacsym.api.index.TextToken;
import io.elacsym.api.index.WeightedTerm;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The formula of {@link TextQuery} and the clauses of {@link TextClause}, by their letter, over
 * rows whose terms it is given.
 */
public final class ReferenceBm25 {
  /** The order of code points, which that of Java's strings is not. */
  private static final Comparator<String> BY_CODE_POINTS =
      (a, b) -> Arrays.compare(a.codePoints().toArray(), b.codePoints().toArray());

  private final double k1;
  private final double b;
  private final TreeMap<Integer, List<PlacedTerm>> rows = new TreeMap<>();

  public ReferenceBm25(double k1, double b) {
    this.k1 = k1;
    this.b = b;
  }

  /** The terms of all texts of a row where they stand, as {@link TextIndexWriter#add} says. */
  public static List<PlacedTerm> placed(TextAnalyzer analyzer, List<String> values) {
    List<PlacedTerm> placed = new ArrayList<>();
    int from = 0;
    for (String value : values) {
      List<TextToken> tokens = analyzer.tokens(value);
      for (TextToken token : tokens) {
        placed.add(new PlacedTerm(token.term(), from + token.position()));
      }
      from += (tokens.isEmpty() ? 0 : tokens.getLast().position() + 1) + TextIndexWriter.GAP;
    }
    return placed;
  }

  /** Adds a row with the terms of all its texts; a row without terms is no document. */
  public void addPlaced(int row, List<PlacedTerm> terms) {
    if (!terms.isEmpty()) {
      rows.put(row, List.copyOf(terms));
    }
  }

  /** The same for terms that stand side by side. */
  public void add(int row, List<String> terms) {
    addPlaced(
        row,
        IntStream.range(0, terms.size()).mapToObj(i -> new PlacedTerm(terms.get(i), i)).toList());
  }

  /** Counts over the rows of {@code live}. */
  public TextStatistics statistics(List<String> terms, RowSet live) {
    long documents = 0;
    long totalTerms = 0;
    Map<String, Long> frequencies = new HashMap<>();
    terms.forEach(term -> frequencies.put(term, 0L));
    for (Map.Entry<Integer, List<PlacedTerm>> row : rows.entrySet()) {
      if (!within(live, row.getKey())) {
        continue;
      }
      documents++;
      totalTerms += row.getValue().size();
      frequencies.replaceAll(
          (term, count) -> frequency(term, row.getValue()) > 0 ? count + 1 : count);
    }
    return new TextStatistics(documents, totalTerms, frequencies);
  }

  /** The terms of live rows that a pattern means. */
  public List<WeightedTerm> terms(TermPattern pattern, RowSet live, int limit) {
    return rows.entrySet().stream()
        .filter(row -> within(live, row.getKey()))
        .flatMap(row -> row.getValue().stream())
        .map(PlacedTerm::term)
        .distinct()
        .map(term -> new WeightedTerm(term, PatternWeight.of(pattern, term)))
        .filter(term -> term.weight() > 0)
        .sorted(
            Comparator.comparingDouble(WeightedTerm::weight)
                .reversed()
                .thenComparing(WeightedTerm::term, BY_CODE_POINTS))
        .limit(limit)
        .toList();
  }

  /** The best accepted rows. */
  public TextHits search(TextQuery query) {
    record Hit(int row, float score) {}
    List<Hit> hits = new ArrayList<>();
    for (int row : rows.keySet()) {
      float score = within(query.accept(), row) ? (float) score(query, row) : 0;
      if (score > 0) {
        hits.add(new Hit(row, score));
      }
    }
    hits.sort(Comparator.comparingDouble(Hit::score).reversed().thenComparingInt(Hit::row));
    int found = Math.min(query.k(), hits.size());
    int[] best = new int[found];
    float[] scores = new float[found];
    for (int i = 0; i < found; i++) {
      best[i] = hits.get(i).row();
      scores[i] = hits.get(i).score();
    }
    return new TextHits(best, scores);
  }

  /** All accepted rows that a clause finds. */
  public RowSet matching(TextClause clause, RowSet accept) {
    BitSet found = new BitSet();
    for (int row : rows.keySet()) {
      if (within(accept, row) && score(clause, TextStatistics.NONE, row).isPresent()) {
        found.set(row);
      }
    }
    return RowSet.of(accept.rowCount(), found);
  }

  /** The score of one row, 0 when it is not found. */
  public double score(TextQuery query, int row) {
    return score(query.clause(), query.statistics(), row).orElse(0);
  }

  /** How often a row has a term or a phrase. */
  public double frequency(TextClause clause, int row) {
    return switch (clause) {
      case TextClause.Term term -> (double) frequency(term.term(), terms(row));
      case TextClause.Phrase phrase -> PhraseFrequency.of(phrase, terms(row));
      default -> throw new IllegalArgumentException("neither a term nor a phrase: " + clause);
    };
  }

  /** How many terms a row has. */
  public int length(int row) {
    return terms(row).size();
  }

  private OptionalDouble score(TextClause clause, TextStatistics statistics, int row) {
    return switch (clause) {
      case TextClause.Term _, TextClause.Phrase _ ->
          weighed(statistics, row, frequency(clause, row), idf(statistics, clause));
      case TextClause.Forms forms -> forms(forms, statistics, row);
      case TextClause.Weighted weighted -> {
        OptionalDouble score = score(weighted.clause(), statistics, row);
        yield score.isPresent()
            ? OptionalDouble.of(weighted.weight() * score.getAsDouble())
            : score;
      }
      case TextClause.Group group -> group(group, statistics, row);
    };
  }

  private OptionalDouble forms(TextClause.Forms forms, TextStatistics statistics, int row) {
    long most = forms.terms().mapToLong(statistics::documentFrequency).max().orElse(0);
    double sum = 0;
    boolean any = false;
    for (WeightedTerm form : forms.forms()) {
      OptionalDouble score =
          weighed(
              statistics, row, (double) frequency(form.term(), terms(row)), idf(statistics, most));
      any |= score.isPresent();
      sum += form.weight() * score.orElse(0);
    }
    return any ? OptionalDouble.of(sum) : OptionalDouble.empty();
  }

  private OptionalDouble group(TextClause.Group group, TextStatistics statistics, int row) {
    List<OptionalDouble> required = scores(group.required(), statistics, row);
    List<OptionalDouble> optional = scores(group.optional(), statistics, row);
    boolean excluded =
        scores(group.excluded(), statistics, row).stream().anyMatch(OptionalDouble::isPresent);
    long least = group.required().isEmpty() ? Math.max(1, group.minimum()) : group.minimum();
    return !excluded
            && required.stream().allMatch(OptionalDouble::isPresent)
            && optional.stream().filter(OptionalDouble::isPresent).count() >= least
        ? OptionalDouble.of(
            Stream.concat(required.stream(), optional.stream())
                .mapToDouble(score -> score.orElse(0))
                .sum())
        : OptionalDouble.empty();
  }

  private List<OptionalDouble> scores(
      List<TextClause> clauses, TextStatistics statistics, int row) {
    return clauses.stream().map(clause -> score(clause, statistics, row)).toList();
  }

  private static double idf(TextStatistics statistics, TextClause clause) {
    return clause
        .terms()
        .mapToDouble(term -> idf(statistics, statistics.documentFrequency(term)))
        .sum();
  }

  private static double idf(TextStatistics statistics, long n) {
    return Math.log(1 + ((double) statistics.documents() - (double) n + 0.5) / ((double) n + 0.5));
  }

  private OptionalDouble weighed(TextStatistics statistics, int row, double f, double idf) {
    if (f == 0) {
      return OptionalDouble.empty();
    }
    double average = (double) statistics.totalTerms() / statistics.documents();
    return OptionalDouble.of(idf * f / (f + k1 * (1 - b + b * terms(row).size() / average)));
  }

  private List<PlacedTerm> terms(int row) {
    return rows.getOrDefault(row, List.of());
  }

  private static long frequency(String term, List<PlacedTerm> row) {
    return row.stream().filter(placed -> placed.term().equals(term)).count();
  }

  private static boolean within(RowSet set, int row) {
    return row < set.rowCount() && set.contains(row);
  }
}
