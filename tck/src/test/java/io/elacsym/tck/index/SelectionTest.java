package io.elacsym.tck.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SelectionTest {
  @Test
  void findsWhatSortingWouldPutThere() {
    Random random = new Random(3);
    for (int size : new int[] {1, 2, 3, 10, 200}) {
      for (int kinds : new int[] {1, 3, 1000}) {
        double[] values = random.ints(size, 0, kinds).asDoubleStream().toArray();
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        for (int place = 0; place < size; place++) {
          assertThat(Selection.nth(values.clone(), place))
              .as("place %d of %s", place, Arrays.toString(values))
              .isEqualTo(sorted[place]);
        }
      }
    }
  }
}
