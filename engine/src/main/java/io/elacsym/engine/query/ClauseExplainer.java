package io.elacsym.engine.query;

import io.elacsym.api.index.TextClause;
import io.elacsym.api.index.WeightedTerm;
import io.elacsym.engine.model.ScoreExplanation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Explains what a clause gives to one row.
 *
 * @param occurrences of that row alone
 * @param shares of which fields the row has how much of a term or phrase, where there are several
 */
record ClauseExplainer(
    Bm25Formula formula,
    Occurrences occurrences,
    Function<TextClause, List<ScoreExplanation.FieldShare>> shares) {
  /** Empty when the clause does not find the row. */
  Optional<ScoreExplanation> of(TextClause clause) {
    return switch (clause) {
      case TextClause.Term _, TextClause.Phrase _ -> match(clause, formula.terms(clause));
      case TextClause.Forms forms -> forms(forms);
      case TextClause.Weighted weighted ->
          of(weighted.clause()).map(part -> boosted(part, weighted.weight()));
      case TextClause.Group group -> group(group);
    };
  }

  private static ScoreExplanation boosted(ScoreExplanation part, double boost) {
    return boost == 1 ? part : new ScoreExplanation.Boosted(boost * part.score(), boost, part);
  }

  private Optional<ScoreExplanation> match(TextClause part, List<ScoreExplanation.Term> terms) {
    double frequency = occurrences.frequency(part, 0);
    if (frequency == 0) {
      return Optional.empty();
    }
    double idf = terms.stream().mapToDouble(ScoreExplanation.Term::idf).sum();
    double length = occurrences.lengths()[0];
    return Optional.of(
        new ScoreExplanation.Match(
            formula.score(idf, frequency, length),
            terms,
            idf,
            frequency,
            length,
            formula.averageLength(),
            formula.k1(),
            formula.b(),
            shares.apply(part)));
  }

  private Optional<ScoreExplanation> forms(TextClause.Forms forms) {
    long having = formula.mostHaving(forms);
    List<ScoreExplanation> found = new ArrayList<>();
    for (WeightedTerm form : forms.forms()) {
      match(new TextClause.Term(form.term()), List.of(formula.term(form.term(), having)))
          .map(part -> boosted(part, form.weight()))
          .ifPresent(found::add);
    }
    return found.isEmpty() ? Optional.empty() : Optional.of(sum(found));
  }

  private Optional<ScoreExplanation> group(TextClause.Group group) {
    List<ScoreExplanation> required = all(group.required());
    List<ScoreExplanation> optional = all(group.optional());
    int least = group.required().isEmpty() ? Math.max(1, group.minimum()) : group.minimum();
    if (required.size() < group.required().size()
        || optional.size() < least
        || !all(group.excluded()).isEmpty()) {
      return Optional.empty();
    }
    List<ScoreExplanation> parts = new ArrayList<>(required);
    parts.addAll(optional);
    return Optional.of(sum(parts));
  }

  private List<ScoreExplanation> all(List<TextClause> clauses) {
    return clauses.stream().map(this::of).flatMap(Optional::stream).toList();
  }

  static ScoreExplanation sum(List<ScoreExplanation> parts) {
    return parts.size() == 1
        ? parts.getFirst()
        : new ScoreExplanation.Sum(
            parts.stream().mapToDouble(ScoreExplanation::score).sum(), parts);
  }
}
