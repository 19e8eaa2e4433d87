package io.elacsym.index.ivf;

import static org.assertj.core.api.Assertions.assertThat;

import io.elacsym.api.index.Metric;
import io.elacsym.api.index.RowSet;
import io.elacsym.api.index.VectorField;
import io.elacsym.api.index.VectorHits;
import io.elacsym.api.index.VectorIndexReader;
import io.elacsym.index.ivf.Indexes.Written;
import io.elacsym.tck.MemoryBlobSource;
import io.elacsym.tck.Seed;
import io.elacsym.tck.index.PlacedVectors;
import io.elacsym.tck.index.TestVectors;
import io.elacsym.tck.index.TestVectors.Distribution;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WavesTest {
  private static final int ROWS = 8000;
  private static final VectorField FIELD = new VectorField("vector", 48, Metric.L2);

  /** An index that counts what is read of its blob and of the segment's vectors. */
  private record Counted(
      Written index, MemoryBlobSource blob, PlacedVectors segment, VectorIndexReader reader)
      implements AutoCloseable {
    static Counted open(Written index) {
      MemoryBlobSource blob = index.source().withTail();
      PlacedVectors segment = index.vectors().stored();
      return new Counted(index, blob, segment, index.open(blob, segment, Indexes.context()));
    }

    long waves() {
      return blob.waves() + segment.file().waves();
    }

    long bytes() {
      return blob.bytesRead() + segment.file().bytesRead();
    }

    VectorHits search() {
      return reader.search(Indexes.query(index.vectors().vector(17), 10, index.all(), 0.95));
    }

    long wavesOfSearch() {
      long before = waves();
      search();
      return waves() - before;
    }

    @Override
    public void close() {
      reader.close();
    }
  }

  private static Written write(String quantizer, boolean mayReorder, boolean atHand) {
    Random random = new Random(Seed.current());
    TestVectors vectors =
        TestVectors.of(Distribution.CLUSTERED.draw(ROWS, FIELD.dimension(), random));
    var context = Indexes.context("quantizer", quantizer, "list_rows", "64");
    return atHand
        ? Indexes.write(FIELD, vectors, mayReorder, context)
        : Indexes.writeWithVectors(FIELD, vectors, mayReorder, context);
  }

  @Test
  void openingReadsNothingButTheTail() {
    try (Counted index = Counted.open(write("rabitq", true, true))) {
      assertThat(index.reader().count()).isEqualTo(ROWS);
      assertThat(index.waves()).isZero();
    }
  }

  @Test
  void openingWithRowNumbersIsOneWaveAtMost() {
    try (Counted index = Counted.open(write("rabitq", false, true))) {
      assertThat(index.reader().count()).isEqualTo(ROWS);
      assertThat(index.waves()).isLessThanOrEqualTo(1);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void coldSearchOfCodesIsTwoWavesAndWarmOneIsOne(boolean atHand) {
    try (Counted index = Counted.open(write("rabitq", true, atHand))) {
      assertThat(index.wavesOfSearch()).isEqualTo(2);
      assertThat(index.wavesOfSearch()).isEqualTo(1);
    }
  }

  @Test
  void vectorsAtHandAreNotStoredAgain() {
    for (String quantizer : List.of("rabitq", "pq", "sq8", "flat")) {
      long own = write(quantizer, true, false).blob().length;
      long without = write(quantizer, true, true).blob().length;
      assertThat(own - without).as(quantizer).isEqualTo(4L * FIELD.dimension() * ROWS);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void vectorsAtHandAreReadOfTheSegmentWhateverTheOrderOfItsRows(boolean mayReorder) {
    try (Counted index = Counted.open(write("rabitq", mayReorder, true))) {
      assertThat(index.wavesOfSearch()).isEqualTo(2);
      assertThat(index.segment().file().waves()).isEqualTo(1);
    }
  }

  @Test
  void likelyHitsAreToldBeforeTheirVectorsAreRead() {
    try (Counted index = Counted.open(write("rabitq", true, true))) {
      List<Long> wavesBefore = new ArrayList<>();
      List<int[]> told = new ArrayList<>();
      VectorHits hits =
          index
              .reader()
              .search(
                  Indexes.query(index.index().vectors().vector(17), 10, index.index().all(), 0.95),
                  rows -> {
                    told.add(rows);
                    wavesBefore.add(index.waves());
                  });
      assertThat(wavesBefore).as("the lists").containsExactly(1L);
      assertThat(index.waves()).isEqualTo(2);
      assertThat(told.getFirst()).contains(hits.rows());
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void coldSearchOfFlatListsIsOneWaveAndWarmOneReadsNothing(boolean atHand) {
    try (Counted index = Counted.open(write("flat", true, atHand))) {
      assertThat(index.wavesOfSearch()).isEqualTo(1);
      assertThat(index.wavesOfSearch()).isZero();
    }
  }

  @Test
  void listsThatAreHeldAnswerAsThoseThatAreRead() {
    try (Counted index = Counted.open(write("flat", true, true))) {
      VectorHits cold = index.search();
      VectorHits warm = index.search();
      assertThat(warm.rows()).isEqualTo(cold.rows());
      assertThat(warm.scores()).isEqualTo(cold.scores());
    }
  }

  @Test
  void coldSearchReadsASmallPart() {
    Written written = write("rabitq", true, true);
    try (Counted index = Counted.open(written)) {
      index.search();
      assertThat(index.bytes()).isLessThan(written.blob().length / 2);
    }
  }

  @Test
  void filterThatAcceptsFewRowsReadsLittleMoreThanThese() {
    try (Counted index = Counted.open(write("flat", true, true))) {
      RowSet accept = Indexes.share(ROWS, 0.002, new Random(Seed.current()));
      index.reader().search(Indexes.query(index.index().vectors().vector(17), 10, accept, 0.95));
      assertThat(index.waves()).isEqualTo(1);
      long row = 4L * FIELD.dimension();
      assertThat(index.bytes()).isLessThanOrEqualTo(accept.cardinality() * (row + 4096));
    }
  }

  @Test
  void closingLetsGoOfLists() {
    Counted index = Counted.open(write("flat", true, true));
    index.search();
    index.close();
    assertThat(index.wavesOfSearch()).isEqualTo(1);
  }
}
