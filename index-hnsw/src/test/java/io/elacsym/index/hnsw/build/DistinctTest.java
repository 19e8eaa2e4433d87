package io.elacsym.index.hnsw.build;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DistinctTest {
  private static Distinct of(float[][] vectors) {
    return Distinct.of(
        vectors.length,
        vectors[0].length,
        (item, to) -> System.arraycopy(vectors[item], 0, to, 0, to.length));
  }

  @Test
  void differentVectorsAreGroupsOfOne() {
    Distinct distinct = of(new float[][] {{1, 2}, {2, 1}, {0, 0}});
    assertThat(distinct.starts()).containsExactly(0, 1, 2, 3);
    assertThat(distinct.members()).containsExactly(0, 1, 2);
  }

  @Test
  void equalVectorsAreOneGroupInTheOrderOfTheirItems() {
    Distinct distinct = of(new float[][] {{5, 5}, {1, 2}, {5, 5}, {3, 3}, {1, 2}, {5, 5}});
    assertThat(distinct.groups()).isEqualTo(3);
    assertThat(distinct.starts()).containsExactly(0, 3, 5, 6);
    assertThat(distinct.members()).containsExactly(0, 2, 5, 1, 4, 3);
    assertThat(distinct.first(1)).isEqualTo(1);
  }

  /** 31 * 31 * 1 + 31 * a + b is the hash: bits of b that make up for bits of a collide. */
  @Test
  void vectorsThatOnlyHashAlikeStayApart() {
    float[] one = {Float.intBitsToFloat(100), Float.intBitsToFloat(100)};
    float[] other = {Float.intBitsToFloat(101), Float.intBitsToFloat(100 - 31)};
    Distinct distinct = of(new float[][] {one, other, one, other, one});
    assertThat(distinct.groups()).isEqualTo(2);
    assertThat(distinct.members()).containsExactly(0, 2, 4, 1, 3);
  }
}
