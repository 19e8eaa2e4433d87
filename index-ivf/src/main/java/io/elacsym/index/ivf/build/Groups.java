package io.elacsym.index.ivf.build;

import java.util.Arrays;
import java.util.stream.IntStream;

/** Positions sorted into groups. */
final class Groups {
  private Groups() {}

  /** The positions that belong to one group, ascending. */
  static int[] where(int[] groupOf, int group) {
    return IntStream.range(0, groupOf.length).filter(i -> groupOf[i] == group).toArray();
  }

  /** For each group from 0 to {@code count - 1}, the positions that belong to it, ascending. */
  static int[][] positions(int[] groupOf, int count) {
    int[] sizes = new int[count];
    for (int group : groupOf) {
      sizes[group]++;
    }
    int[][] groups = new int[count][];
    Arrays.setAll(groups, group -> new int[sizes[group]]);
    for (int position = groupOf.length - 1; position >= 0; position--) {
      int group = groupOf[position];
      groups[group][--sizes[group]] = position;
    }
    return groups;
  }
}
