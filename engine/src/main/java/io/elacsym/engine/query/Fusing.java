package io.elacsym.engine.query;

import io.elacsym.engine.model.Ranking;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Makes one ranking of several. */
final class Fusing {
  private Fusing() {}

  /** A document, which is alive in one place only; its id would have to be looked up. */
  private record Row(Part part, int row) {}

  /**
   * Fuses what the clauses of a fusion have ranked.
   *
   * @param ranked for each clause its documents, best first
   * @return the documents with their fused scores, in no order
   */
  static List<Candidate> fused(Ranking.Fusion fusion, List<List<Candidate>> ranked) {
    Map<Row, Candidate> fused = new HashMap<>();
    for (int i = 0; i < ranked.size(); i++) {
      double weight = fusion.clauses().get(i).weight();
      double[] shares = shares(fusion.method(), ranked.get(i));
      for (int rank = 0; rank < shares.length; rank++) {
        Candidate candidate = ranked.get(i).get(rank);
        fused.merge(
            new Row(candidate.part(), candidate.row()),
            new Candidate(candidate.part(), candidate.row(), weight * shares[rank]),
            (a, b) -> new Candidate(a.part(), a.row(), a.score() + b.score()));
      }
    }
    return new ArrayList<>(fused.values());
  }

  /** What each place of a ranking counts, before it is weighed. */
  static double[] shares(Ranking.Method method, List<Candidate> ranked) {
    double[] shares = new double[ranked.size()];
    switch (method) {
      case Ranking.Method.ReciprocalRank(int constant) -> {
        for (int rank = 0; rank < shares.length; rank++) {
          shares[rank] = 1.0 / (constant + rank + 1);
        }
      }
      case Ranking.Method.NormalizedScore() -> {
        // Halves, because the distance between values of an attribute may be infinite.
        double least = ranked.isEmpty() ? 0 : ranked.getLast().score() / 2;
        double range = ranked.isEmpty() ? 0 : ranked.getFirst().score() / 2 - least;
        for (int rank = 0; rank < shares.length; rank++) {
          shares[rank] = range > 0 ? (ranked.get(rank).score() / 2 - least) / range : 1;
        }
      }
    }
    return shares;
  }
}
