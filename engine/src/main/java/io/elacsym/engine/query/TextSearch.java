package io.elacsym.engine.query;

import io.elacsym.api.index.TextClause;
import io.elacsym.api.index.TextFrequencies;
import io.elacsym.api.index.TextHits;
import io.elacsym.api.index.TextIndexReader;
import io.elacsym.api.index.TextQuery;
import io.elacsym.engine.model.Deadline;
import io.elacsym.engine.model.Ranking;
import io.elacsym.engine.model.Schema;
import io.elacsym.engine.model.ScoreExplanation;
import io.elacsym.engine.plugin.Plugins;
import io.elacsym.engine.segment.SegmentIndexes.TextOfPart;
import io.elacsym.engine.task.Parallel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Fields ranked each by itself. Several of them are combined by the threshold algorithm (Fagin,
 * Lotem and Naor, "Optimal aggregation algorithms for middleware", 2003): each field gives its best
 * rows, their other fields are looked up, and the search goes deeper until no unseen row can be
 * among the best.
 */
final class TextSearch implements TextRanking {
  /** How much deeper each round goes when rows are missing. */
  private static final int GROWTH = 4;

  private final Ranking.Bm25 ranking;
  private final double tieBreaker;
  private final List<PartRows> parts;
  private final List<FieldQuery> fields;

  /** What is asked of a field, and how much that counts. */
  private record FieldQuery(FieldText text, double weight) {}

  /**
   * @param tieBreaker what the scores of all fields but the best are multiplied by
   */
  TextSearch(
      Ranking.Bm25 ranking,
      double tieBreaker,
      Schema schema,
      Plugins plugins,
      List<PartRows> parts) {
    this.ranking = ranking;
    this.tieBreaker = tieBreaker;
    List<Part> searched = parts.stream().map(PartRows::part).toList();
    this.fields =
        Parallel.map(
                ranking.fields(),
                weighted ->
                    new FieldQuery(
                        FieldText.of(
                            TextRanking.field(weighted, schema),
                            ranking.query(),
                            plugins.newText(),
                            searched),
                        weighted.weight()))
            .stream()
            .filter(query -> query.text().hasWords())
            .toList();
    this.parts = isRestricted(ranking) ? Parallel.map(parts, this::restricted) : parts;
  }

  /** In a single field the index sees to it. */
  private boolean isRestricted(Ranking.Bm25 ranking) {
    return fields.size() > 1 && TextRestriction.isNeeded(ranking.query());
  }

  private PartRows restricted(PartRows rows) {
    return new PartRows(
        rows.part(),
        TextRestriction.of(
            rows.part(), fields.stream().map(FieldQuery::text).toList(), rows.accept()));
  }

  @Override
  public List<PartRows> found() {
    List<FieldText> texts = fields.stream().map(FieldQuery::text).toList();
    return Parallel.map(
        parts,
        rows -> new PartRows(rows.part(), TextRestriction.of(rows.part(), texts, rows.accept())));
  }

  @Override
  public List<FieldText> texts() {
    return fields.stream().map(FieldQuery::text).toList();
  }

  @Override
  public ScoreExplanation explain(Candidate candidate) {
    PartRows rows = new PartRows(candidate.part(), candidate.part().alive());
    List<ScoreExplanation> parts = new ArrayList<>();
    for (FieldQuery query : fields) {
      explain(rows, candidate.row(), query)
          .map(part ->
              new ScoreExplanation.OfField(
                  query.weight() * part.score(), query.text().field().name(), query.weight(), part))
          .ifPresent(parts::add);
    }
    return ranking.combining() instanceof Ranking.Combining.Best && parts.size() > 1
        ? new ScoreExplanation.Best(
            combined(parts.stream().mapToDouble(ScoreExplanation::score).toArray()),
            tieBreaker,
            parts)
        : ClauseExplainer.sum(parts);
  }

  private Optional<ScoreExplanation> explain(PartRows rows, int row, FieldQuery query) {
    Optional<TextOfPart> text = rows.part().text(query.text().field());
    Optional<TextQuery> asked = text.flatMap(t -> textQuery(t, rows, query, 1));
    if (asked.isEmpty()) {
      return Optional.empty();
    }
    TextIndexReader reader = text.orElseThrow().reader();
    List<TextClause> clauses = Occurrences.parts(asked.get().clause());
    Optional<TextFrequencies> told = reader.frequencies(clauses, new int[] {row});
    if (told.isEmpty()) {
      float score = reader.score(asked.get(), new int[] {row})[0];
      String plugin = text.orElseThrow().plugin().name().name();
      return score > 0 ? Optional.of(new ScoreExplanation.Untold(score, plugin)) : Optional.empty();
    }
    Map<TextClause, double[]> frequencies = new HashMap<>();
    for (int i = 0; i < clauses.size(); i++) {
      frequencies.put(clauses.get(i), new double[] {told.get().counts().get(i)[0]});
    }
    return new ClauseExplainer(
            Bm25Formula.of(asked.get().statistics(), query.text().field().analysis()),
            new Occurrences(frequencies, new double[] {told.get().lengths()[0]}),
            part -> List.of())
        .of(asked.get().clause());
  }

