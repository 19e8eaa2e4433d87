package io.elacsym.index.ivf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.elacsym.tck.Seed;
import java.lang.foreign.MemorySegment;
import java.util.Random;
import org.junit.jupiter.api.Test;

class KernelsTest {
  private final Random random = new Random(Seed.current());

  @Test
  void normalTailIsThatOfTheTables() {
    assertThat(NormalTail.above(0)).isCloseTo(0.5f, within(1e-4f));
    assertThat(NormalTail.above(1)).isCloseTo(0.158655f, within(1e-4f));
    assertThat(NormalTail.above(-2)).isCloseTo(0.977250f, within(1e-4f));
    assertThat(NormalTail.above(5)).isCloseTo(2.8665e-7f, within(3e-9f));
    assertThat(NormalTail.above(50)).isZero();
    assertThat(NormalTail.above(-50)).isEqualTo(1);
  }

  @Test
  void codesAreAtMostHalfAStepOff() {
    int dimension = 40;
    float[] vectors = new float[dimension * 100];
    for (int i = 0; i < vectors.length; i++) {
      vectors[i] = (float) random.nextGaussian() * (i % dimension);
    }
    Scale scale = Scale.of(vectors, dimension);
    float[] inverse = scale.inverse();
    float[] decoded = new float[dimension];
    byte[] code = new byte[dimension];
    for (int at = 0; at < vectors.length; at += dimension) {
      scale.encode(vectors, at, inverse, code, 0);
      scale.decode(MemorySegment.ofArray(code), 0, decoded, 0);
      for (int j = 0; j < dimension; j++) {
        float step = scale.step()[j];
        assertThat(decoded[j]).isCloseTo(vectors[at + j], within(0.501f * step + 1e-6f));
      }
    }
  }

  @Test
  void missedShareFallsAsTheTargetRises() {
    float[] left = {0.3f, 0.2f};
    Curve curve = new Curve(new float[] {0.8f, 0.9f}, new float[] {0.4f, 0.1f}, left, 1, 0);
    assertThat(curve.missedAt(0)).isEqualTo(0.4f);
    assertThat(curve.missedAt(0.85)).isCloseTo(0.2, within(1e-3));
    assertThat(curve.missedAt(0.95)).isCloseTo(0.05, within(1e-6));
    assertThat(curve.missedAt(1)).isZero();
    assertThat(curve.leftAt(0.8)).isEqualTo(0.3f);
    assertThat(Curve.NONE.missedAt(0.5)).isZero();
  }
}
