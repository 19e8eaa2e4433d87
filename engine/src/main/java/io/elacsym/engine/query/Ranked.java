package io.elacsym.engine.query;

import io.elacsym.engine.model.ScoreExplanation;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What a ranking gave.
 *
 * @param best best first
 * @param texts what its text queries are in their fields
 * @param explain how a row came to its score; empty where there is nothing to tell
 */
record Ranked(
    List<Candidate> best,
    List<FieldText> texts,
    Optional<Function<Candidate, ScoreExplanation>> explain) {
  /** Of a ranking that knows no scores. */
  static Ranked unscored(List<Candidate> best) {
    return new Ranked(best, List.of(), Optional.empty());
  }
}
