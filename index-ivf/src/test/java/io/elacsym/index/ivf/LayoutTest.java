package io.elacsym.index.ivf;

import static org.assertj.core.api.Assertions.assertThat;

import io.elacsym.api.index.Metric;
import io.elacsym.api.index.VectorField;
import io.elacsym.index.ivf.Indexes.Written;
import io.elacsym.index.ivf.blob.v1.BlobHead;
import io.elacsym.index.ivf.blob.v1.ListTable;
import io.elacsym.tck.Seed;
import io.elacsym.tck.index.TestVectors;
import io.elacsym.tck.index.TestVectors.Distribution;
import java.util.BitSet;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LayoutTest {
  private static final int LIST_ROWS = 50;

  private static TestVectors vectors(Distribution distribution, int count) {
    return TestVectors.of(distribution.draw(count, 20, new Random(Seed.current())));
  }

  private static Written write(TestVectors vectors, boolean mayReorder, int threads) {
    return Indexes.write(
        new VectorField("vector", 20, Metric.COSINE),
        vectors,
        mayReorder,
        Indexes.context("list_rows", "" + LIST_ROWS).withParallelism(threads));
  }

  @ParameterizedTest
  @EnumSource(Distribution.class)
  void listsAreBalancedWhateverTheData(Distribution distribution) {
    ListTable table = write(vectors(distribution, 4000), true, 2).head().table();
    assertThat(table.largest()).isLessThanOrEqualTo(4 * LIST_ROWS);
    assertThat(table.lists()).isBetween(4000 / LIST_ROWS / 3, 4000 / LIST_ROWS * 3);
  }

  @Test
  void fewVectorsAreOneListThatIsSearchedWhole() {
    Written index = write(vectors(Distribution.UNIFORM, 1000), true, 2);
    assertThat(index.head().table().lists()).isEqualTo(1);
    assertThat(index.head().curve().isEmpty()).isTrue();
    assertThat(index.head().footer().quantizer()).isEqualTo("flat");
  }

  @Test
  void inClusterOrderNoRowNumbersAreStored() {
    Written index = write(vectors(Distribution.CLUSTERED, 2000).withGaps(3), true, 2);
    assertThat(index.head().footer().rowNumbers()).isFalse();
    for (int item = 0; item < index.vectors().count(); item++) {
      assertThat(index.vectors().row(item)).as("rows without a vector come last").isEqualTo(item);
    }
  }

  @Test
  void inGivenOrderEveryRowIsInOneList() {
    TestVectors vectors = vectors(Distribution.CLUSTERED, 2000).withGaps(3);
    BlobHead head = write(vectors, false, 2).head();
    BitSet rows = new BitSet();
    for (int item = 0; item < vectors.count(); item++) {
      rows.set(head.row(item));
    }
    BitSet expected = new BitSet();
    for (int item = 0; item < vectors.count(); item++) {
      expected.set(vectors.row(item));
    }
    assertThat(rows).isEqualTo(expected);
  }

  @Test
  void bytesDoNotDependOnTheNumberOfThreads() {
    TestVectors vectors = vectors(Distribution.CLUSTERED, 3000);
    assertThat(write(vectors, true, 4).blob()).isEqualTo(write(vectors, true, 1).blob());
  }
}
