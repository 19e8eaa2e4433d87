package io.elacsym.engine.query;

import io.elacsym.api.index.TextClause;
import io.elacsym.api.index.WeightedTerm;
import java.util.Arrays;
import java.util.List;

/** Scores rows by a clause of which is known how often they have its terms and phrases. */
record ClauseScores(Bm25Formula formula, Occurrences occurrences) {
  /** For each row its score; not a number where the clause does not find it. */
  double[] of(TextClause clause) {
    return switch (clause) {
      case TextClause.Term _, TextClause.Phrase _ -> matches(clause, formula.idf(clause));
      case TextClause.Forms forms -> forms(forms);
      case TextClause.Weighted weighted -> {
        double[] scores = of(weighted.clause());
        for (int i = 0; i < scores.length; i++) {
          scores[i] *= weighted.weight();
        }
        yield scores;
      }
      case TextClause.Group group -> group(group);
    };
  }

  private double[] nothing() {
    double[] scores = new double[occurrences.lengths().length];
    Arrays.fill(scores, Double.NaN);
    return scores;
  }

  private double[] matches(TextClause part, double idf) {
    double[] scores = nothing();
    for (int i = 0; i < scores.length; i++) {
      double frequency = occurrences.frequency(part, i);
      if (frequency > 0) {
        scores[i] = formula.score(idf, frequency, occurrences.lengths()[i]);
      }
    }
    return scores;
  }

  private double[] forms(TextClause.Forms forms) {
    double idf = formula.term("", formula.mostHaving(forms)).idf();
    double[] sum = nothing();
    for (WeightedTerm form : forms.forms()) {
      double[] scores = matches(new TextClause.Term(form.term()), idf);
      for (int i = 0; i < sum.length; i++) {
        sum[i] = plus(sum[i], form.weight() * scores[i]);
      }
    }
    return sum;
  }

  /** What is not found adds nothing. */
  private static double plus(double a, double b) {
    return Double.isNaN(a) ? b : Double.isNaN(b) ? a : a + b;
  }

  private double[] group(TextClause.Group group) {
    double[] sum = nothing();
    int[] required = add(group.required(), sum);
    int[] optional = add(group.optional(), sum);
    int[] excluded = add(group.excluded(), nothing());
    int least = group.required().isEmpty() ? Math.max(1, group.minimum()) : group.minimum();
    for (int i = 0; i < sum.length; i++) {
      if (required[i] < group.required().size() || optional[i] < least || excluded[i] > 0) {
        sum[i] = Double.NaN;
      }
    }
    return sum;
  }

  /** Adds the scores of clauses, and counts for each row how many of them find it. */
  private int[] add(List<TextClause> clauses, double[] sum) {
    int[] found = new int[sum.length];
    for (TextClause clause : clauses) {
      double[] scores = of(clause);
      for (int i = 0; i < sum.length; i++) {
        sum[i] = plus(sum[i], scores[i]);
        found[i] += Double.isNaN(scores[i]) ? 0 : 1;
      }
    }
    return found;
  }
}
