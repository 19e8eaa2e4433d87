package io.elacsym.engine.query;

import io.elacsym.api.index.TextAnalysis;
import io.elacsym.api.index.TextClause;
import io.elacsym.api.index.TextStatistics;
import io.elacsym.engine.model.ScoreExplanation;
import java.util.List;

/** The formula of {@link io.elacsym.api.index.TextQuery}, for scores that no index computes. */
record Bm25Formula(TextStatistics statistics, double k1, double b) {
  static Bm25Formula of(TextStatistics statistics, TextAnalysis analysis) {
    return new Bm25Formula(statistics, analysis.k1(), analysis.b());
  }

  double averageLength() {
    long documents = Math.max(1, statistics.documents());
    return Math.max(1, (double) statistics.totalTerms() / documents);
  }

  /** How rare a term or phrase is: the sum over its terms. */
  double idf(TextClause clause) {
    return terms(clause).stream().mapToDouble(ScoreExplanation.Term::idf).sum();
  }

  /** How rare the terms of a term or phrase are. */
  List<ScoreExplanation.Term> terms(TextClause clause) {
    return clause.terms().map(term -> term(term, statistics.documentFrequency(term))).toList();
  }

  /**
   * How rare a term is.
   *
   * @param having how many documents count as having it
   */
  ScoreExplanation.Term term(String term, long having) {
    // Counts that cannot come from one moment give a poor score rather than none.
    long documents = Math.max(1, statistics.documents());
    long n = Math.clamp(having, 1, documents);
    double idf = Math.log(1 + ((double) documents - (double) n + 0.5) / ((double) n + 0.5));
    return new ScoreExplanation.Term(term, documents, n, idf);
  }

  /** The score of something that is there so often. */
  double score(double idf, double frequency, double length) {
    return idf * frequency / (frequency + k1 * (1 - b + b * length / averageLength()));
  }

  /** Of forms of one word how many documents have the most frequent one. */
  long mostHaving(TextClause.Forms forms) {
    return forms.terms().mapToLong(statistics::documentFrequency).max().orElse(0);
  }
}
