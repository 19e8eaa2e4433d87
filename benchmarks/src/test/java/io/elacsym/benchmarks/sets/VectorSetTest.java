package io.elacsym.benchmarks.sets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.elacsym.api.index.Metric;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VectorSetTest {
  private static final List<float[]> VECTORS =
      List.of(new float[] {3, 4}, new float[] {0, 2}, new float[] {-1, 0});
  private static final List<float[]> QUERIES = List.of(new float[] {1, 1});

  @TempDir private Path data = Path.of("");

  @Test
  void whatIsWrittenIsReadBack() throws IOException {
    VectorSet set = SmallSets.write(data, "some", Metric.L2, VECTORS, QUERIES);
    assertThat(set.count()).isEqualTo(3);
    assertThat(set.dimension()).isEqualTo(2);
    assertThat(set.metric()).isEqualTo(Metric.L2);
    assertThat(set.vectors().get(0)).containsExactly(3, 4);
    assertThat(set.vectors().get(2)).containsExactly(-1, 0);
    assertThat(set.queries().getFirst()).containsExactly(1, 1);
    assertThat(set.vectors().score(Metric.L2, set.queries().getFirst(), 0)).isEqualTo(-13);
  }

  @Test
  void vectorsHaveLengthOneUnderCosine() throws IOException {
    VectorSet set = SmallSets.write(data, "some", Metric.COSINE, VECTORS, QUERIES);
    assertThat(set.vectors().get(0)).containsExactly(0.6f, 0.8f);
    assertThat(set.vectors().get(1)).containsExactly(0, 1);
    assertThat(set.queries().getFirst()[0]).isCloseTo((float) Math.sqrt(.5), within(1e-6f));
  }

  @Test
  void aVectorWithoutDirectionIsRefusedUnderCosine() {
    List<float[]> zero = List.of(new float[] {0, 0});
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SmallSets.write(data, "some", Metric.COSINE, zero, QUERIES))
        .withMessageContaining("no cosine");
  }

  @Test
  void onlyTheFirstVectorsAreOpenedWhenFewerAreWanted() throws IOException {
    var _ = SmallSets.write(data, "some", Metric.L2, VECTORS, QUERIES);
    VectorSet two = VectorSet.open(data, "some", 2, 1);
    assertThat(two.count()).isEqualTo(2);
    assertThat(two.identity()).isNotEqualTo(VectorSet.open(data, "some", 3, 1).identity());
  }

  @Test
  void aMissingSetTellsHowToMakeIt() {
    assertThatIOException()
        .isThrownBy(() -> VectorSet.open(data, "glove", 1, 1))
        .withMessageContaining("`bench data --set glove` makes it");
  }

  @Test
  void aFileOfAnotherLengthIsRefused() throws IOException {
    VectorSet set = SmallSets.write(data, "some", Metric.L2, VECTORS, QUERIES);
    Files.write(set.vectorsFile(), new byte[20]);
    assertThatIOException()
        .isThrownBy(() -> VectorSet.open(data, "some", 1, 1))
        .withMessageContaining("20 bytes, expected 24");
  }
}
