package io.elacsym.engine.query;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.index.RowSet;
import io.elacsym.api.index.TextClause;
import io.elacsym.api.index.TextFrequencies;
import io.elacsym.api.index.TextStatistics;
import io.elacsym.api.index.TopK;
import io.elacsym.api.index.VectorHits;
import io.elacsym.engine.model.Deadline;
import io.elacsym.engine.model.Ranking;
import io.elacsym.engine.model.Schema;
import io.elacsym.engine.model.ScoreExplanation;
import io.elacsym.engine.plugin.Plugins;
import io.elacsym.engine.plugin.TextPlugin;
import io.elacsym.engine.segment.SegmentIndexes.TextOfPart;
import io.elacsym.engine.task.Parallel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Several fields ranked as one text, by BM25F: the statistics, frequencies and lengths of Lucene's
 * {@code CombinedFieldQuery}. Fields have their own indexes, so every row that may be found is
 * scored here, by what the indexes count in it.
 */
final class OneTextSearch implements TextRanking {
  /** How many counts of all terms together are held at a time. */
  private static final int COUNTS_AT_ONCE = 1 << 16;

  private static final int FEWEST_ROWS_AT_ONCE = 256;

  private final Ranking.Bm25 ranking;
  private final List<PartRows> parts;
  private final List<FieldText> texts;

  OneTextSearch(Ranking.Bm25 ranking, Schema schema, Plugins plugins, List<PartRows> parts) {
    this.ranking = ranking;
    this.parts = parts;
    this.texts =
        FieldText.together(
            ranking.fields().stream().map(weighted -> TextRanking.field(weighted, schema)).toList(),
            ranking.query(),
            plugins.newText(),
            parts.stream().map(PartRows::part).toList());
  }

  @Override
  public List<FieldText> texts() {
    return texts.stream().filter(FieldText::hasWords).toList();
  }

  /** A field of a part that has text in it, and how much that counts. */
  private record Side(String field, double weight, TextOfPart text) {}

  /**
   * One part as one text.
   *
   * @param clause what is looked for there
   */
  private record OneText(
      List<Side> sides, TextPlugin plugin, TextClause clause, Bm25Formula formula) {
    /** How often rows have something; for each side, in that order. */
    List<TextFrequencies> told(List<TextClause> clauses, int[] rows) {
      return Parallel.map(
          sides,
          side ->
              side.text()
                  .reader()
                  .frequencies(clauses, rows)
                  .orElseThrow(() ->
                      ElacsymException.invalid(
                          "full_text.combine is \"bm25f\", which the text index plugin '"
                              + side.text().plugin().name().name()
                              + "' cannot do; expected \"sum\" or \"best\"")));
    }

    Occurrences occurrences(List<TextClause> clauses, List<TextFrequencies> told, int rows) {
      Map<TextClause, double[]> frequencies = new HashMap<>();
      double[] lengths = new double[rows];
      for (int clause = 0; clause < clauses.size(); clause++) {
        double[] sum = new double[rows];
        for (int side = 0; side < sides.size(); side++) {
          add(told.get(side).counts().get(clause), sides.get(side).weight(), sum);
        }
        frequencies.put(clauses.get(clause), sum);
      }
      for (int i = 0; i < rows; i++) {
        double length = 0;
        for (int side = 0; side < sides.size(); side++) {
          length += sides.get(side).weight() * told.get(side).lengths()[i];
        }
        lengths[i] =
            plugin.provider().roundedLength((int) Math.min(Integer.MAX_VALUE, Math.round(length)));
      }
      return new Occurrences(frequencies, lengths);
    }

    private static void add(float[] counts, double weight, double[] sum) {
      for (int i = 0; i < sum.length; i++) {
        sum[i] += weight * counts[i];
      }
    }
  }

  /** Empty when no row of it can be found. */
  private Optional<OneText> text(Part part) {
    List<Side> sides = new ArrayList<>();
    for (int i = 0; i < texts.size(); i++) {
      Ranking.WeightedField weighted = ranking.fields().get(i);
      part.text(texts.get(i).field())
          .ifPresent(text -> sides.add(new Side(weighted.field(), weighted.weight(), text)));
    }
    if (sides.isEmpty()) {
      return Optional.empty();
    }
    // Fields that are analysed alike mostly have one plugin. Where a part has two, in the middle of
    // a change, its terms are those of the first.
    TextPlugin plugin = sides.getFirst().text().plugin();
    return texts
        .getFirst()
        .asked(plugin)
        .flatMap(asked -> asked.clauses().whole(asked.text()))
        .map(clause ->
            new OneText(
                sides,
                plugin,
                clause,
                Bm25Formula.of(statistics(plugin), texts.getFirst().field().analysis())));
  }

