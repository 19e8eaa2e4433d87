package io.elacsym.index.hnsw.search;

import static org.assertj.core.api.Assertions.assertThat;

import io.elacsym.index.hnsw.graph.BeamWidth;
import io.elacsym.index.hnsw.graph.RecallCurve;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class SearchPlanTest {
  private static final int ROWS = 100_000;
  private static final RecallCurve CURVE =
      new RecallCurve(
          new int[] {10, 20, 40, 100, 200},
          new float[] {200, 300, 500, 1000, 2000},
          new float[] {0.80f, 0.90f, 0.97f, 0.99f, 0.995f},
          new float[] {0, 0, 0, 0.94f, 0.98f});

  private static SearchPlan plan(int accepted, int k, double target) {
    return SearchPlan.of(CURVE, ROWS, accepted, k, target, OptionalInt.empty());
  }

  @Test
  void theTargetDecidesTheWidth() {
    assertThat(plan(ROWS, 10, 0.5)).isEqualTo(new SearchPlan.Walk(10));
    // 0.9 and a reserve of 0.01 lie a seventh of the way between the points of 20 and 40.
    assertThat(plan(ROWS, 10, 0.9)).isEqualTo(new SearchPlan.Walk(23));
    assertThat(plan(ROWS, 10, 0.95)).isEqualTo(new SearchPlan.Walk(36));
    assertThat(plan(ROWS, 100, 0.95)).isEqualTo(new SearchPlan.Walk(138));
    assertThat(plan(ROWS, 1000, 0.95)).isEqualTo(new SearchPlan.Walk(1375));
  }

  @Test
  void whatTheCurveDoesNotReachIsScanned() {
    assertThat(plan(ROWS, 10, 0.999)).isEqualTo(new SearchPlan.Scan());
    assertThat(plan(ROWS, 100, 0.99)).isEqualTo(new SearchPlan.Scan());
    assertThat(plan(ROWS, 10, 1)).isEqualTo(new SearchPlan.Scan());
    assertThat(plan(ROWS, 10, Double.NaN)).isEqualTo(new SearchPlan.Scan());
  }

  @Test
  void aWalkThatComparesMostRowsIsAScan() {
    assertThat(plan(ROWS, 10_000, 0.95)).isEqualTo(new SearchPlan.Scan());
    assertThat(SearchPlan.of(CURVE, 600, 600, 10, 0.95, OptionalInt.empty()))
        .isEqualTo(new SearchPlan.Scan());
  }

  @Test
  void fewAcceptedRowsAreScanned() {
    assertThat(plan(10, 10, 0.95)).isEqualTo(new SearchPlan.Scan());
    assertThat(plan(2_000, 10, 0.95)).isEqualTo(new SearchPlan.Scan());
    assertThat(plan(50_000, 10, 0.95)).isInstanceOf(SearchPlan.FilteredWalk.class);
  }

  @Test
  void aFilteredWalkNeverCostsMoreThanTheScanItAvoids() {
    for (int accepted = 1; accepted < ROWS; accepted += 97) {
      if (plan(accepted, 10, 0.95) instanceof SearchPlan.FilteredWalk walk) {
        assertThat(walk.budget() * SearchPlan.WALK_COST).isLessThanOrEqualTo(accepted);
        assertThat(walk.width()).isBetween(36, accepted);
        assertThat(walk.share()).isEqualTo((double) accepted / ROWS);
      }
    }
  }

  @Test
  void forcedEffortIsTheWidth() {
    assertThat(SearchPlan.of(CURVE, ROWS, ROWS, 10, 1, OptionalInt.of(77)))
        .isEqualTo(new SearchPlan.Walk(77));
    assertThat(SearchPlan.of(CURVE, ROWS, ROWS, 10, 0.95, OptionalInt.of(3)))
        .isEqualTo(new SearchPlan.Walk(10));
    assertThat(SearchPlan.of(CURVE, ROWS, ROWS, 10, 0.95, OptionalInt.of(ROWS)))
        .isEqualTo(new SearchPlan.Scan());
    assertThat(SearchPlan.of(CURVE, ROWS, 90_000, 10, 0.95, OptionalInt.of(77)))
        .isEqualTo(new SearchPlan.FilteredWalk(77, BeamWidth.UNKNOWN, 0.9, 60_000));
  }
}
