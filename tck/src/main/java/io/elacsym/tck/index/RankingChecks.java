package io.elacsym.tck.index;

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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** Ranking by a written index. */
record RankingChecks(TextIndexes indexes) {
  private static final int WORDS = 300;

  List<Check> checks() {
    return List.of(
        Check.of("short texts rank by the formula, for any k1 and b", this::formula),
        Check.of("long texts rank by the formula, but for rounded lengths", this::longTexts),
        Check.of("the best of many rows are found", this::manyRows),
        Check.of("two segments with common statistics rank as one", this::twoSegments),
        Check.of("a filter restricts before ranking", this::filter),
        Check.of("no more than k hits come back, and all when there are fewer", this::k),
        Check.of("equal scores are sorted by row", this::ties),
        Check.of("a repeated term counts as often as it is repeated", this::repeats),
        Check.of("terms nobody has find nothing and do no harm", this::unknownTerms),
        Check.of("score gives what search gives, and 0 without a term", this::score),
        Check.of("several texts of a row are one document", this::severalTexts),
        Check.of("rows without text are never found", this::withoutText),
        Check.of("an index without texts finds nothing", this::empty),
        Check.of("searches of many threads answer as one alone", this::threads));
  }

  private void formula() {
    Random random = new Random(Seed.current());
    for (double[] parameters : new double[][] {{1.2, 0.75}, {2, 0}, {0.5, 1}}) {
      TextField field = indexes.field(parameters[0], parameters[1]);
      Corpus corpus = Corpus.random(400, WORDS, 1, 40, random);
      try (Open index = indexes.open(field, corpus)) {
        for (int i = 0; i < 30; i++) {
          TextQuery query = query(index, field, corpus.query(WORDS, random), 10);
          TextExpect.ranking(index.oracle(), query, index.reader().search(query));
        }
      }
    }
  }

  private void longTexts() {
    Random random = new Random(Seed.current());
    TextField field = indexes.field();
    Corpus corpus = Corpus.random(100, WORDS, 41, 2000, random);
    try (Open index = indexes.open(field, corpus)) {
      for (int i = 0; i < 20; i++) {
        TextQuery query = query(index, field, corpus.query(WORDS, random), 100);
        TextHits hits = index.reader().search(query);
        Expect.equal(
            "number of hits of " + query.terms(),
            index.oracle().search(query).rows().length,
            hits.rows().length);
        for (int hit = 0; hit < hits.rows().length; hit++) {
          int row = hits.rows()[hit];
          TextExpect.near(
              "score of row " + row + " for " + query.terms(),
              index.oracle().score(query, row),
              hits.scores()[hit],
              TextExpect.LENGTH_ROUNDING);
        }
        TextExpect.sorted(hits);
      }
    }
  }

  /**
   * So many rows that an index has several blocks and may skip some. Statistics are not those of
   * the segment, as for a namespace of several segments.
   */
  private void manyRows() {
    Random random = new Random(Seed.current());
    TextField field = indexes.field();
    Corpus corpus = Corpus.random(12_000, 2000, 3, 20, random);
    try (Open index = indexes.open(field, corpus)) {
      for (int i = 0; i < 12; i++) {
        List<String> terms = indexes.terms(field, corpus.query(2000, random));
        TextStatistics own = index.reader().statistics(terms, index.all());
        TextStatistics twice = own.plus(own).plus(new TextStatistics(5000, 9000, Map.of()));
        RowSet accept = i % 3 == 2 ? share(corpus, 0.2, random) : index.all();
        TextQuery query = new TextQuery(terms, i % 2 == 0 ? own : twice, 10, accept);
        TextExpect.ranking(index.oracle(), query, index.reader().search(query));
      }
    }
  }

  private void twoSegments() {
    Random random = new Random(Seed.current());
    TextField field = indexes.field();
    Corpus corpus = Corpus.random(600, WORDS, 1, 40, random);
    int cut = 130;
    try (Open whole = indexes.open(field, corpus);
        Open first = indexes.open(field, corpus.part(0, cut));
        Open second = indexes.open(field, corpus.part(cut, 600))) {
      for (int i = 0; i < 30; i++) {
        List<String> terms = indexes.terms(field, corpus.query(WORDS, random));
        TextStatistics statistics =
            first
                .reader()
                .statistics(terms, first.all())
                .plus(second.reader().statistics(terms, second.all()));
        float[] expected =
            whole.reader().search(new TextQuery(terms, statistics, 20, whole.all())).scores();
        List<Float> merged = new ArrayList<>();
        for (Open part : List.of(first, second)) {
          TextHits hits = part.reader().search(new TextQuery(terms, statistics, 20, part.all()));
          TextExpect.ranking(part.oracle(), new TextQuery(terms, statistics, 20, part.all()), hits);
          for (float score : hits.scores()) {
            merged.add(score);
          }
        }
        merged.sort((a, b) -> Float.compare(b, a));
        for (int rank = 0; rank < expected.length; rank++) {
          TextExpect.near(
              "score at rank " + (rank + 1) + " of two segments for " + terms,
              expected[rank],
              merged.get(rank),
              TextExpect.ROUNDING);
        }
      }
    }
  }

