package io.elacsym.benchmarks.rivals.results;

import static org.assertj.core.api.Assertions.assertThat;

import io.elacsym.benchmarks.rivals.contenders.Built;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SummaryTest {
  private final List<Series> series =
      Series.of(
          List.of(
              new Measured("ours", "effort", "effort 1", .90, List.of(100.0, 90.0, 500.0)),
              new Measured("ours", "effort", "effort 2", 1.00, List.of(200.0)),
              new Measured("ours", "target", "target 1", .99, List.of(150.0)),
              new Measured("theirs", "ef", "ef 10", .94, List.of(300.0)),
              new Measured("theirs", "ef", "ef 20", .96, List.of(500.0))));
  private final Summary summary =
      new Summary(
          1_000,
          series,
          Map.of("ours", new Built(.5, 1, 40_000), "theirs", new Built(2, 2, 80_000)));

  @Test
  void costsAreReadOffTheCurves() {
    assertThat(summary.rows())
        .containsExactly(
            List.of("ours", "100", "150", "180", "190", "2,000", "40"),
            List.of("ours, by target", "150", "150", "150", "150", "2,000", "40"),
            List.of("theirs", "300", "400", "-", "-", "500", "80"));
  }

  @Test
  void ratiosAreSharesOfTheReference() {
    assertThat(summary.ratios("ours"))
        .contains(
            List.of("ours", "1.00", "1.00", "1.00", "1.00", "1.00", "1.00"),
            List.of("theirs", "3.00", "2.67", "-", "-", "0.25", "2.00"));
  }

  @Test
  void thereAreNoRatiosToWhatDidNotTakePart() {
    assertThat(summary.ratios("somebody")).isEmpty();
  }
}
