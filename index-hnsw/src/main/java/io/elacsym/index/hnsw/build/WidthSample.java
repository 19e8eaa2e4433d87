package io.elacsym.index.hnsw.build;

/**
 * What beams of one width found.
 *
 * @param scored of each query how many vectors were compared
 * @param hits1 whether the nearest was found, 0 or 1
 * @param hits10 how many of the 10 nearest were found
 * @param hits100 how many of the 100 nearest were found; 0 below width 100
 */
record WidthSample(int width, int[] scored, int[] hits1, int[] hits10, int[] hits100) {
  WidthSample(int width, int queries) {
    this(width, new int[queries], new int[queries], new int[queries], new int[queries]);
  }
}
