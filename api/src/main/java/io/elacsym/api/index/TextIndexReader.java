package io.elacsym.api.index;

import java.util.List;
import java.util.Optional;

/**
 * Ranks the rows of one segment, or of the live buffer, by BM25. Safe for use by many threads.
 *
 * <p>Scores use the statistics in the query, which the engine has added up over all segments and
 * the live buffer: a row's score does not depend on the segment in which it lies, on neighbours
 * that were deleted, or on whether it was flushed.
 */
public interface TextIndexReader extends AutoCloseable {
  /**
   * Counts for global statistics, over live rows only.
   *
   * @param terms analysed terms; repeats count once
   * @param live the rows that are not deleted
   */
  TextStatistics statistics(List<String> terms, RowSet live);

  /**
   * The terms that a pattern means, by falling weight, those of one weight by ascending code
   * points; only such that a live row has.
   *
   * @param limit at most so many, from 1
   */
  List<WeightedTerm> terms(TermPattern pattern, RowSet live, int limit);

  /** The best accepted rows that the clause finds; fewer than k if fewer are found. */
  TextHits search(TextQuery query);

  /**
   * Scores of given rows, in any order, also repeated; 0 for a row that the clause does not find.
   * Neither {@code k} nor which rows are accepted is looked at: the host has found these rows by
   * other means and knows that it may have them.
   */
  float[] score(TextQuery query, int[] rows);

  /**
   * All rows that a clause finds.
   *
   * @param accept among these
   */
  RowSet matching(TextClause clause, RowSet accept);

  /**
   * How often rows have terms and phrases, and how long they are: with that the host scores several
   * fields as one text, and explains scores.
   *
   * @param clauses terms and phrases only
   * @param rows ascending, each once
   * @return empty if this index cannot tell
   */
  default Optional<TextFrequencies> frequencies(List<TextClause> clauses, int[] rows) {
    return Optional.empty();
  }

  @Override
  void close();
}