  private void filter() {
    Random random = new Random(Seed.current());
    TextField field = indexes.field();
    Corpus corpus = Corpus.random(500, WORDS, 1, 40, random);
    try (Open index = indexes.open(field, corpus)) {
      for (double share : new double[] {0, 0.002, 0.02, 0.5, 0.99}) {
        for (int i = 0; i < 8; i++) {
          List<String> terms = indexes.terms(field, corpus.query(WORDS, random));
          TextStatistics statistics = index.reader().statistics(terms, index.all());
          TextQuery query = new TextQuery(terms, statistics, 5, share(corpus, share, random));
          TextExpect.ranking(index.oracle(), query, index.reader().search(query));
        }
      }
    }
  }

  private void k() {
    TextField field = indexes.field();
    Corpus corpus = Corpus.of("apple", "apple pear", "pear", "apple apple fig", "fig");
    try (Open index = indexes.open(field, corpus)) {
      for (int k : new int[] {1, 2, 3, 4, 1000}) {
        TextQuery query = query(index, field, List.of("apple"), k);
        TextHits hits = index.reader().search(query);
        Expect.equal("hits for k " + k, Math.min(k, 3), hits.rows().length);
        TextExpect.ranking(index.oracle(), query, hits);
      }
    }
  }

  private void ties() {
    TextField field = indexes.field();
    String[] texts = new String[400];
    for (int row = 0; row < texts.length; row++) {
      texts[row] = row % 4 == 0 ? "same words here" : "other words there now";
    }
    try (Open index = indexes.open(field, Corpus.of(texts))) {
      for (int k : new int[] {3, 150, 400}) {
        TextHits hits = index.reader().search(query(index, field, List.of("same", "words"), k));
        List<Integer> expected = new ArrayList<>();
        for (int pass = 0; pass < 2; pass++) {
          for (int row = 0; row < texts.length; row++) {
            if ((row % 4 == 0) == (pass == 0)) {
              expected.add(row);
            }
          }
        }
        TextExpect.rows("rows for k " + k, expected.subList(0, k), hits);
      }
    }
  }

  private void repeats() {
    TextField field = indexes.field();
    Corpus corpus = Corpus.of("apple pear", "pear pear", "apple fig fig", "fig");
    try (Open index = indexes.open(field, corpus)) {
      TextQuery once = query(index, field, List.of("apple", "pear"), 10);
      TextQuery twice = query(index, field, List.of("apple", "pear", "apple"), 10);
      TextExpect.ranking(index.oracle(), once, index.reader().search(once));
      TextExpect.ranking(index.oracle(), twice, index.reader().search(twice));
      float[] one = index.reader().score(query(index, field, List.of("fig"), 1), new int[] {3});
      float[] three =
          index.reader().score(query(index, field, List.of("fig", "fig", "fig"), 1), new int[] {3});
      TextExpect.near("score of a term asked three times", 3 * one[0], three[0], 1e-4);
    }
  }

  private void unknownTerms() {
    TextField field = indexes.field();
    Corpus corpus = Corpus.of("apple pear", "pear");
    try (Open index = indexes.open(field, corpus)) {
      TextQuery nothing = query(index, field, List.of("zzz", "qqq"), 10);
      Expect.equal("hits", 0, index.reader().search(nothing).rows().length);
      Expect.equal("document frequency", 0L, nothing.statistics().documentFrequency("zzz"));
      TextQuery mixed = query(index, field, List.of("zzz", "apple"), 10);
      TextExpect.ranking(index.oracle(), mixed, index.reader().search(mixed));
      // Known elsewhere, in another segment, but not here.
      TextQuery elsewhere =
          new TextQuery(
              List.of("zzz"), new TextStatistics(10, 30, Map.of("zzz", 4L)), 10, index.all());
      Expect.equal("hits", 0, index.reader().search(elsewhere).rows().length);
    }
  }

