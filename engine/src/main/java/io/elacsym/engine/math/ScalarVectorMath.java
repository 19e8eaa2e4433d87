package io.elacsym.engine.math;

import io.elacsym.api.VectorMath;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/** Plain loops; also the yardstick for the SIMD kernels. */
final class ScalarVectorMath implements VectorMath {
  private static final ValueLayout.OfFloat FLOAT =
      ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  @Override
  public float dot(float[] a, int aFrom, float[] b, int bFrom, int length) {
    float sum = 0;
    for (int i = 0; i < length; i++) {
      sum += a[aFrom + i] * b[bFrom + i];
    }
    return sum;
  }

  @Override
  public float squaredDistance(float[] a, int aFrom, float[] b, int bFrom, int length) {
    float sum = 0;
    for (int i = 0; i < length; i++) {
      float difference = a[aFrom + i] - b[bFrom + i];
      sum += difference * difference;
    }
    return sum;
  }

  @Override
  public void dots(
      float[] query, MemorySegment vectors, long offset, int count, float[] out, int outFrom) {
    long at = offset;
    for (int row = 0; row < count; row++) {
      float sum = 0;
      for (float component : query) {
        sum += component * vectors.get(FLOAT, at);
        at += Float.BYTES;
      }
      out[outFrom + row] = sum;
    }
  }

  @Override
  public void squaredDistances(
      float[] query, MemorySegment vectors, long offset, int count, float[] out, int outFrom) {
    long at = offset;
    for (int row = 0; row < count; row++) {
      float sum = 0;
      for (float component : query) {
        float difference = component - vectors.get(FLOAT, at);
        sum += difference * difference;
        at += Float.BYTES;
      }
      out[outFrom + row] = sum;
    }
  }

  @Override
  public void byteDots(
      float[] query,
      MemorySegment codes,
      long offset,
      int stride,
      int count,
      float[] out,
      int outFrom) {
    for (int row = 0; row < count; row++) {
      out[outFrom + row] = byteDot(query, codes, offset + (long) stride * row);
    }
  }

  /** Four sums, so that an addition need not wait for the one before: it also serves short SIMD. */
  private static float byteDot(float[] query, MemorySegment codes, long at) {
    float s0 = 0;
    float s1 = 0;
    float s2 = 0;
    float s3 = 0;
    int i = 0;
    for (; i <= query.length - 4; i += 4) {
      s0 += query[i] * codes.get(ValueLayout.JAVA_BYTE, at + i);
      s1 += query[i + 1] * codes.get(ValueLayout.JAVA_BYTE, at + i + 1);
      s2 += query[i + 2] * codes.get(ValueLayout.JAVA_BYTE, at + i + 2);
      s3 += query[i + 3] * codes.get(ValueLayout.JAVA_BYTE, at + i + 3);
    }
    for (; i < query.length; i++) {
      s0 += query[i] * codes.get(ValueLayout.JAVA_BYTE, at + i);
    }
    return (s0 + s1) + (s2 + s3);
  }
}
