package io.elacsym.index.ivf;

import static org.assertj.core.api.Assertions.assertThat;

import io.elacsym.api.index.Metric;
import io.elacsym.api.index.VectorField;
import io.elacsym.api.index.VectorHits;
import io.elacsym.api.index.VectorIndexReader;
import io.elacsym.index.ivf.Indexes.Written;
import io.elacsym.tck.MemoryBlobSource;
import io.elacsym.tck.Seed;
import io.elacsym.tck.index.TestVectors;
import io.elacsym.tck.index.TestVectors.Distribution;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class WavesTest {
  private static final int ROWS = 8000;
  private static final VectorField FIELD = new VectorField("vector", 48, Metric.L2);

  private static Written write(String quantizer, boolean mayReorder) {
    Random random = new Random(Seed.current());
    TestVectors vectors =
        TestVectors.of(Distribution.CLUSTERED.draw(ROWS, FIELD.dimension(), random));
    return Indexes.write(
        FIELD, vectors, mayReorder, Indexes.context("quantizer", quantizer, "list_rows", "64"));
  }

  private static long wavesOfSearch(
      VectorIndexReader reader, MemoryBlobSource source, Written index) {
    long before = source.waves();
    reader.search(Indexes.query(index.vectors().vector(17), 10, index.all(), 0.95));
    return source.waves() - before;
  }

  @Test
  void openingReadsNothingButTheTail() {
    Written index = write("rabitq", true);
    MemoryBlobSource source = index.source().withTail();
    try (VectorIndexReader reader = index.open(source)) {
      assertThat(reader.count()).isEqualTo(ROWS);
      assertThat(source.waves()).isZero();
    }
  }

  @Test
  void openingWithRowNumbersIsOneWaveAtMost() {
    Written index = write("rabitq", false);
    MemoryBlobSource source = index.source().withTail();
    try (VectorIndexReader reader = index.open(source)) {
      assertThat(reader.count()).isEqualTo(ROWS);
      assertThat(source.waves()).isLessThanOrEqualTo(1);
    }
  }

  @Test
  void coldSearchOfCodesIsTwoWavesAndWarmOneIsOne() {
    Written index = write("rabitq", true);
    MemoryBlobSource source = index.source().withTail();
    try (VectorIndexReader reader = index.open(source)) {
      assertThat(wavesOfSearch(reader, source, index)).isEqualTo(2);
      assertThat(wavesOfSearch(reader, source, index)).isEqualTo(1);
    }
  }

  @Test
  void likelyHitsAreToldBeforeTheirVectorsAreRead() {
    Written index = write("rabitq", true);
    MemoryBlobSource source = index.source().withTail();
    try (VectorIndexReader reader = index.open(source)) {
      List<Long> wavesBefore = new ArrayList<>();
      List<int[]> told = new ArrayList<>();
      VectorHits hits =
          reader.search(
              Indexes.query(index.vectors().vector(17), 10, index.all(), 0.95),
              rows -> {
                told.add(rows);
                wavesBefore.add(source.waves());
              });
      assertThat(wavesBefore).as("the lists").containsExactly(1L);
      assertThat(source.waves()).isEqualTo(2);
      assertThat(told.getFirst()).contains(hits.rows());
    }
  }

  @Test
  void coldSearchOfFlatListsIsOneWaveAndWarmOneReadsNothing() {
    Written index = write("flat", true);
    MemoryBlobSource source = index.source().withTail();
    try (VectorIndexReader reader = index.open(source)) {
      assertThat(wavesOfSearch(reader, source, index)).isEqualTo(1);
      assertThat(wavesOfSearch(reader, source, index)).isZero();
    }
  }

  @Test
  void coldSearchReadsASmallPartOfTheBlob() {
    Written index = write("rabitq", true);
    MemoryBlobSource source = index.source().withTail();
    try (VectorIndexReader reader = index.open(source)) {
      long before = source.bytesRead();
      wavesOfSearch(reader, source, index);
      assertThat(source.bytesRead() - before).isLessThan(index.blob().length / 4);
    }
  }

  @Test
  void filterThatAcceptsFewRowsReadsLittleMoreThanThese() {
    Written index = write("flat", true);
    MemoryBlobSource source = index.source().withTail();
    Random random = new Random(Seed.current());
    try (VectorIndexReader reader = index.open(source)) {
      long before = source.bytesRead();
      var accept = Indexes.share(ROWS, 0.002, random);
      reader.search(Indexes.query(index.vectors().vector(17), 10, accept, 0.95));
      assertThat(source.waves()).isEqualTo(1);
      long row = 4L * FIELD.dimension();
      assertThat(source.bytesRead() - before)
          .isLessThanOrEqualTo(accept.cardinality() * (row + 4096));
    }
  }

  @Test
  void closingLetsGoOfLists() {
    Written index = write("flat", true);
    MemoryBlobSource source = index.source().withTail();
    VectorIndexReader reader = index.open(source);
    wavesOfSearch(reader, source, index);
    reader.close();
    assertThat(wavesOfSearch(reader, source, index)).isEqualTo(1);
  }
}
