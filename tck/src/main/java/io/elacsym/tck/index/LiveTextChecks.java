package io.elacsym.tck.index;

import io.elacsym.api.index.LiveTextIndex;
import io.elacsym.api.index.RowSet;
import io.elacsym.api.index.TextField;
import io.elacsym.api.index.TextHits;
import io.elacsym.api.index.TextQuery;
import io.elacsym.api.index.TextStatistics;
import io.elacsym.tck.Check;
import io.elacsym.tck.Seed;
import io.elacsym.tck.expect.Expect;
import io.elacsym.tck.host.Together;
import io.elacsym.tck.index.TextIndexes.Open;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;

/** The index of rows that are not in a segment yet. */
record LiveTextChecks(TextIndexes indexes) {
  private static final int WORDS = 200;

  List<Check> checks() {
    return List.of(
        Check.of("a live index ranks by the formula, for any k1 and b", this::formula),
        Check.of("a live index scores as a written one", this::asWritten),
        Check.of("live statistics count live rows only", this::statistics),
        Check.of("rows at or beyond the set's row count are not there yet", this::laterRows),
        Check.of("a live index without rows finds nothing", this::empty),
        Check.of("rows are found while others are added", this::concurrentAdds));
  }

  private void formula() {
    Random random = random();
    for (double[] parameters : new double[][] {{1.2, 0.75}, {2, 0}, {0.5, 1}}) {
      TextField field = indexes.field(parameters[0], parameters[1]);
      Corpus corpus = Corpus.random(400, WORDS, 1, 40, random);
      try (Open live = indexes.live(field, corpus)) {
        for (int i = 0; i < 20; i++) {
          List<String> terms = indexes.terms(field, corpus.query(WORDS, random));
          TextStatistics statistics = live.reader().statistics(terms, live.all());
          RowSet accept =
              i % 2 == 0 ? live.all() : VectorAnswers.share(corpus.segmentRows(), 0.4, random);
          TextQuery query = new TextQuery(terms, statistics, 10, accept);
          TextExpect.ranking(live.oracle(), query, live.reader().search(query));
        }
      }
    }
  }

  /**
   * Scores before a flush and after it must agree, for long texts too: whatever an index rounds, it
   * must round in both in the same way.
   */
  private void asWritten() {
    Random random = random();
    TextField field = indexes.field();
    Corpus corpus = Corpus.random(200, WORDS, 1, 500, random);
    int[] rows = new int[200];
    Arrays.setAll(rows, row -> row);
    try (Open live = indexes.live(field, corpus);
        Open written = indexes.open(field, corpus)) {
      for (int i = 0; i < 20; i++) {
        List<String> terms = indexes.terms(field, corpus.query(WORDS, random));
        TextStatistics statistics = written.reader().statistics(terms, written.all());
        Expect.equal("live statistics", statistics, live.reader().statistics(terms, live.all()));
        TextQuery query = new TextQuery(terms, statistics, 200, live.all());
        float[] expected = written.reader().score(query, rows);
        float[] seen = live.reader().score(query, rows);
        for (int row : rows) {
          TextExpect.near(
              "live score of row " + row + " for " + terms, expected[row], seen[row], 1e-5);
        }
      }
    }
  }

  private void statistics() {
    Random random = random();
    TextField field = indexes.field();
    Corpus corpus = Corpus.random(300, WORDS, 1, 60, random);
    try (Open live = indexes.live(field, corpus)) {
      for (double share : new double[] {0.05, 0.5, 1}) {
        RowSet rows = VectorAnswers.share(corpus.segmentRows(), share, random);
        List<String> terms = indexes.terms(field, corpus.query(WORDS, random));
        TextExpect.statistics(live.oracle(), terms, rows, live.reader().statistics(terms, rows));
      }
    }
  }

  private void laterRows() {
    TextField field = indexes.field();
    Corpus corpus = Corpus.of("apple", "pear", "apple apple", "apple", "apple apple apple");
    try (Open live = indexes.live(field, corpus)) {
      List<String> terms = indexes.terms(field, List.of("apple"));
      for (int known = 1; known <= 5; known++) {
        RowSet rows = RowSet.all(known);
        TextExpect.statistics(live.oracle(), terms, rows, live.reader().statistics(terms, rows));
        TextQuery query = new TextQuery(terms, live.reader().statistics(terms, rows), 10, rows);
        TextExpect.ranking(live.oracle(), query, live.reader().search(query));
      }
    }
  }

  private void empty() {
    TextField field = indexes.field();
    try (LiveTextIndex live = indexes.provider().live(field, indexes.context())) {
      RowSet none = RowSet.all(0);
      TextStatistics elsewhere = new TextStatistics(10, 30, Map.of("apple", 4L));
      Expect.equal(
          "hits",
          0,
          live.search(new TextQuery(List.of("apple"), elsewhere, 10, none)).rows().length);
      Expect.equal("documents", 0L, live.statistics(List.of("apple"), none).documents());
    }
  }

  /**
   * Every row has the word "all" and some others: each search must find exactly the rows it knows.
   */
  private void concurrentAdds() throws Exception {
    TextField field = indexes.field();
    int rows = 1503;
    AtomicInteger added = new AtomicInteger();
    try (LiveTextIndex live = indexes.provider().live(field, indexes.context())) {
      Together.run(
          4,
          thread -> {
            if (thread == 0) {
              for (int row = 0; row < rows; row++) {
                live.add(row, List.of("all w" + row % 17 + " w" + row % 5));
                added.set(row + 1);
              }
            } else {
              int known;
              int searches = 0;
              do {
                known = added.get();
                expectAll(live, known);
              } while (known < rows && searches++ < 1000);
            }
            return thread;
          });
      expectAll(live, rows);
    }
  }

  private static void expectAll(LiveTextIndex live, int known) {
    RowSet set = RowSet.all(known);
    List<String> terms = List.of("all", "w3");
    TextStatistics statistics = live.statistics(terms, set);
    Expect.equal("documents", (long) known, statistics.documents());
    Expect.equal("total terms", 3L * known, statistics.totalTerms());
    if (known > 0) {
      TextHits hits = live.search(new TextQuery(terms, statistics, known + 10, set));
      Expect.equal("hits for a word of every row", known, hits.rows().length);
      Expect.that(
          Arrays.stream(hits.rows()).allMatch(row -> row >= 0 && row < known),
          () -> "a row beyond " + known + " was found");
      TextExpect.sorted(hits);
    }
  }

  private static Random random() {
    return new Random(Seed.current());
  }
}
