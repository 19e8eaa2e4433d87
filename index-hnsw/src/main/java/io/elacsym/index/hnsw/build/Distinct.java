package io.elacsym.index.hnsw.build;

import java.util.Arrays;

/**
 * Which items have equal vectors. The graph has one node for all of them: many equal vectors would
 * otherwise fill each other's lists, and a search that came among them would not get out again.
 *
 * @param starts where the members of each group begin; one more than groups
 * @param members items, group after group, ascending within each; groups by their first item
 */
record Distinct(int[] starts, int[] members) {

  /** Gives the vectors to compare. */
  interface Source {
    /** Copies the vector of {@code item} to the front of {@code to}. */
    void copy(int item, float[] to);
  }

  int groups() {
    return starts.length - 1;
  }

  /** The item whose vector stands for the group. */
  int first(int group) {
    return members[starts[group]];
  }

  /** The group of each item. */
  int[] groupOf() {
    int[] groupOf = new int[members.length];
    for (int group = 0; group < groups(); group++) {
      for (int i = starts[group]; i < starts[group + 1]; i++) {
        groupOf[members[i]] = group;
      }
    }
    return groupOf;
  }

  static Distinct of(int count, int dimension, Source source) {
    int[] same = firstEqual(count, dimension, source);
    int groups = 0;
    for (int item = 0; item < count; item++) {
      groups += same[item] == item ? 1 : 0;
    }
    int[] groupOf = new int[count];
    int[] starts = new int[groups + 1];
    int next = 0;
    for (int item = 0; item < count; item++) {
      groupOf[item] = same[item] == item ? next++ : groupOf[same[item]];
      starts[groupOf[item] + 1]++;
    }
    for (int group = 0; group < groups; group++) {
      starts[group + 1] += starts[group];
    }
    int[] members = new int[count];
    int[] at = Arrays.copyOf(starts, groups);
    for (int item = 0; item < count; item++) {
      members[at[groupOf[item]]++] = item;
    }
    return new Distinct(starts, members);
  }

  /** For each item the first item with the same vector, which may be itself. */
  private static int[] firstEqual(int count, int dimension, Source source) {
    float[] one = new float[dimension];
    float[] other = new float[dimension];
    long[] hashes = new long[count];
    for (int item = 0; item < count; item++) {
      source.copy(item, one);
      hashes[item] = ((long) Arrays.hashCode(one) << 32) | item;
    }
    Arrays.sort(hashes);
    int[] same = new int[count];
    for (int i = 0; i < count; i++) {
      int item = (int) hashes[i];
      same[item] = item;
      // Equal hashes stand side by side, the first items first.
      boolean copied = false;
      for (int j = i - 1; j >= 0 && hashes[j] >> 32 == hashes[i] >> 32; j--) {
        if (!copied) {
          source.copy(item, one);
          copied = true;
        }
        int candidate = same[(int) hashes[j]];
        source.copy(candidate, other);
        if (Arrays.equals(one, other)) {
          same[item] = candidate;
          break;
        }
      }
    }
    return same;
  }
}
