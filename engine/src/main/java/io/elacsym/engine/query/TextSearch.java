package io.elacsym.engine.query;

import io.elacsym.api.index.TextField;
import io.elacsym.api.index.TextHits;
import io.elacsym.api.index.TextQuery;
import io.elacsym.engine.model.Deadline;
import io.elacsym.engine.model.Ranking;
import io.elacsym.engine.model.Schema;
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
 * BM25 over all parts of a snapshot, scored as if they were one index. Several fields are combined
 * by the threshold algorithm (Fagin, Lotem and Naor, "Optimal aggregation algorithms for
 * middleware", 2003): each field gives its best rows, their other fields are looked up, and the
 * search goes deeper until no unseen row can be among the best.
 */
final class TextSearch {
  /** How much deeper each round goes when rows are missing. */
  private static final int GROWTH = 4;

  private final List<PartRows> parts;
  private final List<FieldQuery> fields;

  /** What is asked of a field, and how much that counts. */
  private record FieldQuery(FieldText text, double weight) {}

  TextSearch(Ranking.Bm25 ranking, Schema schema, Plugins plugins, List<PartRows> parts) {
    List<Part> searched = parts.stream().map(PartRows::part).toList();
    this.fields =
        Parallel.map(
                ranking.fields(),
                weighted -> {
                  TextField field =
                      new TextField(
                          weighted.field(),
                          schema
                              .attribute(weighted.field())
                              .flatMap(a -> a.fullText())
                              .orElseThrow());
                  return new FieldQuery(
                      FieldText.of(field, ranking.query(), plugins.newText(), searched),
                      weighted.weight());
                })
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

  /** All accepted rows that the query finds, of each part. */
  List<PartRows> found() {
    List<FieldText> texts = fields.stream().map(FieldQuery::text).toList();
    return Parallel.map(
        parts,
        rows -> new PartRows(rows.part(), TextRestriction.of(rows.part(), texts, rows.accept())));
  }

  /** The {@code k} best accepted rows, best first. */
  List<Candidate> best(int k) {
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

  private static List<Candidate> firstOf(List<Candidate> candidates, int k) {
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
            (fields.size() == 1
                    ? asked.clauses().whole(asked.text())
                    : asked.clauses().any(asked.text()))
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
    double bound = 0;
    boolean exhausted = true;
    for (List<Candidate> found : Parallel.map(fields, query -> search(rows, query, depth))) {
      found.forEach(candidate -> seen.add(candidate.row()));
      if (found.size() == depth) {
        bound += found.getLast().score();
        exhausted = false;
      }
    }
    int[] candidates = seen.stream().mapToInt(Integer::intValue).sorted().toArray();
    Map<Integer, Double> scores = new HashMap<>();
    List<float[]> byField = Parallel.map(fields, query -> scores(rows, query, candidates));
    for (int field = 0; field < fields.size(); field++) {
      float[] fieldScores = byField.get(field);
      for (int i = 0; i < fieldScores.length; i++) {
        scores.merge(candidates[i], fields.get(field).weight() * fieldScores[i], Double::sum);
      }
    }
    List<Candidate> scored = new ArrayList<>();
    scores.forEach((row, score) -> scored.add(new Candidate(rows.part(), row, score)));
    return new Round(scored, bound, exhausted);
  }
}
