package io.elacsym.tck.index;

import io.elacsym.api.ErrorKind;
import io.elacsym.api.index.RowSet;
import io.elacsym.api.index.TextField;
import io.elacsym.api.index.TextIndexReader;
import io.elacsym.api.index.TextQuery;
import io.elacsym.api.index.TextStatistics;
import io.elacsym.tck.Check;
import io.elacsym.tck.MemoryBlobSource;
import io.elacsym.tck.Seed;
import io.elacsym.tck.expect.Expect;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** What is in a blob, and what happens when it is not all there. */
record TextBlobChecks(TextIndexes indexes) {
  private static final int ROWS = 500;
  private static final int WORDS = 300;

  List<Check> checks() {
    return List.of(
        Check.of("a blob opened again gives the same answers", this::reopened),
        Check.of("a truncated blob is corrupt", this::truncated),
        Check.of("a blob of another kind is corrupt", this::foreign));
  }

  /** The second time in native memory: a reader must not care where bytes lie. */
  private void reopened() {
    TextField field = indexes.field();
    MemoryBlobSource blob = indexes.write(field, corpus());
    Expect.equal("answers", answers(field, blob), answers(field, blob.nativeCopy()));
  }

  private void truncated() throws Exception {
    TextField field = indexes.field();
    MemoryBlobSource blob = indexes.write(field, corpus());
    long size = blob.size();
    for (long left : List.of(0L, 1L, 8L, size / 4, size / 2, size - 64, size - 8, size - 1)) {
      Expect.failure(
          ErrorKind.CORRUPT,
          "searching the first " + left + " of " + size + " bytes",
          () -> answers(field, blob.truncated(left)));
    }
  }

  private void foreign() throws Exception {
    byte[] noise = new byte[20_000];
    new Random(Seed.current()).nextBytes(noise);
    byte[] text = "this is no index\n".repeat(500).getBytes(StandardCharsets.UTF_8);
    for (byte[] bytes : List.of(noise, text, new byte[4096])) {
      Expect.failure(
          ErrorKind.CORRUPT,
          "searching " + bytes.length + " bytes of something else",
          () -> answers(indexes.field(), new MemoryBlobSource(bytes)));
    }
  }

  private static Corpus corpus() {
    return Corpus.random(ROWS, WORDS, 1, 60, new Random(Seed.current()));
  }

  /** Searches and counts every word there is, so that all of the blob is needed. */
  private List<String> answers(TextField field, MemoryBlobSource blob) {
    List<String> answers = new ArrayList<>();
    RowSet all = RowSet.all(ROWS);
    try (TextIndexReader reader = indexes.open(field, blob, ROWS)) {
      for (int word = 0; word < WORDS; word++) {
        List<String> terms = List.of("w" + word);
        TextStatistics statistics = reader.statistics(terms, all);
        answers.add(statistics.toString());
        answers.add(
            Arrays.toString(reader.search(new TextQuery(terms, statistics, ROWS, all)).rows()));
      }
    }
    return answers;
  }
}
