package io.elacsym.index.hnsw.graph;

/**
 * The levels over one set of nodes, after Y. Malkov and D. Yashunin, "Efficient and robust
 * approximate nearest neighbor search using Hierarchical Navigable Small World graphs", 2016.
 *
 * <p>Level 0 links nodes. Upper levels link slots: see {@code docs/format/index-hnsw.md}.
 *
 * @param base level 0, by node
 * @param upper levels 1 and up, by slot
 * @param slotNodes the node of each slot
 */
public record Graph(Links base, Links[] upper, int[] slotNodes) {

  /** The highest level. */
  public int top() {
    return upper.length;
  }

  /** The links of a level, 0 for the base. */
  public Links level(int level) {
    return level == 0 ? base : upper[level - 1];
  }

  /** Where every search starts; slot 0 is on every level. */
  public int entryNode() {
    return slotNodes[0];
  }
}
