package io.elacsym.api.index;

import java.util.List;

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

  /** The best accepted rows that have at least one of the terms; fewer than k if fewer have. */
  TextHits search(TextQuery query);

  /**
   * Scores of given rows, in any order, also repeated; 0 for a row that has none of the terms.
   * Neither {@code k} nor which rows are accepted is looked at: the host has found these rows by
   * other means and knows that it may have them.
   */
  float[] score(TextQuery query, int[] rows);

  @Override
  void close();
}
