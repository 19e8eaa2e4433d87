package io.elacsym.engine.query;

import io.elacsym.engine.model.DocId;
import io.elacsym.engine.model.Ranking;
import io.elacsym.engine.model.ScoreExplanation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Explains what each clause of a fusion gives to a hit.
 *
 * @param ranked for each clause its documents, best first
 * @param explain for each clause how a document came to its score there
 */
record FusedExplainer(
    Ranking.Fusion fusion,
    List<List<Candidate>> ranked,
    List<Optional<Function<Candidate, ScoreExplanation>>> explain) {
  ScoreExplanation explain(Candidate hit) {
    List<ScoreExplanation.Share> shares = new ArrayList<>();
    double sum = 0;
    for (int clause = 0; clause < ranked.size(); clause++) {
      List<Candidate> own = ranked.get(clause);
      int place = place(own, hit.id());
      if (place < own.size() && explain.get(clause).isPresent()) {
        double weight = fusion.clauses().get(clause).weight();
        double share = Fusing.shares(fusion.method(), own)[place];
        ScoreExplanation part = explain.get(clause).get().apply(own.get(place));
        shares.add(new ScoreExplanation.Share(clause, weight, place + 1, share, part));
        sum += weight * share;
      }
    }
    return new ScoreExplanation.Fused(sum, shares);
  }

  /** Where a document stands, or how many there are. */
  private static int place(List<Candidate> ranked, DocId id) {
    int place = 0;
    while (place < ranked.size() && !ranked.get(place).id().equals(id)) {
      place++;
    }
    return place;
  }
}
