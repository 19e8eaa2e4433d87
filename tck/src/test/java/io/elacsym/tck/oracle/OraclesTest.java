package io.elacsym.tck.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.elacsym.api.index.Metric;
import io.elacsym.api.index.RowSet;
import io.elacsym.api.index.TextHits;
import io.elacsym.api.index.TextQuery;
import io.elacsym.api.index.TextStatistics;
import io.elacsym.api.index.VectorField;
import io.elacsym.api.index.VectorHits;
import io.elacsym.api.index.VectorQuery;
import io.elacsym.tck.index.TestVectors;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** The oracles against figures worked out by hand. */
class OraclesTest {
  @Test
  void scoresAreThoseOfTheMetrics() {
    float[] a = {1, 2, 2};
    float[] b = {3, 0, 4};
    assertThat(ExactNeighbors.score(Metric.DOT, a, b)).isEqualTo(11);
    assertThat(ExactNeighbors.score(Metric.L2, a, b)).isEqualTo(-12);
    assertThat(ExactNeighbors.score(Metric.COSINE, a, b)).isCloseTo(11 / 15.0, within(1e-12));
  }

  @Test
  void neighborsAreAcceptedSortedAndCut() {
    TestVectors vectors =
        TestVectors.of(6, new int[] {0, 2, 3, 5}, new float[][] {{5}, {1}, {1}, {2}});
    ExactNeighbors oracle = new ExactNeighbors(new VectorField("v", 1, Metric.L2), vectors);
    VectorHits all = oracle.search(query(10, RowSet.all(6)));
    assertThat(all.rows()).containsExactly(2, 3, 5, 0);
    assertThat(all.scores()).containsExactly(-1, -1, -4, -25);
    BitSet accepted = new BitSet();
    accepted.set(1);
    accepted.set(3);
    accepted.set(5);
    VectorHits one = oracle.search(query(1, RowSet.of(6, accepted)));
    assertThat(one.rows()).containsExactly(3);
    assertThat(one.scored()).isEqualTo(2);
  }

  private static VectorQuery query(int k, RowSet accept) {
    return new VectorQuery(new float[] {0}, k, accept, 1, OptionalInt.empty());
  }

  @Test
  void recallCountsWhatIsAsGoodAsTheExactAnswer() {
    VectorHits exact = hits(new int[] {1, 2, 3, 4}, 0.9f, 0.8f, 0.7f, 0.7f);
    assertThat(Recall.of(exact, exact)).isEqualTo(1);
    assertThat(Recall.of(hits(new int[] {1, 2, 9, 8}, 0.9f, 0.8f, 0.7f, 0.7f), exact)).isEqualTo(1);
    assertThat(Recall.of(hits(new int[] {1, 2, 9, 8}, 0.9f, 0.8f, 0.6f, 0.5f), exact))
        .isEqualTo(0.5);
    assertThat(Recall.of(hits(new int[] {1}, 0.9f), exact)).isEqualTo(0.25);
    assertThat(Recall.of(hits(new int[0]), hits(new int[0]))).isEqualTo(1);
  }

  private static VectorHits hits(int[] rows, float... scores) {
    return new VectorHits(rows, scores, rows.length);
  }

  @Test
  void bm25IsTheFormula() {
    ReferenceBm25 oracle = new ReferenceBm25(1.2, 0.75);
    oracle.add(0, List.of("apple", "pear"));
    oracle.add(1, List.of("apple", "apple", "fig", "fig"));
    oracle.add(2, List.of());
    oracle.add(3, List.of("fig"));
    TextStatistics statistics = oracle.statistics(List.of("apple", "kiwi"), RowSet.all(4));
    assertThat(statistics).isEqualTo(new TextStatistics(3, 7, Map.of("apple", 2L, "kiwi", 0L)));

    TextQuery query = new TextQuery(List.of("apple"), statistics, 10, RowSet.all(4));
    TextHits hits = oracle.search(query);
    // idf = ln(1 + (3 - 2 + .5) / (2 + .5)) = .470004; the average length is 7/3.
    // Row 1: 2 / (2 + 1.2 (.25 + .75 * 4 * 3/7)) = .520446; row 0: 1 / (1 + 1.2 (.25 + .75 * 6/7)).
    assertThat(hits.rows()).containsExactly(1, 0);
    assertThat(hits.scores()[0]).isCloseTo(0.470004f * 0.520446f, within(1e-5f));
    assertThat(hits.scores()[1]).isCloseTo(0.470004f * 0.482759f, within(1e-5f));
    assertThat(oracle.score(query, 2)).isZero();
    assertThat(oracle.score(query, 3)).isZero();
  }
}
