package io.elacsym.index.hnsw.build;

import java.util.Arrays;

/**
 * A numbering in which near vectors have near numbers, so that a search touches fewer pages of
 * memory, and, when the segment follows it, fewer pages of the file.
 *
 * <p>The levels are a tree for free: the nearest node found one level up is a node's parent.
 * Walking that tree depth first puts the cluster around every upper node side by side, at every
 * level.
 */
final class LocalityOrder {
  private LocalityOrder() {}

  /**
   * @param parents as {@link GraphBuilder#parents}
   * @param roots how many nodes are on the top level: those without a parent
   * @return {@code order[new] = old}
   */
  static int[] of(int[] parents, int roots) {
    int count = parents.length;
    int[] firstChild = new int[count];
    int[] nextSibling = new int[count];
    Arrays.fill(firstChild, -1);
    for (int node = count - 1; node >= roots; node--) {
      nextSibling[node] = firstChild[parents[node]];
      firstChild[parents[node]] = node;
    }
    int[] order = new int[count];
    int[] stack = new int[count];
    int size = 0;
    for (int root = 0; root < roots; root++) {
      int depth = 0;
      stack[depth++] = root;
      while (depth > 0) {
        int node = stack[--depth];
        order[size++] = node;
        if (node >= roots && nextSibling[node] >= 0) {
          stack[depth++] = nextSibling[node];
        }
        if (firstChild[node] >= 0) {
          stack[depth++] = firstChild[node];
        }
      }
    }
    return order;
  }
}
