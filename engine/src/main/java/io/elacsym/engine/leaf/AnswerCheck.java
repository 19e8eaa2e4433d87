package io.elacsym.engine.leaf;

import io.elacsym.api.index.VectorQuery;
import io.elacsym.engine.border.HitCheck;
import java.util.Optional;

/** Whether an answer fits its question, as far as that can be seen without searching. */
final class AnswerCheck {
  private AnswerCheck() {}

  /**
   * @return what is wrong; empty when nothing is
   */
  static Optional<String> of(LeafQuestion question, LeafAnswer answer) {
    return switch (question) {
      case LeafQuestion.Matching matching -> require(answer instanceof LeafAnswer.Rows);
      case LeafQuestion.Nearest(String field, VectorQuery query, var ahead) ->
          answer instanceof LeafAnswer.Vectors vectors
              // How many rows have a vector only the index knows, so that none has to be there.
              ? HitCheck.of(vectors.hits(), query, 0)
              : require(false);
      case LeafQuestion.Counting counting ->
          answer instanceof LeafAnswer.Counts counts
              ? HitCheck.of(counts.statistics(), counting.live())
              : require(false);
      case LeafQuestion.Meaning meaning ->
          answer instanceof LeafAnswer.Terms terms
              ? HitCheck.ofTerms(terms.terms(), meaning.limit())
              : require(false);
      case LeafQuestion.Finding finding ->
          answer instanceof LeafAnswer.Rows rows
              ? HitCheck.ofRows(rows.rows(), finding.accept())
              : require(false);
      case LeafQuestion.Search search ->
          answer instanceof LeafAnswer.Texts texts
              ? HitCheck.of(texts.hits(), search.query())
              : require(false);
      case LeafQuestion.Scoring scoring ->
          answer instanceof LeafAnswer.Scores scores
              ? HitCheck.ofScores(scores.scores(), scoring.rows().length)
              : require(false);
      case LeafQuestion.Occurring occurring ->
          answer instanceof LeafAnswer.Frequencies frequencies
              ? frequencies
                  .found()
                  .flatMap(found ->
                      HitCheck.of(found, occurring.clauses().size(), occurring.rows().length))
              : require(false);
      case LeafQuestion.Fetch fetch ->
          require(
              answer instanceof LeafAnswer.Contents contents
                  && contents.rows().size() == fetch.rows().length);
    };
  }

  private static Optional<String> require(boolean fits) {
    return fits ? Optional.empty() : Optional.of("it answers another question");
  }
}
