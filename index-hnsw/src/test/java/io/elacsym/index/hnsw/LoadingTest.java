package io.elacsym.index.hnsw;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.ErrorKind;
import io.elacsym.api.blob.BlobSource;
import io.elacsym.api.blob.ByteRange;
import io.elacsym.api.index.Metric;
import io.elacsym.api.index.VectorField;
import io.elacsym.api.index.VectorHits;
import io.elacsym.api.index.VectorIndexReader;
import io.elacsym.index.hnsw.Indexes.Index;
import io.elacsym.index.hnsw.blob.v1.BlobLayout;
import io.elacsym.tck.MemoryBlobSource;
import io.elacsym.tck.Seed;
import io.elacsym.tck.index.PlacedVectors;
import io.elacsym.tck.index.TestVectors;
import io.elacsym.tck.index.TestVectors.Distribution;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a query waits for. */
class LoadingTest {
  private static final int ROWS = 2400;
  private static final int DIMENSION = 8;
  private static final VectorField FIELD = new VectorField("vector", DIMENSION, Metric.L2);

  /** A node's number and its code. */
  private static final int CODE_BYTES = 16 + 64 / 2;

  /** So many that a node has a kilobyte of them. */
  private static final Map<String, String> MANY_LINKS = Map.of("m", "128", "ef_construction", "16");

  private static Index manyLinks;

  @BeforeAll
  static void build() {
    manyLinks = Indexes.withoutVectors(FIELD, vectors(ROWS), MANY_LINKS);
  }

  private static TestVectors vectors(int rows) {
    return TestVectors.of(Distribution.UNIFORM.draw(rows, DIMENSION, new Random(Seed.current())));
  }

  @Test
  void openingReadsTheCodesInOneWaveAndTheFirstSearchReadsVectorsInAnother() {
    MemoryBlobSource blob = manyLinks.blob().unread();
    PlacedVectors segment = manyLinks.vectors().stored();
    try (VectorIndexReader reader = open(blob, segment)) {
      assertThat(blob.waves()).as("the tail, and all that is needed").isEqualTo(2);
      assertThat(blob.bytesRead())
          .isBetween((long) ROWS * CODE_BYTES, ROWS * CODE_BYTES + BlobLayout.TAIL_BYTES + 1000L);
      assertThat(search(reader).scored()).as("all codes").isEqualTo(ROWS);
      assertThat(blob.waves()).isEqualTo(2);
      assertThat(segment.file().waves()).isEqualTo(1);
      assertThat(segment.file().bytesRead()).isLessThan(ROWS / 4 * 4 * DIMENSION);
    }
  }

  @Test
  void rowsThatMayBeHitsAreToldBeforeTheirVectorsAreRead() {
    PlacedVectors segment = manyLinks.vectors().stored();
    try (VectorIndexReader reader = open(manyLinks.blob(), segment)) {
      List<int[]> told = new ArrayList<>();
      VectorHits hits =
          reader.search(
              Indexes.query(manyLinks.vectors().vector(17), 10, manyLinks.all(), 0.95),
              rows -> {
                assertThat(segment.file().waves()).isZero();
                told.add(rows);
              });
      assertThat(told).hasSize(1);
      assertThat(told.getFirst()).contains(hits.rows());
      assertThat(segment.file().waves()).isPositive();
    }
  }

  @Test
  void theSecondSearchReadsTheLinksAndWalks() {
    MemoryBlobSource blob = manyLinks.blob().unread();
    try (VectorIndexReader reader = open(blob, manyLinks.vectors().stored())) {
      search(reader);
      long before = blob.bytesRead();
      assertThat(search(reader).scored()).isLessThan(ROWS);
      assertThat(blob.waves()).isEqualTo(3);
      assertThat(blob.bytesRead() - before).isBetween(ROWS * 1024L, ROWS * 1100L);
      search(reader);
      assertThat(blob.waves()).isEqualTo(3);
    }
  }

  @Test
  void fewLinksComeWithTheCodes() {
    Index index = Indexes.withoutVectors(FIELD, vectors(ROWS), Map.of("m", "8"));
    MemoryBlobSource blob = index.blob().unread();
    try (VectorIndexReader reader = open(index, blob, index.vectors().stored())) {
      assertThat(search(reader).scored()).isLessThan(ROWS);
      assertThat(blob.waves()).isEqualTo(2);
    }
  }

  @Test
  void aSmallBlobComesWithItsTail() {
    Index index = Indexes.build(FIELD, vectors(20));
    MemoryBlobSource blob = new MemoryBlobSource(index.blob().bytes()).withTail();
    index.open(blob).close();
    assertThat(blob.waves()).isZero();
  }

  @Test
  void noSearchWaitsForAnotherThatReadsLinks() throws Exception {
    CompletableFuture<VectorHits> meanwhile = new CompletableFuture<>();
    Interrupted blob = new Interrupted(manyLinks.blob());
    try (VectorIndexReader reader = open(blob, manyLinks.vectors().stored())) {
      VectorHits first = search(reader);
      blob.onRead(
          ranges -> Thread.ofVirtual().start(() -> meanwhile.complete(search(reader))).join());
      assertThat(search(reader).rows()).isEqualTo(first.rows());
      assertThat(meanwhile.get().rows()).isEqualTo(first.rows());
      assertThat(meanwhile.get().scored()).as("all codes").isEqualTo(ROWS);
    }
  }

  @Test
  void linksThatCouldNotBeReadAreReadByTheNextSearch() {
    Interrupted blob = new Interrupted(manyLinks.blob());
    try (VectorIndexReader reader = open(blob, manyLinks.vectors().stored())) {
      search(reader);
      blob.onRead(ranges -> {
        throw new ElacsymException(ErrorKind.UNAVAILABLE, "the storage does not answer");
      });
      assertThatThrownBy(() -> search(reader)).hasMessageContaining("does not answer");
      blob.onRead(ranges -> {});
      assertThat(search(reader).scored()).isLessThan(ROWS);
    }
  }

  private static VectorIndexReader open(BlobSource blob, PlacedVectors segment) {
    return open(manyLinks, blob, segment);
  }

  private static VectorIndexReader open(Index index, BlobSource blob, PlacedVectors segment) {
    return Indexes.PROVIDER.open(index.stored(blob, segment), Indexes.context());
  }

  private static VectorHits search(VectorIndexReader reader) {
    return reader.search(Indexes.query(manyLinks.vectors().vector(3), 5, manyLinks.all(), 0.8));
  }

  /** Something happens when it is read. */
  private static final class Interrupted implements BlobSource {
    private final BlobSource blob;
    private volatile Reading reading = ranges -> {};

    /** What happens. */
    @FunctionalInterface
    private interface Reading {
      void read(List<ByteRange> ranges) throws InterruptedException;
    }

    Interrupted(BlobSource blob) {
      this.blob = blob;
    }

    void onRead(Reading reading) {
      this.reading = reading;
    }

    @Override
    public long size() {
      return blob.size();
    }

    @Override
    public List<MemorySegment> readAll(List<ByteRange> ranges) {
      try {
        reading.read(ranges);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
      return blob.readAll(ranges);
    }
  }
}
