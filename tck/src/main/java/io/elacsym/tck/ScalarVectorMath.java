package io.elacsym.tck;

import io.elacsym.api.VectorMath;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * Vector arithmetic in plain Java. Four running sums keep it quick enough for tests; the JIT makes
 * no vectors of floating-point sums because their order matters.
 */
public final class ScalarVectorMath implements VectorMath {
  private static final ValueLayout.OfFloat FLOAT =
      ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  @Override
  public float dot(float[] a, int aFrom, float[] b, int bFrom, int length) {
    float s0 = 0;
    float s1 = 0;
    float s2 = 0;
    float s3 = 0;
    int i = 0;
    for (; i + 3 < length; i += 4) {
      s0 += a[aFrom + i] * b[bFrom + i];
      s1 += a[aFrom + i + 1] * b[bFrom + i + 1];
      s2 += a[aFrom + i + 2] * b[bFrom + i + 2];
      s3 += a[aFrom + i + 3] * b[bFrom + i + 3];
    }
    for (; i < length; i++) {
      s0 += a[aFrom + i] * b[bFrom + i];
    }
    return (s0 + s1) + (s2 + s3);
  }

  @Override
  public float squaredDistance(float[] a, int aFrom, float[] b, int bFrom, int length) {
    float s0 = 0;
    float s1 = 0;
    float s2 = 0;
    float s3 = 0;
    int i = 0;
    for (; i + 3 < length; i += 4) {
      float d0 = a[aFrom + i] - b[bFrom + i];
      float d1 = a[aFrom + i + 1] - b[bFrom + i + 1];
      float d2 = a[aFrom + i + 2] - b[bFrom + i + 2];
      float d3 = a[aFrom + i + 3] - b[bFrom + i + 3];
      s0 += d0 * d0;
      s1 += d1 * d1;
      s2 += d2 * d2;
      s3 += d3 * d3;
    }
    for (; i < length; i++) {
      float d = a[aFrom + i] - b[bFrom + i];
      s0 += d * d;
    }
    return (s0 + s1) + (s2 + s3);
  }

  @Override
  public void dots(
      float[] query, MemorySegment vectors, long offset, int count, float[] out, int outFrom) {
    for (int v = 0; v < count; v++) {
      long at = offset + 4L * query.length * v;
      float s0 = 0;
      float s1 = 0;
      int i = 0;
      for (; i + 1 < query.length; i += 2) {
        s0 += query[i] * vectors.get(FLOAT, at + 4L * i);
        s1 += query[i + 1] * vectors.get(FLOAT, at + 4L * i + 4);
      }
      if (i < query.length) {
        s0 += query[i] * vectors.get(FLOAT, at + 4L * i);
      }
      out[outFrom + v] = s0 + s1;
    }
  }

  @Override
  public void squaredDistances(
      float[] query, MemorySegment vectors, long offset, int count, float[] out, int outFrom) {
    for (int v = 0; v < count; v++) {
      long at = offset + 4L * query.length * v;
      float s0 = 0;
      float s1 = 0;
      int i = 0;
      for (; i + 1 < query.length; i += 2) {
        float d0 = query[i] - vectors.get(FLOAT, at + 4L * i);
        float d1 = query[i + 1] - vectors.get(FLOAT, at + 4L * i + 4);
        s0 += d0 * d0;
        s1 += d1 * d1;
      }
      if (i < query.length) {
        float d = query[i] - vectors.get(FLOAT, at + 4L * i);
        s0 += d * d;
      }
      out[outFrom + v] = s0 + s1;
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
    for (int c = 0; c < count; c++) {
      long at = offset + (long) stride * c;
      float s0 = 0;
      float s1 = 0;
      int i = 0;
      for (; i + 1 < query.length; i += 2) {
        s0 += query[i] * codes.get(ValueLayout.JAVA_BYTE, at + i);
        s1 += query[i + 1] * codes.get(ValueLayout.JAVA_BYTE, at + i + 1);
      }
      if (i < query.length) {
        s0 += query[i] * codes.get(ValueLayout.JAVA_BYTE, at + i);
      }
      out[outFrom + c] = s0 + s1;
    }
  }
}
