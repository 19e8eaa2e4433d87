package io.elacsym.tck.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.elacsym.api.index.RowSet;
import java.util.BitSet;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sets of rows beside those of the JDK. */
final class RowSetTest {
  private static BitSet random(int rows, int every, Random random) {
    BitSet set = new BitSet(rows);
    for (int row = 0; row < rows; row++) {
      set.set(row, every == 1 || random.nextInt(every) == 0);
    }
    return set;
  }

  private static BitSet bits(RowSet set) {
    BitSet bits = new BitSet(set.rowCount());
    for (int row = set.next(0); row >= 0; row = set.next(row + 1)) {
      bits.set(row);
    }
    return bits;
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 63, 64, 65, 1_000})
  void setsAreCombinedAsThoseOfTheJdk(int rows) {
    Random random = new Random(rows);
    // All rows, some, and none or few.
    for (int left : new int[] {1, 3, 5_000}) {
      for (int right : new int[] {1, 2, 5_000}) {
        BitSet a = random(rows, left, random);
        BitSet b = random(rows, right, random);
        RowSet one = RowSet.of(rows, a);
        RowSet two = RowSet.of(rows, b);
        BitSet and = (BitSet) a.clone();
        and.and(b);
        BitSet or = (BitSet) a.clone();
        or.or(b);
        BitSet andNot = (BitSet) a.clone();
        andNot.andNot(b);
        assertThat(bits(one.and(two))).isEqualTo(and);
        assertThat(bits(one.or(two))).isEqualTo(or);
        assertThat(bits(one.andNot(two))).isEqualTo(andNot);
        assertThat(one.andNot(two).cardinality()).isEqualTo(andNot.cardinality());
        assertThat(one.cardinality(rows / 3, rows)).isEqualTo(a.get(rows / 3, rows).cardinality());
      }
    }
  }

  @Test
  void setsOfDifferentSegmentsAreNotCombined() {
    RowSet one = RowSet.all(3);
    RowSet other = RowSet.all(4);
    assertThatThrownBy(() -> one.or(other)).hasMessage("3 rows and 4 rows");
    assertThatThrownBy(() -> one.andNot(other)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> one.and(other)).isInstanceOf(IllegalArgumentException.class);
  }
}
