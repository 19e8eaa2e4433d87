package io.elacsym.engine.query;

import io.elacsym.engine.model.DocId;
import java.util.Comparator;

/**
 * A row that may be among the results.
 *
 * @param score higher is better
 */
record Candidate(Part part, int row, double score) {
  /** Best first; equal scores by ascending id. */
  static final Comparator<Candidate> BEST_FIRST =
      Comparator.comparingDouble(Candidate::score).reversed().thenComparing(Candidate::id);

  DocId id() {
    return part.id(row);
  }
}
