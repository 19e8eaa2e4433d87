package io.elacsym.index.hnsw.build;

import io.elacsym.index.hnsw.graph.Graph;
import io.elacsym.index.hnsw.graph.Links;
import java.util.Arrays;

/**
 * What a graph takes over from a former one: the links between nodes that it has, too. Of a node it
 * has level 0, and those upper ones on which the node is in both graphs.
 *
 * @param graph the former one
 * @param levelSizes of the former one
 * @param nodes the former node of each number, or {@link #NONE}
 * @param slots the former slot of each number, or {@link #NONE}
 * @param numbers the number of each former node, or {@link #NONE}
 */
record Inheritance(Graph graph, int[] levelSizes, int[] nodes, int[] slots, int[] numbers) {
  static final int NONE = -1;

  /** How many nodes are taken over. */
  int size() {
    return (int) Arrays.stream(nodes).filter(node -> node != NONE).count();
  }

  /**
   * On how many levels a node has links already, the lowest ones.
   *
   * @param highest level of the node
   */
  int levels(int number, int highest) {
    if (nodes[number] == NONE) {
      return 0;
    }
    int levels = 1;
    while (levels <= highest && isOn(levels, slots[number])) {
      levels++;
    }
    return levels;
  }

  private boolean isOn(int level, int slot) {
    return slot != NONE && level <= levelSizes.length && slot < levelSizes[level - 1];
  }

  /** How many links the former node of a number has on a level. */
  int count(int level, int number) {
    return links(level).count(id(level, number));
  }

  /** A link of that node: what it leads to in the former graph. */
  int link(int level, int number, int i) {
    return links(level).get(id(level, number), i);
  }

  /** The number of what a link leads to; {@link #NONE} if it is gone. */
  int number(int level, int link) {
    return numbers[level == 0 ? link : graph.slotNodes()[link]];
  }

  /** The links of the former graph on a level. */
  Links links(int level) {
    return graph.level(level);
  }

  private int id(int level, int number) {
    return level == 0 ? nodes[number] : slots[number];
  }
}
