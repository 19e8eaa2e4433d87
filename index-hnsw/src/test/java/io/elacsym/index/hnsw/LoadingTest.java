package io.elacsym.index.hnsw;

import static org.assertj.core.api.Assertions.assertThat;

import io.elacsym.api.blob.BlobSource;
import io.elacsym.api.index.Metric;
import io.elacsym.api.index.VectorField;
import io.elacsym.api.index.VectorIndexReader;
import io.elacsym.index.hnsw.Indexes.Index;
import io.elacsym.tck.MemoryBlobSource;
import io.elacsym.tck.Seed;
import io.elacsym.tck.index.TestVectors;
import io.elacsym.tck.index.TestVectors.Distribution;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LoadingTest {
  @Test
  void aLargeBlobTakesTwoWavesOfSizableRanges() {
    Index index = index(3000, 1024);
    MemoryBlobSource blob = new MemoryBlobSource(index.blob().bytes()).withTail();
    assertThat(blob.size()).isGreaterThan(12_000_000);
    try (VectorIndexReader reader = index.open(blob)) {
      assertThat(reader.count()).isEqualTo(3000);
    }
    assertThat(blob.waves()).isEqualTo(1);
    assertThat(blob.reads()).isLessThan(12);
    assertThat(blob.bytesRead())
        .as("all of it once")
        .isEqualTo(blob.size() - BlobSource.TAIL_BYTES);
  }

  @Test
  void aSmallBlobComesWithItsTail() {
    Index index = index(20, 8);
    MemoryBlobSource blob = new MemoryBlobSource(index.blob().bytes()).withTail();
    index.open(blob).close();
    assertThat(blob.waves()).isZero();
  }

  private static Index index(int rows, int dimension) {
    Random random = new Random(Seed.current());
    return Indexes.build(
        new VectorField("vector", dimension, Metric.DOT),
        TestVectors.of(Distribution.CLUSTERED.draw(rows, dimension, random)));
  }
}
