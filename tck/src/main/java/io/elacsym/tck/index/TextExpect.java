package io.elacsym.tck.index;

import io.elacsym.api.index.RowSet;
import io.elacsym.api.index.TextHits;
import io.elacsym.api.index.TextQuery;
import io.elacsym.api.index.TextStatistics;
import io.elacsym.tck.expect.Expect;
import io.elacsym.tck.oracle.ReferenceBm25;
import java.util.Arrays;
import java.util.List;

/** Comparing rankings. */
final class TextExpect {
  /**
   * How far two scores may differ, relative to their size: float sums depend on the order of
   * adding.
   */
  static final double ROUNDING = 1e-4;

  /** How far a rounded text length may move a score; Lucene keeps four bits of it. */
  static final double LENGTH_ROUNDING = 0.13;

  private TextExpect() {}

  /**
   * Expects the oracle's ranking; rows whose scores are equal but for rounding may change places.
   */
  static void ranking(ReferenceBm25 oracle, TextQuery query, TextHits seen) {
    TextHits expected = oracle.search(query);
    Expect.equal("number of hits of " + query.terms(), expected.rows().length, seen.rows().length);
    for (int i = 0; i < expected.rows().length; i++) {
      int row = seen.rows()[i];
      double own = oracle.score(query, row);
      near("score of row " + row + " for " + query.terms(), own, seen.scores()[i], ROUNDING);
      near(
          "score at rank " + (i + 1) + " for " + query.terms() + ", where row " + row + " stands,",
          expected.scores()[i],
          seen.scores()[i],
          ROUNDING);
    }
    sorted(seen);
  }

  static void sorted(TextHits hits) {
    int[] rows = hits.rows();
    float[] scores = hits.scores();
    for (int i = 0; i < rows.length; i++) {
      int now = i;
      Expect.that(scores[i] > 0, () -> "score of row " + rows[now] + " is " + scores[now]);
      Expect.that(
          i == 0
              || scores[i - 1] > scores[i]
              || (scores[i - 1] == scores[i] && rows[i - 1] < rows[i]),
          () ->
              "row "
                  + rows[now - 1]
                  + " ("
                  + scores[now - 1]
                  + ") stands before row "
                  + rows[now]
                  + " ("
                  + scores[now]
                  + ")");
    }
  }

  static void near(String what, double expected, double seen, double tolerance) {
    Expect.that(
        Math.abs(expected - seen) <= tolerance * Math.max(1e-3, Math.abs(expected)),
        () -> what + " is " + seen + ", expected " + expected);
  }

  static void rows(String what, List<Integer> expected, TextHits seen) {
    Expect.equal(what, expected, Arrays.stream(seen.rows()).boxed().toList());
  }

  static void statistics(
      ReferenceBm25 oracle, List<String> terms, RowSet live, TextStatistics seen) {
    TextStatistics expected = oracle.statistics(terms, live);
    Expect.equal("documents", expected.documents(), seen.documents());
    Expect.equal("total terms", expected.totalTerms(), seen.totalTerms());
    for (String term : terms) {
      Expect.equal(
          "document frequency of " + term,
          expected.documentFrequency(term),
          seen.documentFrequency(term));
    }
  }
}
