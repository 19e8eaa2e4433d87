package io.elacsym.index.ivf.quantizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.elacsym.tck.Seed;
import java.lang.foreign.MemorySegment;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ScaleTest {
  private final Random random = new Random(Seed.current());

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
}
