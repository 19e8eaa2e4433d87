package io.elacsym.index.bm25;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.elacsym.api.index.LiveTextIndex;
import io.elacsym.api.index.RowSet;
import io.elacsym.api.index.TextHits;
import io.elacsym.api.index.TextIndexReader;
import io.elacsym.api.index.TextQuery;
import io.elacsym.api.index.TextStatistics;
import io.elacsym.tck.Seed;
import io.elacsym.tck.oracle.ReferenceBm25;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RankingTest {
  private final long seed = Seed.current();
  private final Random random = new Random(seed);

  /** The oracle takes exact lengths; rounding starts at 40 terms. */
  private static final int LONGEST_EXACT = 39;

  /** Large enough that one accepted row in ten thousand is a case of its own. */
  private static final class Large {
    static final Corpus CORPUS =
        Corpus.random(new Random(Seed.current()), 20_000, 2_000, LONGEST_EXACT);
    static final ReferenceBm25 REFERENCE = CORPUS.reference();
  }

  @ParameterizedTest
  @ValueSource(doubles = {1, 0.9, 0.2, 0.01, 0.001, 0.0001, 0})
  void searchesAreThoseOfTheFormula(double share) {
    Corpus corpus = Large.CORPUS;
    ReferenceBm25 reference = Large.REFERENCE;
    try (TextIndexReader written = corpus.open(corpus.blob());
        TextIndexReader live = corpus.live()) {
      for (int i = 0; i < 6; i++) {
        List<String> terms = Corpus.words(random, 2_000, 1 + random.nextInt(6));
        RowSet accept = corpus.some(random, share);
        RowSet alive = corpus.some(random, 0.95);
        TextStatistics statistics = reference.statistics(terms, alive);
        assertThat(written.statistics(terms, alive)).as("seed %d", seed).isEqualTo(statistics);
        assertThat(live.statistics(terms, alive)).isEqualTo(statistics);
        TextQuery query = new TextQuery(terms, statistics, 1 + random.nextInt(50), accept);
        TextHits hits = written.search(query);
        assertSameUpToRounding(reference, query, hits);
        assertSameBits(hits, live.search(query));
        assertThat(written.score(query, hits.rows())).containsExactly(hits.scores());
        assertThat(live.score(query, hits.rows())).containsExactly(hits.scores());
      }
    }
  }

  /** Two rows whose exact scores differ by less than the rounding may come in either order. */
  private void assertSameUpToRounding(ReferenceBm25 reference, TextQuery query, TextHits hits) {
    TextHits expected = reference.search(query);
    assertThat(hits.rows()).as("seed %d, %s", seed, query).hasSameSizeAs(expected.rows());
    assertThat(hits.rows()).doesNotHaveDuplicates();
    for (int i = 0; i < hits.rows().length; i++) {
      float tolerance = 1e-5f * expected.scores()[i];
      assertThat(hits.scores()[i]).isCloseTo(expected.scores()[i], within(tolerance));
      assertThat((float) reference.score(query, hits.rows()[i]))
          .isCloseTo(expected.scores()[i], within(tolerance));
      assertThat(query.accept().contains(hits.rows()[i])).isTrue();
      if (i > 0) {
        assertThat(hits.scores()[i]).isLessThanOrEqualTo(hits.scores()[i - 1]);
        if (hits.scores()[i] == hits.scores()[i - 1]) {
          assertThat(hits.rows()[i]).isGreaterThan(hits.rows()[i - 1]);
        }
      }
    }
  }

  private static void assertSameBits(TextHits a, TextHits b) {
    assertThat(a.rows()).containsExactly(b.rows());
    assertThat(a.scores()).containsExactly(b.scores());
  }

  @Test
  void longTextsScoreTheSameWrittenLiveSearchedAndAlone() {
    Corpus corpus = Corpus.random(random, 3_000, 5_000, 600);
    try (TextIndexReader written = corpus.open(corpus.blob());
        TextIndexReader live = corpus.live()) {
      for (int i = 0; i < 20; i++) {
        List<String> terms = Corpus.words(random, 5_000, 1 + random.nextInt(12));
        TextQuery query = corpus.query(written, terms, 3_000, RowSet.all(corpus.size()));
        TextHits hits = written.search(query);
        assertSameBits(hits, live.search(query));
        int[] shuffled = IntStream.range(0, corpus.size()).toArray();
        float[] alone = written.score(query, shuffled);
        for (int hit = 0; hit < hits.rows().length; hit++) {
          assertThat(alone[hits.rows()[hit]]).as("seed %d", seed).isEqualTo(hits.scores()[hit]);
        }
        assertThat(IntStream.range(0, alone.length).filter(row -> alone[row] > 0).count())
            .isEqualTo(hits.rows().length);
      }
    }
  }

  @Test
  void theFirstHitsAreTheSameHoweverManyAreAskedFor() {
    Corpus corpus = Corpus.random(random, 20_000, 300, 60);
    try (TextIndexReader written = corpus.open(corpus.blob())) {
      for (int i = 0; i < 20; i++) {
        List<String> terms = Corpus.words(random, 300, 1 + random.nextInt(5));
        RowSet accept = corpus.some(random, i % 2 == 0 ? 1 : 0.5);
        TextHits all = written.search(corpus.query(written, terms, corpus.size(), accept));
        for (int k : new int[] {1, 7, 100}) {
          TextHits some = written.search(corpus.query(written, terms, k, accept));
          int found = Math.min(k, all.rows().length);
          assertSameBits(
              some,
              new TextHits(Arrays.copyOf(all.rows(), found), Arrays.copyOf(all.scores(), found)));
        }
      }
    }
  }

  @Test
  void rowsToScoreMayComeInAnyOrderAndTwice() {
    Corpus corpus = Corpus.random(random, 500, 50, LONGEST_EXACT);
    try (TextIndexReader written = corpus.open(corpus.blob())) {
      TextQuery query =
          corpus.query(written, List.of("w2", "w3", "w2"), 1, RowSet.all(corpus.size()));
      float[] ordered = written.score(query, IntStream.range(0, corpus.size()).toArray());
      List<Integer> rows = new ArrayList<>();
      for (int i = 0; i < 2 * corpus.size(); i++) {
        rows.add(i % corpus.size());
      }
      Collections.shuffle(rows, random);
      float[] shuffled = written.score(query, rows.stream().mapToInt(row -> row).toArray());
      for (int i = 0; i < shuffled.length; i++) {
        assertThat(shuffled[i]).isEqualTo(ordered[rows.get(i)]);
      }
      assertThat(written.score(query, new int[0])).isEmpty();
    }
  }

  @Test
  void aRepeatedTermCountsAsOftenAsItIsRepeated() {
    Corpus corpus =
        new Corpus(3, Map.of(0, List.of("red fox"), 1, List.of("blue fox"), 2, List.of("red")));
    try (TextIndexReader written = corpus.open(corpus.blob())) {
      RowSet all = RowSet.all(3);
      float[] once = written.score(corpus.query(written, List.of("fox"), 1, all), new int[] {0});
      float[] thrice =
          written.score(corpus.query(written, List.of("fox", "fox", "fox"), 1, all), new int[] {0});
      assertThat(thrice[0]).isCloseTo(3 * once[0], within(1e-6f));
    }
  }

  @Test
  void moreTermsThanLuceneTakesInOneQueryAreSearched() {
    Corpus corpus = Corpus.random(random, 2_000, 3_000, LONGEST_EXACT);
    ReferenceBm25 reference = corpus.reference();
    try (TextIndexReader written = corpus.open(corpus.blob());
        TextIndexReader live = corpus.live()) {
      List<String> terms = new ArrayList<>();
      for (int i = 0; i < 2_500; i++) {
        terms.add("w" + i);
      }
      TextQuery query = corpus.query(written, terms, 20, corpus.some(random, 0.5));
      TextHits hits = written.search(query);
      assertSameUpToRounding(reference, query, hits);
      assertSameBits(hits, live.search(query));
    }
  }

  @Test
  void equalScoresComeByAscendingRow() {
    Corpus corpus =
        new Corpus(
            1_000,
            Map.of(
                3,
                List.of("alpha"),
                999,
                List.of("alpha"),
                4,
                List.of("alpha"),
                700,
                List.of("alpha")));
    try (TextIndexReader written = corpus.open(corpus.blob())) {
      TextQuery query = corpus.query(written, List.of("alpha"), 3, RowSet.all(1_000));
      assertThat(written.search(query).rows()).containsExactly(3, 4, 700);
    }
  }

  @Test
  void statisticsOfAnotherPartOfTheNamespaceDecideTheScore() {
    Corpus corpus = new Corpus(2, Map.of(0, List.of("common rare"), 1, List.of("common other")));
    try (TextIndexReader written = corpus.open(corpus.blob())) {
      TextStatistics elsewhere =
          new TextStatistics(1_000_000, 5_000_000, Map.of("common", 900_000L, "rare", 3L));
      TextQuery query = new TextQuery(List.of("common", "rare"), elsewhere, 2, RowSet.all(2));
      double saturation = 1 / (1 + 1.2 * (1 - 0.75 + 0.75 * 2 / 5));
      double rare = Math.log(1 + (1_000_000 - 3 + 0.5) / 3.5) * saturation;
      double common = Math.log(1 + 100_000.5 / 900_000.5) * saturation;
      TextHits hits = written.search(query);
      assertThat(hits.rows()).containsExactly(0, 1);
      assertThat((double) hits.scores()[0]).isCloseTo(rare + common, within(1e-5));
      assertThat((double) hits.scores()[1]).isCloseTo(common, within(1e-6));
    }
  }

  @Test
  void termsThatNobodyHasAndEmptyQueriesFindNothing() {
    Corpus corpus = Corpus.random(random, 100, 50, LONGEST_EXACT);
    try (TextIndexReader written = corpus.open(corpus.blob());
        LiveTextIndex live = corpus.live()) {
      RowSet all = RowSet.all(corpus.size());
      for (TextIndexReader index : List.of(written, live)) {
        assertThat(index.search(corpus.query(index, List.of("nowhere"), 5, all)).rows()).isEmpty();
        assertThat(index.search(corpus.query(index, List.of(), 5, all)).rows()).isEmpty();
        assertThat(index.score(corpus.query(index, List.of("nowhere"), 5, all), new int[] {0, 7}))
            .containsExactly(0, 0);
        assertThat(index.statistics(List.of("nowhere"), all).documentFrequencies())
            .containsExactly(Map.entry("nowhere", 0L));
      }
    }
  }

  @Test
  void statisticsOverManyDeletedRowsAreExactAndNotMixedUp() {
    Corpus corpus = Corpus.random(random, 5_000, 200, LONGEST_EXACT);
    ReferenceBm25 reference = corpus.reference();
    try (TextIndexReader written = corpus.open(corpus.blob())) {
      List<String> terms = List.of("w2", "w3", "w50", "w2");
      for (double share : new double[] {0.999, 0.5, 0.01, 0, 1}) {
        RowSet live = corpus.some(random, share);
        for (int again = 0; again < 2; again++) {
          assertThat(written.statistics(terms, live))
              .as("seed %d", seed)
              .isEqualTo(reference.statistics(terms, live));
        }
      }
    }
  }

  @Test
  void aSegmentWithoutTermsIsWrittenAndRead() {
    for (Corpus corpus :
        List.of(
            new Corpus(0, Map.of()),
            new Corpus(5, Map.of()),
            new Corpus(5, Map.of(2, List.of("", "the of"), 4, List.of())))) {
      try (TextIndexReader written = corpus.open(corpus.blob())) {
        RowSet all = RowSet.all(corpus.size());
        TextStatistics statistics = written.statistics(List.of("w"), all);
        assertThat(statistics).isEqualTo(new TextStatistics(0, 0, Map.of("w", 0L)));
        TextQuery query = new TextQuery(List.of("w"), statistics, 3, all);
        assertThat(written.search(query).rows()).isEmpty();
        assertThat(written.score(query, new int[corpus.size()]))
            .containsExactly(new float[corpus.size()]);
      }
    }
  }

  @Test
  void statisticsThatContradictEachOtherGiveAPoorScoreAndNoFailure() {
    Corpus corpus = new Corpus(2, Map.of(0, List.of("red fox"), 1, List.of("blue fox")));
    try (TextIndexReader written = corpus.open(corpus.blob())) {
      for (TextStatistics statistics :
          List.of(TextStatistics.NONE, new TextStatistics(1, 1, Map.of("fox", 5L)))) {
        TextHits hits = written.search(new TextQuery(List.of("fox"), statistics, 5, RowSet.all(2)));
        assertThat(hits.rows()).containsExactly(0, 1);
        assertThat(hits.scores()[0]).isPositive().isFinite();
      }
    }
  }

  @Test
  void onlyAcceptedRowsComeBackWhenTheBestAreNot() {
    Corpus corpus = Corpus.random(random, 10_000, 20, LONGEST_EXACT);
    try (TextIndexReader written = corpus.open(corpus.blob())) {
      List<String> terms = List.of("w2", "w5");
      TextHits all =
          written.search(corpus.query(written, terms, 10_000, RowSet.all(corpus.size())));
      BitSet worse = new BitSet();
      IntStream.range(all.rows().length / 2, all.rows().length)
          .forEach(i -> worse.set(all.rows()[i]));
      TextHits hits =
          written.search(corpus.query(written, terms, 10, RowSet.of(corpus.size(), worse)));
      int half = all.rows().length / 2;
      assertSameBits(
          hits,
          new TextHits(
              Arrays.copyOfRange(all.rows(), half, half + 10),
              Arrays.copyOfRange(all.scores(), half, half + 10)));
    }
  }
}
