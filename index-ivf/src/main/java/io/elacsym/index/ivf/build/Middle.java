package io.elacsym.index.ivf.build;

import java.util.Arrays;
import java.util.SplittableRandom;

/** The middle of vectors, which a few that lie far off cannot move. */
final class Middle {
  private static final int SAMPLE = 512;

  /** The longer vectors are, the fewer are looked at: the sample lies on the Java heap. */
  private static final int MOST_FLOATS = 1 << 20;

  private Middle() {}

  /** The median of each component, over a sample. */
  static float[] of(Vectors vectors, SplittableRandom random) {
    int most = Math.clamp(MOST_FLOATS / vectors.dimension(), 1, SAMPLE);
    int size = Math.min(most, vectors.count());
    int[] sample = Sampling.sample(vectors.count(), size, random);
    int dimension = vectors.dimension();
    float[][] columns = new float[dimension][size];
    float[] vector = new float[dimension];
    for (int i = 0; i < size; i++) {
      vectors.load(sample[i], vector);
      for (int j = 0; j < dimension; j++) {
        columns[j][i] = vector[j];
      }
    }
    float[] middle = new float[dimension];
    for (int j = 0; j < dimension; j++) {
      Arrays.sort(columns[j]);
      middle[j] = columns[j][size / 2];
    }
    return middle;
  }
}
