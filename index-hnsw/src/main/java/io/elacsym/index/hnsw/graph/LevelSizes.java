package io.elacsym.index.hnsw.graph;

import java.util.Arrays;

/**
 * How many nodes each upper level has. Malkov and Yashunin draw every node's level at random with
 * mean sizes count / m^level; taking exactly these sizes of randomly shuffled nodes is the same
 * without the noise, and gives nodes of higher levels the lower numbers.
 */
public final class LevelSizes {
  /** More levels cannot occur: a level has at most half the nodes of the one below. */
  public static final int MAX_LEVELS = 31;

  private LevelSizes() {}

  /** Sizes of level 1, 2, ..., at least one level. */
  public static int[] of(int count, int m) {
    int[] sizes = new int[MAX_LEVELS];
    int levels = 0;
    int size = Math.max(1, count / m);
    do {
      sizes[levels++] = size;
      size /= m;
    } while (size > 1);
    return Arrays.copyOf(sizes, levels);
  }
}
