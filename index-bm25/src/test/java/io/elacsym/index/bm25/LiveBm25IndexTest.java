package io.elacsym.index.bm25;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.elacsym.api.index.LiveTextIndex;
import io.elacsym.api.index.RowSet;
import io.elacsym.api.index.TextHits;
import io.elacsym.api.index.TextQuery;
import io.elacsym.api.index.TextStatistics;
import io.elacsym.index.bm25.analysis.LanguageAnalyzer;
import io.elacsym.tck.Seed;
import io.elacsym.tck.TestContext;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class LiveBm25IndexTest {
  private static LiveTextIndex empty() {
    return Corpus.PROVIDER.live(Corpus.FIELD, TestContext.of(Corpus.PROVIDER));
  }

  @Test
  void rowsBeyondTheGivenSetAreAsIfNotAdded() {
    try (LiveTextIndex live = empty()) {
      live.add(0, List.of("red fox"));
      live.add(2, List.of("red red dog"));
      RowSet before = RowSet.all(3);
      TextStatistics known = live.statistics(List.of("red"), before);
      live.add(3, List.of("red hen"));
      assertThat(live.statistics(List.of("red"), before)).isEqualTo(known);
      assertThat(live.statistics(List.of("red"), RowSet.all(3))).isEqualTo(known);
      assertThat(known).isEqualTo(new TextStatistics(2, 5, Map.of("red", 2L)));
      TextQuery query = new TextQuery(List.of("red"), known, 10, before);
      assertThat(live.search(query).rows()).containsExactlyInAnyOrder(0, 2);
      assertThat(live.score(query, new int[] {3})).containsExactly(0);
      assertThat(live.statistics(List.of("red"), RowSet.all(4)))
          .isEqualTo(new TextStatistics(3, 7, Map.of("red", 3L)));
      assertThat(live.statistics(List.of("red"), RowSet.all(100)).documents()).isEqualTo(3);
    }
  }

  @Test
  void aTermThatOnlyLaterRowsHaveIsNotThere() {
    try (LiveTextIndex live = empty()) {
      live.add(0, List.of("red fox"));
      live.add(1, List.of("hen"));
      RowSet before = RowSet.all(1);
      List<String> terms = List.of("hen", "red");
      TextStatistics statistics = live.statistics(terms, before);
      assertThat(statistics).isEqualTo(new TextStatistics(1, 2, Map.of("hen", 0L, "red", 1L)));
      TextQuery query = new TextQuery(terms, statistics, 10, before);
      assertThat(live.search(query).rows()).containsExactly(0);
      assertThat(live.score(query, new int[] {0, 1})).hasSize(2).endsWith(0f);
    }
  }

  @Test
  void aRowThatIsNotGreaterIsRefused() {
    try (LiveTextIndex live = empty()) {
      live.add(4, List.of("red"));
      assertThatThrownBy(() -> live.add(4, List.of("red")))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  /** Every reader checks each snapshot against what a single thread has counted beforehand. */
  @Test
  void manySearchWhileOneAdds() throws Exception {
    long seed = Seed.current();
    Corpus corpus = Corpus.random(new Random(seed), 3_000, 40, 30);
    LanguageAnalyzer analyzer = new LanguageAnalyzer(Corpus.FIELD.analysis());
    List<TextStatistics> expected = new ArrayList<>();
    expected.add(new TextStatistics(0, 0, Map.of("w2", 0L, "w30", 0L)));
    for (int row = 0; row < corpus.size(); row++) {
      List<String> terms =
          corpus.rows().getOrDefault(row, List.of()).stream()
              .flatMap(text -> analyzer.terms(text).stream())
              .toList();
      Map<String, Long> frequencies = new HashMap<>();
      for (String term : List.of("w2", "w30")) {
        frequencies.put(term, terms.contains(term) ? 1L : 0L);
      }
      expected.add(
          expected
              .get(row)
              .plus(new TextStatistics(terms.isEmpty() ? 0 : 1, terms.size(), frequencies)));
    }
    AtomicInteger visible = new AtomicInteger();
    try (LiveTextIndex live = empty();
        ExecutorService threads = Executors.newFixedThreadPool(3)) {
      List<Future<Integer>> readers = new ArrayList<>();
      for (int reader = 0; reader < 3; reader++) {
        readers.add(threads.submit(() -> readUntilAllAreVisible(corpus, live, visible, expected)));
      }
      for (int row = 0; row < corpus.size(); row++) {
        List<String> values = corpus.rows().get(row);
        if (values != null) {
          live.add(row, values);
        }
        visible.set(row + 1);
      }
      for (Future<Integer> reader : readers) {
        assertThat(reader.get()).as("seed %d", seed).isPositive();
      }
    }
  }

  private static int readUntilAllAreVisible(
      Corpus corpus, LiveTextIndex live, AtomicInteger visible, List<TextStatistics> expected) {
    List<String> terms = List.of("w2", "w30");
    int snapshots = 0;
    int rows = 0;
    while (rows < corpus.size()) {
      rows = visible.get();
      RowSet set = RowSet.all(rows);
      TextStatistics statistics = live.statistics(terms, set);
      assertThat(statistics).isEqualTo(expected.get(rows));
      TextHits hits = live.search(new TextQuery(terms, statistics, corpus.size(), set));
      for (int row : hits.rows()) {
        assertThat(row).isLessThan(rows);
      }
      assertThat((long) hits.rows().length)
          .isBetween(
              statistics.documentFrequency("w2"),
              statistics.documentFrequency("w2") + statistics.documentFrequency("w30"));
      snapshots++;
    }
    return snapshots;
  }
}
