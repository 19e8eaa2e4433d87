package io.elacsym.engine.query;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.index.TermPattern;
import io.elacsym.api.index.TextClause;
import io.elacsym.api.index.TextField;
import io.elacsym.api.index.TextStatistics;
import io.elacsym.api.index.WeightedTerm;
import io.elacsym.engine.model.Ranking;
import io.elacsym.engine.model.Strings;
import io.elacsym.engine.model.TextExpression;
import io.elacsym.engine.plugin.TextPlugin;
import io.elacsym.engine.segment.SegmentIndexes.TextOfPart;
import io.elacsym.engine.task.Parallel;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * A text query in one field of a snapshot. Each part of the snapshot is asked for the terms that
 * its own analysis makes of the query, because it has no others; and all of them are asked first
 * which terms open words stand for, and how often terms occur, so that each scores as if all were
 * one index.
 */
final class FieldText {
  static final Comparator<WeightedTerm> BEST_FIRST =
      Comparator.comparingDouble(WeightedTerm::weight)
          .reversed()
          .thenComparing(WeightedTerm::term, Strings::compareCodePoints);

  /**
   * What the query is for the parts of one analysis.
   *
   * @param any what asks for any word of the query; empty when none is left
   * @param statistics of all parts, for the terms of the query
   */
  record Asked(
      ParsedText text, TextClauses clauses, Optional<TextClause> any, TextStatistics statistics) {
    boolean hasWords() {
      return any.isPresent();
    }
  }

  private final TextField field;
  private final List<Part> parts;
  private final List<Optional<TextOfPart>> texts;
  private final Map<TextPlugin, Asked> asked = new HashMap<>();

  private FieldText(TextField field, List<Part> parts) {
    this.field = field;
    this.parts = parts;
    this.texts = Parallel.map(parts, part -> part.text(field));
  }

  /**
   * @param configured which analysis checks the query also when no part has text
   */
  static FieldText of(
      TextField field, TextExpression query, TextPlugin configured, List<Part> parts) {
    return together(List.of(field), query, configured, parts).getFirst();
  }

  /**
   * The same for several fields that are searched as if they were one: an open word stands for the
   * same terms in all of them.
   */
  static List<FieldText> together(
      List<TextField> fields, TextExpression query, TextPlugin configured, List<Part> parts) {
    List<FieldText> texts = Parallel.map(fields, field -> new FieldText(field, parts));
    Set<TextPlugin> plugins = new LinkedHashSet<>(List.of(configured));
    texts.forEach(text ->
        text.texts.stream()
            .flatMap(Optional::stream)
            .map(TextOfPart::plugin)
            .forEach(plugins::add));
    List<Map<TextPlugin, ParsedText>> parsed =
        texts.stream().map(text -> text.parsed(query, plugins)).toList();
    List<Map<TextPlugin, TextClauses>> clauses =
        Parallel.map(
            IntStream.range(0, fields.size()).boxed().toList(),
            i -> texts.get(i).clauses(parsed.get(i)));
    Map<TextPlugin, TextClauses> merged = new HashMap<>();
    clauses.forEach(
        ofField -> ofField.forEach((plugin, own) -> merged.merge(plugin, own, TextClauses::plus)));
    Parallel.map(
        IntStream.range(0, fields.size()).boxed().toList(),
        i -> texts.get(i).ask(parsed.get(i), merged));
    return texts;
  }

  TextField field() {
    return field;
  }

  /** Whether any analysis has left a word of the query. */
  boolean hasWords() {
    return asked.values().stream().anyMatch(Asked::hasWords);
  }

  /** What to ask of a part that has text; nothing where its analysis leaves no word. */
  Optional<Asked> asked(TextOfPart text) {
    Asked found = asked.get(text.plugin());
    if (found == null) {
      throw new IllegalStateException("the analysis of a part has changed while it was searched");
    }
    return Optional.of(found).filter(Asked::hasWords);
  }

  /** The same for the analysis of another field of the part. */
  Optional<Asked> asked(TextPlugin plugin) {
    return Optional.ofNullable(asked.get(plugin)).filter(Asked::hasWords);
  }

  private Map<TextPlugin, ParsedText> parsed(TextExpression query, Set<TextPlugin> plugins) {
    Map<TextPlugin, ParsedText> parsed = new LinkedHashMap<>();
    plugins.forEach(plugin -> parsed.put(plugin, new TextParser(field, plugin).parse(query)));
    parsed.values().forEach(this::checkSize);
    return parsed;
  }

