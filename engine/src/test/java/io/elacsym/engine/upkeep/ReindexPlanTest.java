package io.elacsym.engine.upkeep;

import static org.assertj.core.api.Assertions.assertThat;

import io.elacsym.api.Encoding;
import io.elacsym.engine.manifest.Recipe;
import io.elacsym.engine.manifest.SegmentEntry;
import io.elacsym.engine.manifest.SegmentEntry.BlobRef;
import io.elacsym.engine.manifest.SegmentEntry.IndexEntry;
import io.elacsym.engine.manifest.SegmentEntry.IndexKind;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Which indexes are built anew. */
final class ReindexPlanTest {
  private static final Recipe WANTED = new Recipe("ivf v1 quantizer=flat");
  private static final Recipe OTHER = new Recipe("ivf v1 quantizer=sq8");
  private static final Recipe TEXT = new Recipe("bm25 v1");
  private static final Map<IndexKind, Recipe> BOTH =
      Map.of(IndexKind.VECTOR, WANTED, IndexKind.TEXT, TEXT);

  private static IndexEntry index(String field, IndexKind kind, Optional<Recipe> recipe) {
    return new IndexEntry(
        field, kind, Encoding.of("ivf", 1), recipe, new BlobRef("indexes/" + field, 10));
  }

  private static SegmentEntry segment(String id, int rows, IndexEntry... indexes) {
    return new SegmentEntry(
        id,
        Encoding.of("rows", 1),
        new BlobRef("segments/" + id, rows),
        new BlobRef("segments/" + id + ".envelope", rows),
        rows,
        rows,
        List.of(indexes),
        Optional.empty());
  }

  private static List<String> fields(ReindexPlan plan) {
    return plan.steps().stream()
        .flatMap(step -> step.indexes().stream())
        .map(IndexEntry::field)
        .toList();
  }

  private static final List<SegmentEntry> SEGMENTS =
      List.of(
          segment(
              "a",
              5,
              index("right", IndexKind.VECTOR, Optional.of(WANTED)),
              index("wrong", IndexKind.VECTOR, Optional.of(OTHER)),
              index("unknown", IndexKind.VECTOR, Optional.empty()),
              index("year", IndexKind.ATTRIBUTE, Optional.empty())),
          segment("b", 7, index("text", IndexKind.TEXT, Optional.of(TEXT))),
          segment("c", 9, index("old text", IndexKind.TEXT, Optional.of(new Recipe("bm25 v0")))));

  @Test
  void whatHasAnotherRecipeOrAnUnknownOneIsBuiltAnewAndNothingElse() {
    ReindexPlan plan = ReindexPlan.of(SEGMENTS, BOTH, Set.of());
    assertThat(fields(plan)).containsExactly("wrong", "unknown", "old text");
    assertThat(plan.segments()).isEqualTo(2);
    assertThat(plan.rows()).isEqualTo(14);
  }

  @Test
  void aKindThatIsNotWantedStays() {
    assertThat(fields(ReindexPlan.of(SEGMENTS, Map.of(IndexKind.TEXT, TEXT), Set.of())))
        .containsExactly("old text");
  }

  @Test
  void whatIsDistrustedIsBuiltAnewThoughItsRecipeIsRight() {
    assertThat(fields(ReindexPlan.of(SEGMENTS, BOTH, Set.of("indexes/right", "indexes/year"))))
        .containsExactly("right", "wrong", "unknown", "old text");
  }

  @Test
  void aSegmentWithVeryManyIndexesTakesSeveralCommitsAndCountsOnce() {
    IndexEntry[] many =
        IntStream.range(0, 2 * ReindexPlan.MOST_AT_ONCE + 1)
            .mapToObj(i -> index("f" + i, IndexKind.TEXT, Optional.empty()))
            .toArray(IndexEntry[]::new);
    ReindexPlan plan = ReindexPlan.of(List.of(segment("m", 3, many)), BOTH, Set.of());
    assertThat(plan.steps()).map(step -> step.indexes().size()).containsExactly(16, 16, 1);
    assertThat(plan.steps()).map(ReindexPlan.Step::last).containsExactly(false, false, true);
    assertThat(plan.segments()).isEqualTo(1);
    assertThat(plan.rows()).isEqualTo(3);
  }
}
