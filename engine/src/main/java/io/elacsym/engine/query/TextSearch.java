package io.elacsym.engine.query;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.index.RowSet;
import io.elacsym.api.index.TextField;
import io.elacsym.api.index.TextHits;
import io.elacsym.api.index.TextQuery;
import io.elacsym.api.index.TextStatistics;
import io.elacsym.engine.model.Deadline;
import io.elacsym.engine.model.Ranking;
import io.elacsym.engine.model.Schema;
import io.elacsym.engine.plugin.Plugins;
import io.elacsym.engine.plugin.TextPlugin;
import io.elacsym.engine.segment.SegmentIndexes.TextOfPart;
import io.elacsym.engine.task.Parallel;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * BM25 over all parts of a snapshot, scored as if they were one index. Each part is asked for the
 * terms that its own analysis makes of the query, because it has no others. Several fields are
 * combined by the threshold algorithm (Fagin, Lotem and Naor, "Optimal aggregation algorithms for
 * middleware", 2003): each field gives its best rows, their other fields are looked up, and the
 * search goes deeper until no unseen row can be among the best.
 */
final class TextSearch {
  /** How much deeper each round goes when rows are missing. */
  private static final int GROWTH = 4;

  private final List<PartRows> parts;
  private final List<FieldQuery> fields = new ArrayList<>();

  /** A part and the rows that may be returned. */
  record PartRows(Part part, RowSet accept) {}

  /**
   * What is asked of a field.
   *
   * @param asked by the analysis of texts of a part: the terms of the query, and their statistics
   */
  private record FieldQuery(TextField field, double weight, Map<TextPlugin, Asked> asked) {}

  private record Asked(List<String> terms, TextStatistics statistics) {}

  TextSearch(Ranking.Bm25 ranking, Schema schema, Plugins plugins, List<PartRows> parts) {
    this.parts = parts;
    Parallel.map(
            ranking.fields(),
            weighted -> {
              TextField field =
                  new TextField(
                      weighted.field(),
                      schema.attribute(weighted.field()).flatMap(a -> a.fullText()).orElseThrow());
              return new FieldQuery(
                  field, weighted.weight(), asked(field, ranking.query(), plugins.newText()));
            })
        .stream()
        .filter(query -> query.asked().values().stream().anyMatch(a -> !a.terms().isEmpty()))
        .forEach(fields::add);
  }

  /**
   * @param configured which analysis checks the query also when no part has text
   */
  private Map<TextPlugin, Asked> asked(TextField field, String query, TextPlugin configured) {
    List<Optional<TextOfPart>> texts = Parallel.map(parts, rows -> rows.part().text(field));
    Map<TextPlugin, List<String>> terms = new LinkedHashMap<>();
    Stream.concat(
            Stream.of(configured), texts.stream().flatMap(Optional::stream).map(TextOfPart::plugin))
        .forEach(plugin -> terms.computeIfAbsent(plugin, p -> terms(p, field, query)));
    List<String> all = terms.values().stream().flatMap(List::stream).distinct().toList();
    List<TextStatistics> counted =
        all.isEmpty()
            ? Collections.nCopies(parts.size(), TextStatistics.NONE)
            : Parallel.map(
                IntStream.range(0, parts.size()).boxed().toList(),
                i ->
                    texts
                        .get(i)
                        .map(text -> text.reader().statistics(all, parts.get(i).part().alive()))
                        .orElse(TextStatistics.NONE));
    Map<TextPlugin, TextStatistics> statistics = new HashMap<>();
    for (int i = 0; i < parts.size(); i++) {
      if (texts.get(i).isPresent()) {
        statistics.merge(texts.get(i).get().plugin(), counted.get(i), TextStatistics::plus);
      }
    }
    Map<TextPlugin, Asked> asked = new HashMap<>();
    terms.forEach((plugin, own) ->
        asked.put(plugin, new Asked(own, JointStatistics.of(plugin, terms, statistics))));
    return asked;
  }

  private static List<String> terms(TextPlugin plugin, TextField field, String query) {
    List<String> terms = plugin.provider().analyzer(field, plugin.context()).terms(query);
    long distinct = terms.stream().distinct().count();
    if (distinct > Ranking.MAX_TERMS) {
      throw ElacsymException.invalid(
          "full_text: the query has "
              + distinct
              + " different words for '"
              + field.name()
              + "', expected at most "
              + Ranking.MAX_TERMS);
    }
    return terms;
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

  private static List<Candidate> search(PartRows rows, FieldQuery query, int k) {
    Optional<TextOfPart> text = textToSearch(rows, query);
    if (text.isEmpty() || rows.accept().isEmpty()) {
      return List.of();
    }
    TextHits hits = text.get().reader().search(textQuery(text.get(), rows, query, k));
    List<Candidate> candidates = new ArrayList<>(hits.rows().length);
    for (int i = 0; i < hits.rows().length; i++) {
      candidates.add(new Candidate(rows.part(), hits.rows()[i], query.weight() * hits.scores()[i]));
    }
    return candidates;
  }

  /** What a field gives to some rows; nothing where it has no text. */
  private static float[] scores(PartRows rows, FieldQuery query, int[] candidates) {
    Optional<TextOfPart> text = textToSearch(rows, query);
    return text.isEmpty() || candidates.length == 0
        ? new float[0]
        : text.get().reader().score(textQuery(text.get(), rows, query, 1), candidates);
  }

  /** Nothing where the query has no terms by the analysis of that part. */
  private static Optional<TextOfPart> textToSearch(PartRows rows, FieldQuery query) {
    return rows.part().text(query.field()).filter(text -> !asked(text, query).terms().isEmpty());
  }

  private static Asked asked(TextOfPart text, FieldQuery query) {
    Asked asked = query.asked().get(text.plugin());
    if (asked == null) {
      throw new IllegalStateException("the analysis of a part has changed while it was searched");
    }
    return asked;
  }

  private static TextQuery textQuery(TextOfPart text, PartRows rows, FieldQuery query, int k) {
    Asked asked = asked(text, query);
    return new TextQuery(asked.terms(), asked.statistics(), k, rows.accept());
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