  private Map<TextPlugin, TextClauses> clauses(Map<TextPlugin, ParsedText> parsed) {
    Map<TextPlugin, TextClauses> clauses = new HashMap<>();
    parsed.forEach(
        (plugin, text) -> clauses.put(plugin, new TextClauses(expansions(plugin, text))));
    return clauses;
  }

  private boolean ask(Map<TextPlugin, ParsedText> parsed, Map<TextPlugin, TextClauses> clauses) {
    Map<TextPlugin, Analysed> analysed = new LinkedHashMap<>();
    parsed.forEach((plugin, text) ->
        analysed.put(plugin, new Analysed(text, clauses.getOrDefault(plugin, TextClauses.NONE))));
    Map<TextPlugin, List<String>> terms = new LinkedHashMap<>();
    analysed.forEach((plugin, text) -> terms.put(plugin, text.terms()));
    Map<TextPlugin, TextStatistics> statistics = statistics(terms);
    boolean comparable = parsed.values().stream().noneMatch(FieldText::isOpen);
    analysed.forEach((plugin, text) ->
        asked.put(
            plugin,
            new Asked(
                text.text(),
                text.clauses(),
                text.clauses().any(text.text()),
                JointStatistics.of(plugin, terms, statistics, comparable))));
    return true;
  }

  private record Analysed(ParsedText text, TextClauses clauses) {
    List<String> terms() {
      return text.wanted().map(clauses::of).flatMap(TextClause::terms).toList();
    }
  }

  private static boolean isOpen(ParsedText text) {
    return text.wanted().anyMatch(ParsedText.Open.class::isInstance);
  }

  private void checkSize(ParsedText text) {
    long terms =
        text.wanted()
            .distinct()
            .mapToLong(wanted ->
                switch (wanted) {
                  case ParsedText.Known known -> known.clause().terms().count();
                  case ParsedText.Open open -> open.limit();
                })
            .sum();
    if (terms > Ranking.MAX_TERMS) {
      throw ElacsymException.invalid(
          "full_text: the query has "
              + terms
              + " different words for '"
              + field.name()
              + "', those counted that its prefixes and fuzzy words may stand for, expected at most "
              + Ranking.MAX_TERMS);
    }
  }

  /** Of each open word the terms that it stands for in all parts of one analysis together. */
  private Map<TermPattern, List<WeightedTerm>> expansions(TextPlugin plugin, ParsedText text) {
    Map<TermPattern, Integer> limits = new LinkedHashMap<>();
    text.wanted()
        .forEach(wanted -> {
          if (wanted instanceof ParsedText.Open open) {
            limits.merge(open.pattern(), open.limit(), Math::max);
          }
        });
    if (limits.isEmpty()) {
      return Map.of();
    }
    List<Integer> own =
        IntStream.range(0, parts.size())
            .filter(i -> texts.get(i).filter(t -> t.plugin().equals(plugin)).isPresent())
            .boxed()
            .toList();
    List<Map<TermPattern, List<WeightedTerm>>> listed = Parallel.map(own, i -> terms(i, limits));
    Map<TermPattern, List<WeightedTerm>> expansions = new HashMap<>();
    limits.forEach((pattern, limit) ->
        expansions.put(
            pattern,
            listed.stream()
                .flatMap(part -> part.getOrDefault(pattern, List.of()).stream())
                .distinct()
                .sorted(BEST_FIRST)
                .limit(limit)
                .toList()));
    return expansions;
  }

  private Map<TermPattern, List<WeightedTerm>> terms(int part, Map<TermPattern, Integer> limits) {
    Map<TermPattern, List<WeightedTerm>> terms = new HashMap<>();
    limits.forEach((pattern, limit) ->
        terms.put(
            pattern,
            texts.get(part).orElseThrow().reader().terms(pattern, parts.get(part).alive(), limit)));
    return terms;
  }

  private Map<TextPlugin, TextStatistics> statistics(Map<TextPlugin, List<String>> terms) {
    List<String> all = terms.values().stream().flatMap(List::stream).distinct().toList();
    Map<TextPlugin, TextStatistics> statistics = new HashMap<>();
    if (all.isEmpty()) {
      return statistics;
    }
    List<Optional<TextStatistics>> counted =
        Parallel.map(
            IntStream.range(0, parts.size()).boxed().toList(),
            i -> texts.get(i).map(text -> text.reader().statistics(all, parts.get(i).alive())));
    for (int i = 0; i < parts.size(); i++) {
      if (texts.get(i).isPresent()) {
        statistics.merge(
            texts.get(i).get().plugin(), counted.get(i).orElseThrow(), TextStatistics::plus);
      }
    }
    return statistics;
  }
}
