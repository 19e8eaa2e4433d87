package io.elacsym.index.ivf;

import static org.assertj.core.api.Assertions.assertThat;

import io.elacsym.api.index.Metric;
import io.elacsym.api.index.ScoreBar;
import io.elacsym.api.index.VectorField;
import io.elacsym.api.index.VectorHits;
import io.elacsym.api.index.VectorIndexReader;
import io.elacsym.api.index.VectorQuery;
import io.elacsym.index.ivf.Indexes.Written;
import io.elacsym.tck.Seed;
import io.elacsym.tck.index.TestVectors;
import io.elacsym.tck.index.TestVectors.Distribution;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What a search is spared of a segment when others have better hits. */
class BarTest {
  private static final VectorField FIELD = new VectorField("vector", 64, Metric.COSINE);
  private static final int K = 10;
  private static final int QUERIES = 50;

  private final TestVectors vectors =
      TestVectors.of(Distribution.CLUSTERED.draw(20_000, 64, new Random(Seed.current())));
  private final Written index = Indexes.write(FIELD, vectors, true, Indexes.context());

  /**
   * One search.
   *
   * @param likely how many vectors were read
   */
  private record Searched(VectorHits hits, int likely) {}

  private Searched search(VectorIndexReader reader, float[] vector, float bar) {
    VectorQuery query =
        new VectorQuery(vector, K, index.all(), 0.95, OptionalInt.empty(), new ScoreBar());
    query.bar().raise(bar);
    List<int[]> told = new ArrayList<>();
    VectorHits hits = reader.search(query, told::add);
    return new Searched(hits, told.stream().mapToInt(rows -> rows.length).sum());
  }

  @Test
  void aBarSparesCodesAndVectorsAndLosesFewOfTheHitsThatReachIt() {
    long scored = 0;
    long scoredAbove = 0;
    long likely = 0;
    long likelyAbove = 0;
    int hits = 0;
    int kept = 0;
    try (VectorIndexReader reader = index.open(index.source())) {
      for (int i = 0; i < QUERIES; i++) {
        float[] query = index.vectors().vector(397 * i);
        Searched whole = search(reader, query, Float.NEGATIVE_INFINITY);
        // The second best hit here is the tenth best of all segments.
        float bar = whole.hits().scores()[1];
        Searched above = search(reader, query, bar);
        scored += whole.hits().scored();
        scoredAbove += above.hits().scored();
        likely += whole.likely();
        likelyAbove += above.likely();
        hits += 2;
        for (int row : Arrays.copyOf(whole.hits().rows(), 2)) {
          kept += Arrays.stream(above.hits().rows()).anyMatch(found -> found == row) ? 1 : 0;
        }
      }
    }
    assertThat(kept).as("of %s hits", hits).isGreaterThanOrEqualTo((int) (0.95 * hits));
    assertThat(likelyAbove).as("vectors read, %s without a bar", likely).isLessThan(likely / 2);
    assertThat(scoredAbove).as("codes, %s without a bar", scored).isLessThanOrEqualTo(scored);
  }

  @Test
  void noVectorIsReadWhereNothingReachesTheBar() {
    try (VectorIndexReader reader = index.open(index.source())) {
      Searched searched = search(reader, index.vectors().vector(5), 2);
      assertThat(searched.likely()).isZero();
      assertThat(searched.hits().rows()).isEmpty();
    }
  }
}