  /** As many documents have a term as in the field where they are most, with weighted lengths. */
  private TextStatistics statistics(TextPlugin plugin) {
    long documents = 0;
    double totalTerms = 0;
    Map<String, Long> frequencies = new HashMap<>();
    for (int i = 0; i < texts.size(); i++) {
      TextStatistics own =
          texts.get(i).asked(plugin).map(FieldText.Asked::statistics).orElse(TextStatistics.NONE);
      documents = Math.max(documents, own.documents());
      totalTerms += ranking.fields().get(i).weight() * own.totalTerms();
      own.documentFrequencies().forEach((term, count) -> frequencies.merge(term, count, Math::max));
    }
    return new TextStatistics(documents, (long) totalTerms, frequencies);
  }

  @Override
  public List<PartRows> found() {
    return Parallel.map(parts, this::found);
  }

  private PartRows found(PartRows rows) {
    return new PartRows(rows.part(), TextRestriction.of(rows.part(), texts(), rows.accept()));
  }

  @Override
  public List<Candidate> best(int k) {
    List<Candidate> all = new ArrayList<>();
    Parallel.map(parts, rows -> best(rows, k)).forEach(all::addAll);
    return TextSearch.firstOf(all, k);
  }

  private List<Candidate> best(PartRows rows, int k) {
    Optional<OneText> found = rows.accept().isEmpty() ? Optional.empty() : text(rows.part());
    if (found.isEmpty()) {
      return List.of();
    }
    OneText text = found.get();
    List<TextClause> clauses = Occurrences.parts(text.clause());
    int atOnce = Math.max(FEWEST_ROWS_AT_ONCE, COUNTS_AT_ONCE / Math.max(1, clauses.size()));
    RowSet candidates = found(rows).accept();
    TopK best = new TopK(k, candidates.cardinality());
    int row = candidates.next(0);
    while (row >= 0) {
      Deadline.check();
      int[] block = new int[Math.min(atOnce, candidates.cardinality())];
      int count = 0;
      for (; row >= 0 && count < block.length; row = candidates.next(row + 1)) {
        block[count++] = row;
      }
      int[] scored = Arrays.copyOf(block, count);
      double[] scores =
          new ClauseScores(
                  text.formula(), text.occurrences(clauses, text.told(clauses, scored), count))
              .of(text.clause());
      for (int i = 0; i < count; i++) {
        if (!Double.isNaN(scores[i])) {
          best.offer((float) scores[i], scored[i]);
        }
      }
    }
    VectorHits hits = best.hits(0);
    return IntStream.range(0, hits.rows().length)
        .mapToObj(i -> new Candidate(rows.part(), hits.rows()[i], hits.scores()[i]))
        .toList();
  }

  @Override
  public ScoreExplanation explain(Candidate candidate) {
    OneText text = text(candidate.part()).orElseThrow();
    List<TextClause> clauses = Occurrences.parts(text.clause());
    List<TextFrequencies> told = text.told(clauses, new int[] {candidate.row()});
    return new ClauseExplainer(
            text.formula(),
            text.occurrences(clauses, told, 1),
            part -> shares(text.sides(), told, clauses.indexOf(part)))
        .of(text.clause())
        .orElseThrow(
            () -> new IllegalStateException("an index has counted in another way than before"));
  }

  private static List<ScoreExplanation.FieldShare> shares(
      List<Side> sides, List<TextFrequencies> told, int part) {
    List<ScoreExplanation.FieldShare> shares = new ArrayList<>();
    for (int i = 0; i < sides.size(); i++) {
      shares.add(
          new ScoreExplanation.FieldShare(
              sides.get(i).field(),
              sides.get(i).weight(),
              told.get(i).counts().get(part)[0],
              told.get(i).lengths()[0]));
    }
    return shares;
  }
}
