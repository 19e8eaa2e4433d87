package io.elacsym.engine.query;

import io.elacsym.api.index.TextClause;
import io.elacsym.api.index.TextClause.Term;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How often some rows have the terms and phrases of a clause.
 *
 * @param frequencies of each term and phrase, for each row
 * @param lengths of the rows
 */
record Occurrences(Map<TextClause, double[]> frequencies, double[] lengths) {
  private static final double[] NONE = {};

  /** All terms and phrases that a clause is made of, each once. */
  static List<TextClause> parts(TextClause clause) {
    Set<TextClause> parts = new LinkedHashSet<>();
    collect(clause, parts);
    return List.copyOf(parts);
  }

  private static void collect(TextClause clause, Set<TextClause> parts) {
    switch (clause) {
      case Term term -> parts.add(term);
      case TextClause.Phrase phrase -> parts.add(phrase);
      case TextClause.Forms forms -> forms.terms().map(Term::new).forEach(parts::add);
      case TextClause.Weighted weighted -> collect(weighted.clause(), parts);
      case TextClause.Group group -> {
        group.required().forEach(part -> collect(part, parts));
        group.optional().forEach(part -> collect(part, parts));
        group.excluded().forEach(part -> collect(part, parts));
      }
    }
  }

  double frequency(TextClause part, int row) {
    return frequencies.getOrDefault(part, NONE)[row];
  }
}
