package io.elacsym.engine.query;

import io.elacsym.api.index.TermPattern;
import io.elacsym.api.index.TextClause;
import io.elacsym.api.index.WeightedTerm;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Clauses for an index, made of a query whose open terms are known by now. A part without words is
 * left out of its group.
 *
 * @param expansions of each pattern the terms it stands for, the best first
 */
record TextClauses(Map<TermPattern, List<WeightedTerm>> expansions) {
  static final TextClauses NONE = new TextClauses(Map.of());

  /** With the terms of both; each open word takes as many of them as it may stand for. */
  TextClauses plus(TextClauses other) {
    Map<TermPattern, List<WeightedTerm>> both = new HashMap<>(expansions);
    other.expansions.forEach((pattern, terms) ->
        both.merge(
            pattern,
            terms,
            (a, b) ->
                Stream.concat(a.stream(), b.stream())
                    .distinct()
                    .sorted(FieldText.BEST_FIRST)
                    .toList()));
    return new TextClauses(both);
  }

  /** What a single field has to have; empty when the query has no word. */
  Optional<TextClause> whole(ParsedText text) {
    return switch (text) {
      case ParsedText.Words words -> {
        List<TextClause> clauses = words.wanted().map(this::of).toList();
        yield group(List.of(), clauses, words.minimum().of(clauses.size()), List.of());
      }
      case ParsedText.Whole whole -> whole.only().map(this::of);
      case ParsedText.Boosted boosted -> weighted(whole(boosted.part()), boosted.boost());
      case ParsedText.Group group -> {
        List<TextClause> optional = wholes(group.optional());
        yield group(
            wholes(group.required()),
            optional,
            group.minimum().of(optional.size()),
            wholes(group.excluded()));
      }
    };
  }

  private List<TextClause> wholes(List<ParsedText> parts) {
    return parts.stream().map(this::whole).flatMap(Optional::stream).toList();
  }

  /**
   * What adds to the score in one of several fields: anything that the query asks for, because it
   * is known by other means which documents are found.
   */
  Optional<TextClause> any(ParsedText text) {
    return switch (text) {
      case ParsedText.Words words ->
          group(List.of(), words.wanted().map(this::of).toList(), 1, List.of());
      case ParsedText.Whole whole -> whole.only().map(this::of);
      case ParsedText.Boosted boosted -> weighted(any(boosted.part()), boosted.boost());
      case ParsedText.Group group ->
          group(
              List.of(),
              Stream.concat(group.required().stream(), group.optional().stream())
                  .map(this::any)
                  .flatMap(Optional::stream)
                  .toList(),
              1,
              List.of());
    };
  }

  private static Optional<TextClause> group(
      List<TextClause> required,
      List<TextClause> optional,
      int minimum,
      List<TextClause> excluded) {
    if (required.isEmpty() && optional.isEmpty()) {
      return Optional.empty();
    }
    if (excluded.isEmpty() && required.size() + optional.size() == 1) {
      return Optional.of(required.isEmpty() ? optional.getFirst() : required.getFirst());
    }
    int least = required.isEmpty() ? Math.max(1, minimum) : minimum;
    return Optional.of(new TextClause.Group(required, optional, least, excluded));
  }

  private static Optional<TextClause> weighted(Optional<TextClause> clause, float weight) {
    return weight == 1 ? clause : clause.map(inner -> new TextClause.Weighted(inner, weight));
  }

  TextClause of(ParsedText.Wanted wanted) {
    return switch (wanted) {
      case ParsedText.Known known -> known.clause();
      case ParsedText.Open open -> forms(open);
    };
  }

  private TextClause forms(ParsedText.Open open) {
    List<WeightedTerm> known = expansions.getOrDefault(open.pattern(), List.of());
    List<WeightedTerm> forms =
        new ArrayList<>(known.subList(0, Math.min(known.size(), open.limit())));
    open.also()
        .map(term -> new WeightedTerm(term, 1))
        .filter(term -> !forms.contains(term))
        .ifPresent(forms::add);
    // Where nothing is meant, what was asked for itself is no term either, and finds nothing.
    return forms.isEmpty()
        ? new TextClause.Term(asked(open.pattern()))
        : new TextClause.Forms(forms);
  }

  private static String asked(TermPattern pattern) {
    return switch (pattern) {
      case TermPattern.Prefix prefix -> prefix.prefix();
      case TermPattern.Fuzzy fuzzy -> fuzzy.term();
    };
  }
}
