package io.elacsym.index.bm25.blob.v2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.Encoding;
import io.elacsym.api.ErrorKind;
import io.elacsym.api.index.RowSet;
import io.elacsym.api.index.TextHits;
import io.elacsym.api.index.TextIndexReader;
import io.elacsym.api.index.TextIndexWriter;
import io.elacsym.api.index.TextQuery;
import io.elacsym.index.bm25.Corpus;
import io.elacsym.tck.MemoryBlobSink;
import io.elacsym.tck.MemoryBlobSource;
import io.elacsym.tck.Seed;
import io.elacsym.tck.TestContext;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class BlobFormatTest {
  /** Never whole, and so little at first that a second wave is needed. */
  private static final BlobBytes.Plan BY_PAGES = new BlobBytes.Plan(0, 64);

  private static final BlobBytes.Plan BY_PAGES_WITH_TAIL = new BlobBytes.Plan(0, 256 << 10);

  private final long seed = Seed.current();
  private final Random random = new Random(seed);

  @Test
  void theSameRowsGiveTheSameBytes() {
    Corpus corpus = Corpus.random(random, 300, 100, 60);
    assertThat(corpus.blob().bytes()).containsExactly(corpus.blob().bytes());
  }

  @Test
  void aLargeBlobIsOpenedInOneWaveOrTwoAndAnswersLikeASmallOne() {
    Corpus corpus = Corpus.random(random, 30_000, 20_000, 60);
    MemoryBlobSource blob = corpus.blob();
    assertThat(blob.size()).as("many pages").isGreaterThan(8 * BlobLayout.PAGE);
    try (TextIndexReader whole = corpus.open(blob)) {
      assertThat(blob.waves()).isEqualTo(1);
      for (BlobBytes.Plan plan : List.of(BY_PAGES, BY_PAGES_WITH_TAIL)) {
        MemoryBlobSource source = blob.nativeCopy();
        try (TextIndexReader paged = corpus.open(source, plan)) {
          assertThat(source.waves()).isEqualTo(plan.equals(BY_PAGES) ? 2 : 1);
          assertSameAnswers(corpus, whole, paged);
          assertThat(source.bytesRead())
              .as("each byte is read once, but those of the end")
              .isLessThanOrEqualTo(blob.size() + BY_PAGES_WITH_TAIL.tail());
        }
      }
    }
  }

  @Test
  void aColdQueryTakesThreeWaves() {
    Corpus corpus = Corpus.random(random, 30_000, 20_000, 60);
    MemoryBlobSource blob = corpus.blob();
    for (double alive : new double[] {1, 0.9}) {
      MemoryBlobSource source = new MemoryBlobSource(blob.bytes());
      RowSet live = corpus.some(random, alive);
      List<String> terms = Corpus.words(random, 20_000, 4);
      try (TextIndexReader cold = corpus.open(source, BY_PAGES_WITH_TAIL)) {
        TextQuery query = new TextQuery(terms, cold.statistics(terms, live), 10, live);
        TextHits hits = cold.search(query);
        cold.score(query, hits.rows());
        assertThat(source.waves()).as("seed %d, %s", seed, terms).isLessThanOrEqualTo(3);
        assertThat(source.bytesRead()).isLessThan(blob.size());
        long before = source.waves();
        cold.search(query);
        assertThat(source.waves()).as("a second time").isEqualTo(before);
      }
    }
  }

  private void assertSameAnswers(Corpus corpus, TextIndexReader a, TextIndexReader b) {
    for (int i = 0; i < 50; i++) {
      List<String> terms = Corpus.words(random, 20_000, 1 + random.nextInt(4));
      RowSet live = corpus.some(random, 0.9);
      assertThat(a.statistics(terms, live)).isEqualTo(b.statistics(terms, live));
      TextQuery query = new TextQuery(terms, a.statistics(terms, live), 20, live);
      TextHits hits = a.search(query);
      TextHits others = b.search(query);
      assertThat(hits.rows()).as("seed %d", seed).containsExactly(others.rows());
      assertThat(hits.scores()).containsExactly(others.scores());
      assertThat(b.score(query, hits.rows())).containsExactly(hits.scores());
    }
  }

  @Test
  void manyThreadsReadOneBlob() throws Exception {
    Corpus corpus = Corpus.random(random, 10_000, 5_000, 60);
    MemoryBlobSource blob = corpus.blob();
    List<String> terms = List.of("w2", "w17", "w333");
    try (TextIndexReader whole = corpus.open(blob);
        TextIndexReader paged = corpus.open(blob, BY_PAGES)) {
      TextQuery query = corpus.query(whole, terms, 50, RowSet.all(corpus.size()));
      TextHits expected = whole.search(query);
      Callable<TextHits> search = () -> paged.search(query);
      try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
        for (Future<TextHits> found : threads.invokeAll(Collections.nCopies(16, search))) {
          TextHits hits = found.get();
          assertThat(hits.rows()).containsExactly(expected.rows());
          assertThat(hits.scores()).containsExactly(expected.scores());
        }
      }
    }
  }

  @Test
  void aTruncatedBlobIsCorrupt() {
    Corpus corpus = Corpus.random(random, 200, 100, 30);
    MemoryBlobSource blob = corpus.blob();
    for (long size = 0; size < blob.size(); size += 1 + random.nextInt(40)) {
      MemoryBlobSource cut = blob.truncated(size);
      assertCorrupt(catchThrowable(() -> corpus.open(cut).close()), "size " + size);
      assertCorrupt(catchThrowable(() -> corpus.open(cut, BY_PAGES).close()), "size " + size);
    }
  }

  @Test
  void aWrongByteAnywhereIsCorrupt() {
    Corpus corpus = Corpus.random(random, 60, 50, 30);
    MemoryBlobSource blob = corpus.blob();
    for (long at = 0; at < blob.size(); at++) {
      MemoryBlobSource wrong = blob.corrupted(at);
      assertCorrupt(catchThrowable(() -> corpus.open(wrong).close()), "byte " + at);
    }
  }

  @Test
  void aWrongByteInAPageIsCorruptOrNotLookedAt() {
    Corpus corpus = Corpus.random(random, 20_000, 5_000, 60);
    MemoryBlobSource blob = corpus.blob();
    TextQuery query;
    TextHits expected;
    try (TextIndexReader whole = corpus.open(blob)) {
      query = corpus.query(whole, List.of("w7", "w99", "w1234"), 10, RowSet.all(corpus.size()));
      expected = whole.search(query);
    }
    int refused = 0;
    for (long at = 0; at < blob.size(); at += 1 + random.nextInt(3_000)) {
      MemoryBlobSource wrong = blob.corrupted(at);
      BlobBytes.Plan plan = random.nextBoolean() ? BY_PAGES : BY_PAGES_WITH_TAIL;
      try (TextIndexReader paged = corpus.open(wrong, plan)) {
        assertThat(paged.search(query).rows()).as("byte %d", at).containsExactly(expected.rows());
      } catch (ElacsymException e) {
        assertCorrupt(e, "byte " + at);
        refused++;
      }
    }
    assertThat(refused).isPositive();
  }

  @Test
  void anotherNumberOfRowsIsCorrupt() {
    Corpus corpus = Corpus.random(random, 60, 50, 30);
    MemoryBlobSource blob = corpus.blob();
    Corpus other = new Corpus(61, Map.of());
    assertCorrupt(catchThrowable(() -> other.open(blob).close()), "rows");
  }

  @Test
  void anotherVersionIsRefused() {
    assertThat(Corpus.PROVIDER.canRead(Encoding.of("bm25", 3))).isFalse();
    assertThat(Corpus.PROVIDER.canRead(new Encoding("bm25", 2, Set.of("analysis-4")))).isFalse();
    assertThat(Corpus.PROVIDER.isCurrent(Corpus.PROVIDER.encoding())).isTrue();
    for (Encoding earlier :
        List.of(
            Encoding.of("bm25", 1),
            new Encoding("bm25", 1, Set.of("analysis-2")),
            Encoding.of("bm25", 2),
            new Encoding("bm25", 2, Set.of("analysis-2")))) {
      assertThat(Corpus.PROVIDER.canRead(earlier)).as("%s", earlier).isTrue();
      assertThat(Corpus.PROVIDER.isCurrent(earlier)).as("%s", earlier).isFalse();
    }
    assertThat(Corpus.PROVIDER.canRead(Encoding.of("other", 1))).isFalse();
  }

  @Test
  void rowsMustAscendAndLieInTheSegment() {
    try (TextIndexWriter writer =
        Corpus.PROVIDER.writer(
            Corpus.FIELD, 3, new MemoryBlobSink(), TestContext.of(Corpus.PROVIDER))) {
      writer.add(1, List.of("one"));
      assertThatThrownBy(() -> writer.add(1, List.of("one")))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> writer.add(3, List.of("three")))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void aCancelledHostStopsTheWriter() {
    TestContext cancelled = TestContext.of(Corpus.PROVIDER).cancelledWhen(() -> true);
    try (TextIndexWriter writer =
        Corpus.PROVIDER.writer(Corpus.FIELD, 3, new MemoryBlobSink(), cancelled)) {
      assertThatThrownBy(() -> writer.add(0, List.of("one"))).isInstanceOf(ElacsymException.class);
    }
  }

  private void assertCorrupt(Throwable thrown, String what) {
    assertThat(thrown)
        .as("%s, seed %d", what, seed)
        .isInstanceOfSatisfying(
            ElacsymException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.CORRUPT));
  }
}
