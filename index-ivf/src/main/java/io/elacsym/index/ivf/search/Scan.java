package io.elacsym.index.ivf.search;

/** Scores items. For one thread. */
sealed interface Scan permits CodeScan, VectorScan {

  /**
   * Reads and scores the accepted items of some lists.
   *
   * @param lists the most promising one first: the sooner good items are found, the fewer others
   *     need a second look
   */
  void visit(int[] lists);

  /**
   * The score that so many of the items scored so far reach, or a little less; negative infinity
   * before there are so many.
   */
  float score(int rank);

  /** How many accepted items were scored so far. */
  int scored();
}
