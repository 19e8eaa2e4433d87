package io.elacsym.engine.border;

import io.elacsym.api.index.RowSet;
import io.elacsym.api.index.TextFrequencies;
import io.elacsym.api.index.TextHits;
import io.elacsym.api.index.TextQuery;
import io.elacsym.api.index.TextStatistics;
import io.elacsym.api.index.VectorHits;
import io.elacsym.api.index.VectorQuery;
import io.elacsym.api.index.WeightedTerm;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Whether what an index has found is what its interface promises, as far as that can be seen
 * without searching again. It costs as much as looking at each hit a few times.
 */
public final class HitCheck {
  private HitCheck() {}

  /**
   * Looks at nearest rows.
   *
   * @param count how many rows have a vector, as the index says
   * @return what is wrong, in words that are the same for all such answers; empty when nothing is
   */
  public static Optional<String> of(VectorHits hits, VectorQuery query, int count) {
    Optional<String> wrong = hits(hits.rows(), hits.scores(), query.k(), query.accept());
    if (wrong.isPresent()) {
      return wrong;
    }
    int without = query.accept().rowCount() - count;
    int least = Math.min(query.k(), query.accept().cardinality() - without);
    // Below the bar rows may be missing.
    boolean all = query.bar().score() == Float.NEGATIVE_INFINITY;
    return all && hits.rows().length < least
        ? Optional.of("search gave fewer rows than are accepted and wanted")
        : Optional.empty();
  }

  /** The same for rows that have terms. */
  public static Optional<String> of(TextHits hits, TextQuery query) {
    Optional<String> wrong = hits(hits.rows(), hits.scores(), query.k(), query.accept());
    if (wrong.isPresent()) {
      return wrong;
    }
    float[] scores = hits.scores();
    return scores.length > 0 && scores[scores.length - 1] <= 0
        ? Optional.of("search gave a score that is not more than 0")
        : Optional.empty();
  }

  /**
   * The same for scores of given rows.
   *
   * @param rows how many scores there must be
   */
  public static Optional<String> ofScores(float[] scores, int rows) {
    if (scores.length != rows) {
      return Optional.of("score gave another number of scores than of rows");
    }
    for (float score : scores) {
      if (!Float.isFinite(score) || score < 0) {
        return Optional.of("score gave a score that is no number from 0 on");
      }
    }
    return Optional.empty();
  }

  /** The same for the terms that a pattern means. */
  public static Optional<String> ofTerms(List<WeightedTerm> terms, int limit) {
    if (terms.size() > limit) {
      return Optional.of("terms gave more terms than were wanted");
    }
    float before = 1;
    Set<String> seen = new HashSet<>();
    for (WeightedTerm term : terms) {
      if (!(term.weight() > 0 && term.weight() <= before)) {
        return Optional.of("terms gave weights that are not falling numbers from 0 to 1");
      }
      if (!seen.add(term.term())) {
        return Optional.of("terms gave a term twice");
      }
      before = term.weight();
    }
    return Optional.empty();
  }

  /** The same for all rows that a clause finds. */
  public static Optional<String> ofRows(RowSet rows, RowSet accept) {
    return rows.rowCount() == accept.rowCount()
            && rows.and(accept).cardinality() == rows.cardinality()
        ? Optional.empty()
        : Optional.of("matching gave rows that are not accepted");
  }

  /**
   * The same for what scores are made of.
   *
   * @param clauses how many were asked for
   * @param rows likewise
   */
  public static Optional<String> of(TextFrequencies frequencies, int clauses, int rows) {
    if (frequencies.counts().size() != clauses
        || frequencies.lengths().length != rows
        || Arrays.stream(frequencies.lengths()).anyMatch(length -> length < 0)) {
      return Optional.of("frequencies gave other lengths or clauses than were asked for");
    }
    for (float[] counts : frequencies.counts()) {
      if (ofScores(counts, rows).isPresent()) {
        return Optional.of("frequencies gave counts that are no numbers from 0 on, one for a row");
      }
    }
    return Optional.empty();
  }

  /** The same for counts over live rows. */
  public static Optional<String> of(TextStatistics statistics, RowSet live) {
    long most = statistics.documents();
    boolean plausible =
        most >= 0
            && most <= live.cardinality()
            && statistics.totalTerms() >= most
            && statistics.documentFrequencies().values().stream()
                .allMatch(count -> count >= 0 && count <= most);
    return plausible
        ? Optional.empty()
        : Optional.of("statistics gave counts that do not fit each other or the live rows");
  }

  private static Optional<String> hits(int[] rows, float[] scores, int k, RowSet accept) {
    if (rows.length > k) {
      return Optional.of("search gave more rows than were wanted");
    }
    float before = Float.POSITIVE_INFINITY;
    for (int i = 0; i < rows.length; i++) {
      if (rows[i] < 0 || rows[i] >= accept.rowCount()) {
        return Optional.of("search gave a row that the segment does not have");
      }
      if (!accept.contains(rows[i])) {
        return Optional.of("search gave a row that is not accepted");
      }
      if (!Float.isFinite(scores[i])) {
        return Optional.of("search gave a score that is no finite number");
      }
      if (scores[i] > before) {
        return Optional.of("search gave rows that are not in the order of their scores");
      }
      before = scores[i];
    }
    return isRepeated(rows) ? Optional.of("search gave a row twice") : Optional.empty();
  }

  private static boolean isRepeated(int[] rows) {
    int[] sorted = rows.clone();
    Arrays.sort(sorted);
    for (int i = 1; i < sorted.length; i++) {
      if (sorted[i] == sorted[i - 1]) {
        return true;
      }
    }
    return false;
  }
}
