package io.elacsym.tck.index;

import io.elacsym.api.index.RowSet;
import io.elacsym.api.index.TextField;
import io.elacsym.api.index.TextIndexReader;
import io.elacsym.api.index.TextIndexWriter;
import io.elacsym.api.index.TextQuery;
import io.elacsym.api.index.TextStatistics;
import io.elacsym.tck.Check;
import io.elacsym.tck.MemoryBlobSource;
import io.elacsym.tck.Seed;
import io.elacsym.tck.expect.Expect;
import io.elacsym.tck.host.Failing;
import io.elacsym.tck.host.FailingSource;
import io.elacsym.tck.host.FullSink;
import io.elacsym.tck.host.Threads;
import io.elacsym.tck.host.Together;
import io.elacsym.tck.index.TextIndexes.Open;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** What is between an index and its host: threads, other indexes, failures. */
record TextHostChecks(TextIndexes indexes) {
  private static final int ROWS = 3000;
  private static final int WORDS = 400;

  List<Check> checks() {
    return List.of(
        Check.of("writers beside each other do not disturb each other", this::concurrentWriters),
        Check.of("indexes that are open together answer each for itself", this::openTogether),
        Check.of("no thread outlives a writer or a reader", this::threads),
        Check.of("a read that fails is told as it was, and can be tried again", this::failingReads),
        Check.of("a write that fails is told as it was", this::failingWrites));
  }

  private static Corpus corpus(int rows, int salt) {
    return Corpus.random(rows, WORDS, 1, 30, new Random(Seed.current() + salt));
  }

  private void concurrentWriters() throws Exception {
    TextField field = indexes.field();
    List<Corpus> corpora = new ArrayList<>();
    List<byte[]> alone = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      corpora.add(corpus(500 + 100 * i, i));
      alone.add(indexes.write(field, corpora.get(i)).bytes());
    }
    List<byte[]> together =
        Together.run(4, thread -> indexes.write(field, corpora.get(thread)).bytes());
    for (int i = 0; i < alone.size(); i++) {
      Expect.equal("blob that was written beside others", alone.get(i), together.get(i));
    }
  }

  private void openTogether() {
    TextField plain = indexes.field();
    TextField other = indexes.field(2, 0.1);
    try (Open one = indexes.open(plain, corpus(300, 0));
        Open two = indexes.open(plain, corpus(200, 1));
        Open three = indexes.open(other, corpus(200, 2));
        Open live = indexes.live(other, corpus(150, 3))) {
      Random random = new Random(Seed.current());
      for (int i = 0; i < 24; i++) {
        Open index = List.of(one, two, three, live).get(i % 4);
        List<String> terms = indexes.terms(plain, index.corpus().query(WORDS, random));
        TextStatistics statistics = index.reader().statistics(terms, index.all());
        TextQuery query = new TextQuery(terms, statistics, 10, index.all());
        TextExpect.ranking(index.oracle(), query, index.reader().search(query));
      }
    }
  }

  private void threads() throws Exception {
    TextField field = indexes.field();
    Corpus corpus = corpus(ROWS, 0);
    Threads.expectNoneLeftBy("a writer", () -> indexes.write(field, corpus));
    MemoryBlobSource blob = indexes.write(field, corpus);
    Threads.expectNoneLeftBy(
        "a reader",
        () -> {
          try (TextIndexReader reader = indexes.open(field, blob, ROWS)) {
            answers(reader);
          }
        });
    Threads.expectNoneLeftBy(
        "a live index",
        () -> {
          try (Open live = indexes.live(field, corpus)) {
            answers(live.reader());
          }
        });
  }

  private void failingReads() throws Exception {
    TextField field = indexes.field();
    MemoryBlobSource blob = indexes.write(field, corpus(ROWS, 0));
    Failing.reads(
        failure -> indexes.open(field, new FailingSource(blob, failure), ROWS), this::answers);
  }

  /** Counts, hits and scores of some words. */
  private List<Object> answers(TextIndexReader reader) {
    List<Object> answers = new ArrayList<>();
    RowSet all = RowSet.all(ROWS);
    for (String word : List.of("w1", "w50", "w399")) {
      List<String> terms = indexes.terms(indexes.field(), List.of(word, "w3"));
      TextStatistics statistics = reader.statistics(terms, all);
      TextQuery query = new TextQuery(terms, statistics, 5, all);
      answers.add(statistics);
      answers.add(reader.search(query).rows());
      answers.add(reader.score(query, new int[] {5, 17, 2990}));
    }
    return answers;
  }

  private void failingWrites() throws Exception {
    TextField field = indexes.field();
    Corpus corpus = corpus(ROWS, 0);
    Failing.writes(
        indexes.write(field, corpus).size(),
        room -> {
          try (TextIndexWriter writer =
              indexes.provider().writer(field, ROWS, new FullSink(room), indexes.context())) {
            corpus.texts().forEach(writer::add);
            writer.finish();
          }
        });
  }
}
