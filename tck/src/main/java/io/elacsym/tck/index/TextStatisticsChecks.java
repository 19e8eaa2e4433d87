package io.elacsym.tck.index;

import io.elacsym.api.index.RowSet;
import io.elacsym.api.index.TextField;
import io.elacsym.tck.Check;
import io.elacsym.tck.Seed;
import io.elacsym.tck.expect.Expect;
import io.elacsym.tck.index.TextIndexes.Open;
import java.util.BitSet;
import java.util.List;
import java.util.Random;

/** Counts for global statistics. */
record TextStatisticsChecks(TextIndexes indexes) {
  private static final int WORDS = 200;

  List<Check> checks() {
    return List.of(
        Check.of("statistics count all rows when all live", this::all),
        Check.of("statistics count live rows only", this::live),
        Check.of("statistics of long texts are exact", this::longTexts),
        Check.of("repeated terms count once in statistics", this::repeats));
  }

  private void all() {
    expect(Corpus.random(400, WORDS, 1, 40, random()), 1);
  }

  private void live() {
    for (double share : new double[] {0, 0.01, 0.3, 0.95}) {
      expect(Corpus.random(400, WORDS, 1, 40, random()), share);
    }
  }

  private void longTexts() {
    expect(Corpus.random(60, WORDS, 41, 900, random()), 1);
    expect(Corpus.random(60, WORDS, 41, 900, random()), 0.5);
  }

  private void repeats() {
    TextField field = indexes.field();
    try (Open index = indexes.open(field, Corpus.of("apple pear", "apple", "fig"))) {
      Expect.equal(
          "statistics of a term named twice",
          index.reader().statistics(List.of("apple", "fig"), index.all()),
          index.reader().statistics(List.of("apple", "fig", "apple"), index.all()));
    }
  }

  private void expect(Corpus corpus, double share) {
    TextField field = indexes.field();
    Random random = random();
    RowSet live =
        share == 0
            ? RowSet.of(corpus.segmentRows(), new BitSet())
            : VectorAnswers.share(corpus.segmentRows(), share, random);
    try (Open index = indexes.open(field, corpus)) {
      for (int i = 0; i < 10; i++) {
        List<String> terms = indexes.terms(field, corpus.query(WORDS, random));
        TextExpect.statistics(index.oracle(), terms, live, index.reader().statistics(terms, live));
      }
    }
  }

  private static Random random() {
    return new Random(Seed.current());
  }
}
