package io.elacsym.engine.query;

import io.elacsym.engine.model.ScoreExplanation;
import io.elacsym.engine.order.Position;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What a ranking gave.
 *
 * @param best best first
 * @param last the place of the last one, in an order of attributes
 * @param texts what its text queries are in their fields
 * @param explain how a row came to its score; empty where there is nothing to tell
 */
record Ranked(
    List<Candidate> best,
    Optional<Position> last,
    List<FieldText> texts,
    Optional<Function<Candidate, ScoreExplanation>> explain) {
  /** Of a ranking that knows no scores. */
  static Ranked unscored(List<Candidate> best) {
    return inOrder(best, Optional.empty());
  }

  /** In an order of attributes. */
  static Ranked inOrder(List<Candidate> best, Optional<Position> last) {
    return new Ranked(best, last, List.of(), Optional.empty());
  }

  /** By scores that can be explained. */
  static Ranked scored(
      List<Candidate> best, List<FieldText> texts, Function<Candidate, ScoreExplanation> explain) {
    return new Ranked(best, Optional.empty(), texts, Optional.of(explain));
  }

  /** The same ranking with other rows. */
  Ranked with(List<Candidate> other) {
    return new Ranked(other, last, texts, explain);
  }
}