  /** The score of a row made of those of its fields. */
  private double combined(double[] scores) {
    double best = 0;
    double sum = 0;
    for (double score : scores) {
      best = Math.max(best, score);
      sum += score;
    }
    return tieBreaker == 1 ? sum : best + tieBreaker * (sum - best);
  }

  @Override
  public List<Candidate> best(int k) {
    if (fields.isEmpty() || parts.isEmpty()) {
      return List.of();
    }
    if (fields.size() == 1) {
      FieldQuery only = fields.getFirst();
      List<Candidate> all = new ArrayList<>();
      Parallel.map(parts, rows -> search(rows, only, k)).forEach(all::addAll);
      return firstOf(all, k);
    }
    for (int depth = k; ; depth = Math.multiplyExact(depth, GROWTH)) {
      int wanted = depth;
      Deadline.check();
      List<Round> rounds = Parallel.map(parts, rows -> round(rows, wanted));
      double threshold = rounds.stream().mapToDouble(Round::bound).max().orElse(0);
      List<Candidate> all = new ArrayList<>();
      rounds.forEach(round -> all.addAll(round.candidates()));
      List<Candidate> best = firstOf(all, k);
      boolean enough = best.size() == k && best.getLast().score() > threshold;
      if (enough || rounds.stream().allMatch(Round::exhausted)) {
        return best;
      }
    }
  }

  static List<Candidate> firstOf(List<Candidate> candidates, int k) {
    candidates.sort(Candidate.BEST_FIRST);
    return candidates.subList(0, Math.min(k, candidates.size()));
  }

  private List<Candidate> search(PartRows rows, FieldQuery query, int k) {
    Optional<TextOfPart> text = rows.part().text(query.text().field());
    Optional<TextQuery> asked = text.flatMap(t -> textQuery(t, rows, query, k));
    if (asked.isEmpty() || rows.accept().isEmpty()) {
      return List.of();
    }
    TextHits hits = text.orElseThrow().reader().search(asked.get());
    List<Candidate> candidates = new ArrayList<>(hits.rows().length);
    for (int i = 0; i < hits.rows().length; i++) {
      candidates.add(new Candidate(rows.part(), hits.rows()[i], query.weight() * hits.scores()[i]));
    }
    return candidates;
  }

  /** What a field gives to some rows; nothing where it has no text. */
  private float[] scores(PartRows rows, FieldQuery query, int[] candidates) {
    Optional<TextOfPart> text = rows.part().text(query.text().field());
    Optional<TextQuery> asked = text.flatMap(t -> textQuery(t, rows, query, 1));
    return asked.isEmpty() || candidates.length == 0
        ? new float[0]
        : text.orElseThrow().reader().score(asked.get(), candidates);
  }

  /** Nothing where the query has no terms by the analysis of that part. */
  private Optional<TextQuery> textQuery(TextOfPart text, PartRows rows, FieldQuery query, int k) {
    return query
        .text()
        .asked(text)
        .flatMap(asked ->
            (fields.size() == 1 ? asked.clauses().whole(asked.text()) : asked.any())
                .map(clause -> new TextQuery(clause, asked.statistics(), k, rows.accept())));
  }

  /**
   * One part, searched to some depth.
   *
   * @param candidates rows seen, with their full scores
   * @param bound no unseen row has a greater score
   * @param exhausted whether every matching row was seen
   */
  private record Round(List<Candidate> candidates, double bound, boolean exhausted) {}

  private Round round(PartRows rows, int depth) {
    Set<Integer> seen = new HashSet<>();
    double[] bounds = new double[fields.size()];
    boolean exhausted = true;
    List<List<Candidate>> searched = Parallel.map(fields, query -> search(rows, query, depth));
    for (int field = 0; field < fields.size(); field++) {
      List<Candidate> found = searched.get(field);
      found.forEach(candidate -> seen.add(candidate.row()));
      if (found.size() == depth) {
        bounds[field] = found.getLast().score();
        exhausted = false;
      }
    }
    int[] candidates = seen.stream().mapToInt(Integer::intValue).sorted().toArray();
    List<float[]> byField = Parallel.map(fields, query -> scores(rows, query, candidates));
    List<Candidate> scored = new ArrayList<>();
    double[] scores = new double[fields.size()];
    for (int i = 0; i < candidates.length; i++) {
      for (int field = 0; field < scores.length; field++) {
        float[] fieldScores = byField.get(field);
        scores[field] = fieldScores.length == 0 ? 0 : fields.get(field).weight() * fieldScores[i];
      }
      scored.add(new Candidate(rows.part(), candidates[i], combined(scores)));
    }
    return new Round(scored, combined(bounds), exhausted);
  }
}
