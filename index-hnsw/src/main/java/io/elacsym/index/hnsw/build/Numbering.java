package io.elacsym.index.hnsw.build;

import io.elacsym.api.index.FormerVectorIndex;
import io.elacsym.index.hnsw.blob.v1.Former;
import io.elacsym.index.hnsw.graph.Graph;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Which number each group of equal vectors has while its node is linked: higher levels come first,
 * and nodes that are held out of the graph while it is measured come last. Both are chosen at
 * random.
 *
 * @param groups the group of each number
 * @param heldOut how many of the last numbers are held out
 * @param inheritance what is taken over from a former graph
 */
record Numbering(int[] groups, int heldOut, Optional<Inheritance> inheritance) {

  /** Without a former graph. */
  static Numbering fresh(int count, int heldOut, long seed) {
    return new Numbering(Shuffle.of(count, seed), heldOut, Optional.empty());
  }

  /**
   * With a former graph, of which nodes that are to be held out are not taken over.
   *
   * @param items of the former rows, as {@link FormerVectorIndex#items}
   * @param slots how many nodes are to be on upper levels
   * @return empty when too little would be taken over
   */
  static Optional<Numbering> after(
      Former former, int[] items, Distinct distinct, int heldOut, int slots, long seed) {
    Graph graph = former.graph().orElseThrow();
    int count = distinct.groups();
    int[] shuffled = Shuffle.of(count, seed);
    int[] groupOf = groups(former, items, distinct);
    int[] nodeOf = new int[count];
    Arrays.fill(nodeOf, Inheritance.NONE);
    for (int node = 0; node < groupOf.length; node++) {
      if (groupOf[node] != Inheritance.NONE) {
        nodeOf[groupOf[node]] = node;
      }
    }
    for (int i = count - heldOut; i < count; i++) {
      nodeOf[shuffled[i]] = Inheritance.NONE;
    }
    int[] kept =
        Arrays.stream(graph.slotNodes())
            .map(node -> groupOf[node])
            .filter(group -> group != Inheritance.NONE && nodeOf[group] != Inheritance.NONE)
            .toArray();
    int size = (int) Arrays.stream(nodeOf).filter(node -> node != Inheritance.NONE).count();
    if (kept.length == 0 || 2L * size < count) {
      return Optional.empty();
    }
    int[] groups = new Order(shuffled, nodeOf, heldOut, slots, kept, seed).groups();
    return Optional.of(
        new Numbering(groups, heldOut, Optional.of(inheritance(former, graph, groups, nodeOf))));
  }

  /** The group of each former node, or {@link Inheritance#NONE}; different for each. */
  private static int[] groups(Former former, int[] items, Distinct distinct) {
    int[] groupOfItem = distinct.groupOf();
    int[] groups = new int[former.layout().nodes()];
    BitSet taken = new BitSet(distinct.groups());
    for (int node = 0; node < groups.length; node++) {
      groups[node] = Inheritance.NONE;
      for (int place = former.rows().start(node); place < former.rows().end(node); place++) {
        int item = items[former.rows().row(place)];
        if (item != FormerVectorIndex.GONE && !taken.get(groupOfItem[item])) {
          groups[node] = groupOfItem[item];
          taken.set(groups[node]);
          break;
        }
      }
    }
    return groups;
  }

  private static Inheritance inheritance(Former former, Graph graph, int[] groups, int[] nodeOf) {
    int[] nodes = new int[groups.length];
    int[] numbers = new int[former.layout().nodes()];
    Arrays.fill(numbers, Inheritance.NONE);
    for (int number = 0; number < groups.length; number++) {
      nodes[number] = nodeOf[groups[number]];
      if (nodes[number] != Inheritance.NONE) {
        numbers[nodes[number]] = number;
      }
    }
    int[] slots = new int[groups.length];
    Arrays.fill(slots, Inheritance.NONE);
    for (int slot = 0; slot < graph.slotNodes().length; slot++) {
      int number = numbers[graph.slotNodes()[slot]];
      if (number != Inheritance.NONE) {
        slots[number] = slot;
      }
    }
    return new Inheritance(graph, former.layout().levelSizes(), nodes, slots, numbers);
  }

  /**
   * Numbers with a former graph. Former slots stay in their order, so that most stay on their
   * levels; between them come new nodes, as many as will make every level a random sample of all.
   *
   * @param shuffled all groups in random order
   * @param nodeOf the former node of each group, or {@link Inheritance#NONE}
   * @param kept groups of the former slots, in their order, at least one
   */
  private record Order(
      int[] shuffled, int[] nodeOf, int heldOut, int slots, int[] kept, long seed) {
    int[] groups() {
      int[] fresh = others(false);
      int[] old = others(true);
      int[] groups = new int[shuffled.length];
      int keptSlots = Math.min(kept.length, slots);
      int freshSlots = Math.min(fresh.length, slots - keptSlots);
      SplittableRandom random = new SplittableRandom(seed);
      int next = 0;
      int keptLeft = keptSlots;
      int freshLeft = freshSlots;
      while (keptLeft + freshLeft > 0) {
        // The first is where searches begin, and so a node that has links.
        boolean fromKept = next == 0 || random.nextInt(keptLeft + freshLeft) < keptLeft;
        groups[next++] = fromKept ? kept[keptSlots - keptLeft--] : fresh[freshSlots - freshLeft--];
      }
      next = copy(old, 0, groups, next);
      next = copy(kept, keptSlots, groups, next);
      next = copy(fresh, freshSlots, groups, next);
      System.arraycopy(shuffled, shuffled.length - heldOut, groups, next, heldOut);
      return groups;
    }

    private static int copy(int[] from, int first, int[] to, int next) {
      System.arraycopy(from, first, to, next, from.length - first);
      return next + from.length - first;
    }

    /** Those that are neither former slots nor held out, former nodes or not, in random order. */
    private int[] others(boolean former) {
      BitSet slotted = new BitSet(shuffled.length);
      Arrays.stream(kept).forEach(slotted::set);
      return Arrays.stream(shuffled, 0, shuffled.length - heldOut)
          .filter(group -> !slotted.get(group))
          .filter(group -> (nodeOf[group] != Inheritance.NONE) == former)
          .toArray();
    }
  }
}
