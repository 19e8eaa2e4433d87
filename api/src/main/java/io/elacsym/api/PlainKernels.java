package io.elacsym.api;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Arrays;

/** What the kernels over codes of {@link VectorMath} mean, in plain loops. */
final class PlainKernels {
  private static final int BLOCK = VectorMath.BLOCK;
  private static final ValueLayout.OfFloat FLOAT =
      ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private static final ValueLayout.OfShort SHORT =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private PlainKernels() {}

  /** In doubles, whose range has room for the square of every float. */
  static float cosine(float[] query, MemorySegment vectors, long at) {
    double sum = 0;
    double squared = 0;
    for (int i = 0; i < query.length; i++) {
      double component = vectors.get(FLOAT, at + 4L * i);
      sum += query[i] * component;
      squared += component * component;
    }
    return squared == 0 ? 0 : (float) (sum / Math.sqrt(squared));
  }

  static void packedDots(
      float[] query,
      int bits,
      MemorySegment codes,
      long offset,
      int stride,
      int count,
      float[] out,
      int outFrom) {
    int words = 2 * bits;
    int mask = (1 << bits) - 1;
    for (int row = 0; row < count; row++) {
      long at = offset + (long) stride * row;
      float sum = 0;
      for (int j = 0; j < query.length; j++) {
        int unit = j / BLOCK * words;
        int word = codes.get(INT, at + 4L * (unit + j % words));
        sum += query[j] * ((word >>> (bits * (j % BLOCK / words))) & mask);
      }
      out[outFrom + row] = sum;
    }
  }

  static void nibbleDots(
      short[] query,
      MemorySegment codes,
      long offset,
      int stride,
      int[] items,
      int count,
      int[] out) {
    int words = BLOCK / 4;
    for (int i = 0; i < count; i++) {
      long at = offset + (long) stride * items[i];
      int sum = 0;
      for (int from = 0; from < query.length; from += BLOCK) {
        for (int j = from; j < from + words; j++) {
          int word = codes.get(SHORT, at);
          at += Short.BYTES;
          sum +=
              query[j] * (word & 15)
                  + query[j + words] * (word >>> 4 & 15)
                  + query[j + 2 * words] * (word >>> 8 & 15)
                  + query[j + 3 * words] * (word >>> 12 & 15);
        }
      }
      out[i] = sum;
    }
  }

  static void tableSums(byte[] tables, int groups, MemorySegment codes, long offset, int[] out) {
    Arrays.fill(out, 0, BLOCK, 0);
    for (int group = 0; group < groups; group++) {
      long at = offset + 32L * group;
      for (int i = 0; i < BLOCK / 2; i++) {
        int pair = codes.get(ValueLayout.JAVA_BYTE, at + 4L * (i % 8) + i / 8);
        out[i] += tables[16 * group + (pair & 15)] & 255;
        out[BLOCK / 2 + i] += tables[16 * group + ((pair >> 4) & 15)] & 255;
      }
    }
  }

  static long blockScores(
      int[] sums,
      MemorySegment factors,
      long offset,
      VectorMath.Estimate estimate,
      float threshold,
      float[] out) {
    long reached = 0;
    for (int i = 0; i < BLOCK; i++) {
      float shift = factors.get(FLOAT, offset + 4L * i);
      float scale = factors.get(FLOAT, offset + 4L * (BLOCK + i));
      float error = factors.get(FLOAT, offset + 4L * (2 * BLOCK + i));
      float sum = estimate.constant() + estimate.slope() * sums[i];
      out[i] = estimate.base() + shift + scale * sum;
      float most = out[i] + estimate.doubt() * error + estimate.noise() * scale;
      if (!(most < threshold)) {
        reached |= 1L << i;
      }
    }
    return reached;
  }
}
