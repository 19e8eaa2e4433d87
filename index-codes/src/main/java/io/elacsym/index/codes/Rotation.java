package io.elacsym.index.codes;

import java.util.SplittableRandom;

/**
 * A random rotation, the same for the same seed. It spreads what is special about a few components
 * evenly over all, so that codes of few bits lose as little of an unusual vector as of any other.
 *
 * <p>Signs are flipped at random and a Hadamard transform follows, some times over. A transform
 * needs a power of two: where the number of components is none, one covers the first and the next
 * the last components, and they overlap. It takes {@code n log n} steps.
 *
 * <p>Immutable, safe for use by many threads.
 */
public final class Rotation {
  private static final int UNIT = 64;
  private static final int ROUNDS = 4;

  private final int dimension;
  private final int length;
  private final int power;
  private final float[][] signs;

  /**
   * @param dimension of the vectors that are rotated
   */
  public Rotation(int dimension, long seed) {
    this.dimension = dimension;
    this.length = rotated(dimension);
    this.power = Integer.highestOneBit(length);
    SplittableRandom random = new SplittableRandom(seed);
    this.signs = new float[ROUNDS][length];
    float scale = (float) (1 / Math.sqrt(power));
    for (float[] round : signs) {
      for (int j = 0; j < length; j++) {
        round[j] = random.nextBoolean() ? 1 : -1;
      }
    }
    for (int round = 0; round < ROUNDS; round++) {
      int from = from(round);
      // The transform makes vectors longer; the signs before it make up for that.
      for (int j = from; j < from + power; j++) {
        signs[round][j] *= scale;
      }
    }
  }

  /** Components of a rotated vector: a multiple of 64. */
  public static int rotated(int dimension) {
    return Math.ceilDiv(dimension, UNIT) * UNIT;
  }

  private int from(int round) {
    return round % 2 == 0 ? 0 : length - power;
  }

  /**
   * Rotates a vector.
   *
   * @param vector the vector
   * @param to receives the rotated one, {@link #rotated} components
   */
  public void apply(float[] vector, float[] to) {
    System.arraycopy(vector, 0, to, 0, dimension);
    for (int j = dimension; j < length; j++) {
      to[j] = 0;
    }
    for (int round = 0; round < ROUNDS; round++) {
      float[] factors = signs[round];
      for (int j = 0; j < length; j++) {
        to[j] *= factors[j];
      }
      transform(to, from(round));
    }
  }

  /**
   * Rotates back, in place.
   *
   * @param rotated {@link #rotated} components; receives the vector, and at its end what was
   *     rotated out of the vectors' own components
   */
  public void undo(float[] rotated) {
    // Each step is symmetric and orthogonal, so the same steps backwards undo them.
    for (int round = ROUNDS - 1; round >= 0; round--) {
      transform(rotated, from(round));
      float[] factors = signs[round];
      for (int j = 0; j < length; j++) {
        rotated[j] *= factors[j];
      }
    }
  }

  private void transform(float[] values, int from) {
    int end = from + power;
    for (int i = from; i < end; i += 8) {
      eight(values, i);
    }
    for (int half = 8; half < power; half *= 2) {
      for (int i = from; i < end; i += 2 * half) {
        for (int j = i; j < i + half; j++) {
          float a = values[j];
          float b = values[j + half];
          values[j] = a + b;
          values[j + half] = a - b;
        }
      }
    }
  }

  /** The first three steps at once: steps within so few values cannot be done by vectors. */
  private static void eight(float[] v, int i) {
    float a0 = v[i] + v[i + 1];
    float a1 = v[i] - v[i + 1];
    float a2 = v[i + 2] + v[i + 3];
    float a3 = v[i + 2] - v[i + 3];
    float a4 = v[i + 4] + v[i + 5];
    float a5 = v[i + 4] - v[i + 5];
    float a6 = v[i + 6] + v[i + 7];
    float a7 = v[i + 6] - v[i + 7];
    float b0 = a0 + a2;
    float b1 = a1 + a3;
    float b2 = a0 - a2;
    float b3 = a1 - a3;
    float b4 = a4 + a6;
    float b5 = a5 + a7;
    float b6 = a4 - a6;
    float b7 = a5 - a7;
    v[i] = b0 + b4;
    v[i + 1] = b1 + b5;
    v[i + 2] = b2 + b6;
    v[i + 3] = b3 + b7;
    v[i + 4] = b0 - b4;
    v[i + 5] = b1 - b5;
    v[i + 6] = b2 - b6;
    v[i + 7] = b3 - b7;
  }
}
