package io.elacsym.engine.upkeep;

import io.elacsym.engine.manifest.Recipe;
import io.elacsym.engine.manifest.SegmentEntry;
import io.elacsym.engine.manifest.SegmentEntry.IndexEntry;
import io.elacsym.engine.manifest.SegmentEntry.IndexKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which indexes to build anew, and which of them with one commit. A pure function of what is
 * stored: so whoever asks again, after a restart say, goes on where the last one has ended.
 *
 * @param steps what to do, in this order
 */
public record ReindexPlan(List<Step> steps) {
  /**
   * Most indexes of one commit. Each is a temporary file until then, and a segment of a namespace
   * with the most attributes has more than a process may open.
   */
  static final int MOST_AT_ONCE = 16;

  public ReindexPlan {
    steps = List.copyOf(steps);
  }

  /**
   * Indexes of one segment.
   *
   * @param rows of the segment
   * @param last whether there is no later step for the same segment
   */
  public record Step(String segmentId, int rows, List<IndexEntry> indexes, boolean last) {
    public Step {
      indexes = List.copyOf(indexes);
    }
  }

  /**
   * @param recipes what the indexes of a kind shall be built by
   * @param distrusted names of objects that are to be built anew even though they are
   */
  public static ReindexPlan of(
      List<SegmentEntry> segments, Map<IndexKind, Recipe> recipes, Set<String> distrusted) {
    List<Step> steps = new ArrayList<>();
    for (SegmentEntry segment : segments) {
      List<IndexEntry> wrong =
          segment.indexes().stream()
              .filter(index -> recipes.containsKey(index.kind()))
              .filter(index -> !isRight(index, recipes) || distrusted.contains(index.blob().name()))
              .toList();
      for (int from = 0; from < wrong.size(); from += MOST_AT_ONCE) {
        int to = Math.min(wrong.size(), from + MOST_AT_ONCE);
        steps.add(
            new Step(segment.id(), segment.rows(), wrong.subList(from, to), to == wrong.size()));
      }
    }
    return new ReindexPlan(steps);
  }

  /** An index of which nobody knows how it was built is not right. */
  private static boolean isRight(IndexEntry index, Map<IndexKind, Recipe> recipes) {
    return index.recipe().filter(recipe -> recipe.equals(recipes.get(index.kind()))).isPresent();
  }

  boolean isEmpty() {
    return steps.isEmpty();
  }

  int segments() {
    return (int) steps.stream().filter(Step::last).count();
  }

  long rows() {
    return steps.stream().filter(Step::last).mapToLong(Step::rows).sum();
  }
}
