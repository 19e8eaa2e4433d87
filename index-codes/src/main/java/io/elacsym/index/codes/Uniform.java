package io.elacsym.index.codes;

import io.elacsym.api.VectorMath;
import java.util.Arrays;

/** Tools of quantizers that give each component a level of its own. */
public final class Uniform {
  private Uniform() {}

  /**
   * What components are multiplied with to count levels.
   *
   * @param step between levels, for components with a variance of 1
   */
  public static float inverseStep(float[] residual, float step) {
    double squares = 0;
    for (float component : residual) {
      squares += (double) component * component;
    }
    double inverse = Math.sqrt(residual.length / squares) / step;
    return Double.isFinite(inverse) && inverse < Float.MAX_VALUE ? (float) inverse : 0;
  }

  /** Packs levels as {@link VectorMath#packedDots} and {@link VectorMath#byteDots} expect them. */
  public static void pack(int[] levels, int bits, byte[] to) {
    if (bits == Byte.SIZE) {
      for (int j = 0; j < levels.length; j++) {
        to[j] = (byte) levels[j];
      }
      return;
    }
    Arrays.fill(to, (byte) 0);
    int words = 2 * bits;
    for (int j = 0; j < levels.length; j++) {
      int bit = bits * (j % VectorMath.BLOCK / words);
      int word = j / VectorMath.BLOCK * words + j % words;
      to[4 * word + bit / Byte.SIZE] |= (byte) (levels[j] << (bit % Byte.SIZE));
    }
  }
}