  private void score() {
    Random random = new Random(Seed.current());
    TextField field = indexes.field();
    Corpus corpus = Corpus.random(300, WORDS, 1, 60, random);
    try (Open index = indexes.open(field, corpus)) {
      for (int i = 0; i < 20; i++) {
        TextQuery query = query(index, field, corpus.query(WORDS, random), 300);
        TextHits hits = index.reader().search(query);
        float[] byRow = new float[300];
        for (int hit = 0; hit < hits.rows().length; hit++) {
          byRow[hits.rows()[hit]] = hits.scores()[hit];
        }
        int[] asked = random.ints(40, 0, 300).toArray();
        TextQuery smallK = new TextQuery(query.terms(), query.statistics(), 1, query.accept());
        float[] scores = index.reader().score(smallK, asked);
        Expect.equal("number of scores", asked.length, scores.length);
        for (int n = 0; n < asked.length; n++) {
          TextExpect.near(
              "score of row " + asked[n] + " for " + query.terms(),
              byRow[asked[n]],
              scores[n],
              1e-5);
        }
      }
    }
  }

  private void severalTexts() {
    TextField field = indexes.field();
    Corpus corpus = Corpus.of("apple pear fig", "pear", "unrelated words");
    corpus.texts().put(1, List.of("apple", "", "pear fig"));
    try (Open index = indexes.open(field, corpus)) {
      TextQuery query = query(index, field, List.of("apple", "fig"), 10);
      TextHits hits = index.reader().search(query);
      TextExpect.rows("rows", List.of(0, 1), hits);
      TextExpect.near("score of the row of three texts", hits.scores()[0], hits.scores()[1], 1e-6);
      TextExpect.ranking(index.oracle(), query, hits);
    }
  }

  private void withoutText() {
    TextField field = indexes.field();
    Corpus corpus = Corpus.of("apple", "", "apple pear", "...", "fig", "apple");
    corpus.texts().remove(4);
    try (Open index = indexes.open(field, new Corpus(9, corpus.texts()))) {
      TextQuery query = query(index, field, List.of("apple", "pear", "fig"), 10);
      Expect.equal("documents", 3L, query.statistics().documents());
      Expect.equal("total terms", 4L, query.statistics().totalTerms());
      TextExpect.ranking(index.oracle(), query, index.reader().search(query));
      Expect.equal(
          "scores of rows without text",
          "[0.0, 0.0, 0.0, 0.0]",
          Arrays.toString(index.reader().score(query, new int[] {1, 3, 4, 8})));
    }
  }

  private void empty() {
    TextField field = indexes.field();
    try (Open index = indexes.open(field, new Corpus(5, new TreeMap<>()))) {
      TextStatistics statistics = index.reader().statistics(List.of("apple"), index.all());
      Expect.equal("documents", 0L, statistics.documents());
      Expect.equal("total terms", 0L, statistics.totalTerms());
      TextQuery query =
          new TextQuery(
              List.of("apple"), new TextStatistics(10, 30, Map.of("apple", 4L)), 10, index.all());
      Expect.equal("hits", 0, index.reader().search(query).rows().length);
    }
  }

  private void threads() throws Exception {
    Random random = new Random(Seed.current());
    TextField field = indexes.field();
    Corpus corpus = Corpus.random(500, WORDS, 1, 40, random);
    try (Open index = indexes.open(field, corpus)) {
      List<TextQuery> queries = new ArrayList<>();
      List<TextHits> alone = new ArrayList<>();
      for (int i = 0; i < 30; i++) {
        queries.add(query(index, field, corpus.query(WORDS, random), 10));
        alone.add(index.reader().search(queries.get(i)));
      }
      Together.run(
          6,
          thread -> {
            for (int n = 0; n < queries.size(); n++) {
              int i = (n + 7 * thread) % queries.size();
              TextHits hits = index.reader().search(queries.get(i));
              Expect.equal(
                  "rows found beside other searches",
                  Arrays.toString(alone.get(i).rows()),
                  Arrays.toString(hits.rows()));
            }
            return thread;
          });
    }
  }

  /** A query over all rows, with the index's own statistics. */
  private TextQuery query(Open index, TextField field, List<String> words, int k) {
    List<String> terms = indexes.terms(field, words);
    return new TextQuery(terms, index.reader().statistics(terms, index.all()), k, index.all());
  }

  private static RowSet share(Corpus corpus, double share, Random random) {
    return VectorAnswers.share(corpus.segmentRows(), share, random);
  }
}
