package io.elacsym.index.ivf.build;

import io.elacsym.api.VectorMath;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Items grouped into lists of about the wanted size. None is larger than twice, few are smaller
 * than a quarter of it.
 *
 * @param lists items of each list, ascending; none is empty, each item is in one
 */
record Clustering(List<int[]> lists) {

  /** Everything in one list. */
  static Clustering single(int count) {
    int[] all = new int[count];
    Arrays.setAll(all, i -> i);
    return new Clustering(List.of(all));
  }

  static Clustering of(
      Vectors vectors, int listRows, SplittableRandom random, Parallel parallel, VectorMath math) {
    int wanted = Math.max(1, Math.round((float) vectors.count() / listRows));
    CentroidTree tree = CentroidTree.train(vectors, wanted, random, parallel, math);
    int[] everything = single(vectors.count()).lists().getFirst();
    int[] assigned = tree.assign(everything, new boolean[tree.count()], parallel);
    dissolveTiny(tree, assigned, listRows / 4, parallel);
    List<int[]> lists = new ArrayList<>();
    KMeans splitter = new KMeans(vectors, 4, math);
    for (int[] list : Groups.positions(assigned, tree.count())) {
      addSplit(list, listRows, splitter, random, lists);
    }
    return new Clustering(lists);
  }

  private static void dissolveTiny(
      CentroidTree tree, int[] assigned, int least, Parallel parallel) {
    int[] sizes = new int[tree.count()];
    for (int list : assigned) {
      sizes[list]++;
    }
    boolean[] closed = new boolean[tree.count()];
    boolean anyOpen = false;
    for (int list = 0; list < sizes.length; list++) {
      closed[list] = sizes[list] < least;
      anyOpen |= !closed[list];
    }
    if (!anyOpen) {
      return;
    }
    int[] homeless = new int[assigned.length];
    int count = 0;
    for (int item = 0; item < assigned.length; item++) {
      if (closed[assigned[item]]) {
        homeless[count++] = item;
      }
    }
    int[] items = Arrays.copyOf(homeless, count);
    int[] moved = tree.assign(items, closed, parallel);
    for (int i = 0; i < count; i++) {
      assigned[items[i]] = moved[i];
    }
  }

  private static void addSplit(
      int[] list, int listRows, KMeans splitter, SplittableRandom random, List<int[]> to) {
    if (list.length == 0) {
      return;
    }
    if (list.length <= 2 * listRows) {
      to.add(list);
      return;
    }
    int parts = Math.ceilDiv(list.length, listRows);
    for (int[] part : splitter.split(list, parts, random)) {
      if (part.length <= 2 * listRows) {
        if (part.length > 0) {
          to.add(part);
        }
        continue;
      }
      // Vectors that do not part, such as equal ones, are cut anywhere.
      int pieces = Math.ceilDiv(part.length, listRows);
      for (int i = 0; i < pieces; i++) {
        int from = (int) ((long) part.length * i / pieces);
        int end = (int) ((long) part.length * (i + 1) / pieces);
        to.add(Arrays.copyOfRange(part, from, end));
      }
    }
  }
}
