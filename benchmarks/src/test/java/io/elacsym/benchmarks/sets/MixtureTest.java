package io.elacsym.benchmarks.sets;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MixtureTest {
  private static final int DIMENSION = 24;

  @Test
  void theSameSeedGivesTheSameVectorsOnManyThreads() {
    float[][] alone = new float[500][DIMENSION];
    Mixture one = new Mixture(DIMENSION, 7);
    for (int i = alone.length - 1; i >= 0; i--) {
      one.vector(i, alone[i]);
    }
    float[][] together = new float[500][DIMENSION];
    Mixture other = new Mixture(DIMENSION, 7);
    IntStream.range(0, together.length).parallel().forEach(i -> other.vector(i, together[i]));
    assertThat(together).isDeepEqualTo(alone);
  }

  @Test
  void anotherSeedGivesOtherVectors() {
    assertThat(vector(new Mixture(DIMENSION, 7), 3))
        .isNotEqualTo(vector(new Mixture(DIMENSION, 8), 3));
  }

  @Test
  void queriesAreNotAmongTheVectors() {
    Mixture mixture = new Mixture(DIMENSION, 7);
    for (int i = 0; i < 100; i++) {
      float[] query = new float[DIMENSION];
      mixture.query(i, query);
      assertThat(query).isNotEqualTo(vector(mixture, i));
    }
  }

  @Test
  void neighbouringNumbersHaveNothingInCommon() {
    Mixture mixture = new Mixture(DIMENSION, 7);
    assertThat(vector(mixture, 1)).isNotEqualTo(vector(mixture, 2));
  }

  private static float[] vector(Mixture mixture, long number) {
    float[] vector = new float[DIMENSION];
    mixture.vector(number, vector);
    return vector;
  }
}
