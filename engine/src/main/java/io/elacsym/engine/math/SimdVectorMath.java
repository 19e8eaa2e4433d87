package io.elacsym.engine.math;

import io.elacsym.api.VectorMath;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Kernels on the JDK's vector API. Four accumulators hide the latency of multiply-add; more than
 * about four make the compiler box vectors, which costs tenfold.
 */
final class SimdVectorMath implements VectorMath {
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();
  private static final int STRIDE = 4 * LANES;

  /** Vectors that {@link #dots} compares at once. */
  private static final int ROWS = 4;

  private static final ValueLayout.OfFloat FLOAT =
      ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  /** Beyond these, squares are lost or overflow in floats. */
  private static final float LEAST_SQUARE = 1e-30f;

  private static final float MOST_SQUARE = 1e30f;

  private final ScalarVectorMath plain = new ScalarVectorMath();

  @Override
  public float dot(float[] a, int aFrom, float[] b, int bFrom, int length) {
    FloatVector s0 = FloatVector.zero(SPECIES);
    FloatVector s1 = s0;
    FloatVector s2 = s0;
    FloatVector s3 = s0;
    int i = 0;
    for (; i <= length - STRIDE; i += STRIDE) {
      s0 = load(a, aFrom + i).fma(load(b, bFrom + i), s0);
      s1 = load(a, aFrom + i + LANES).fma(load(b, bFrom + i + LANES), s1);
      s2 = load(a, aFrom + i + 2 * LANES).fma(load(b, bFrom + i + 2 * LANES), s2);
      s3 = load(a, aFrom + i + 3 * LANES).fma(load(b, bFrom + i + 3 * LANES), s3);
    }
    for (; i <= length - LANES; i += LANES) {
      s0 = load(a, aFrom + i).fma(load(b, bFrom + i), s0);
    }
    float sum = s0.add(s1).add(s2.add(s3)).reduceLanes(VectorOperators.ADD);
    for (; i < length; i++) {
      sum += a[aFrom + i] * b[bFrom + i];
    }
    return sum;
  }

  @Override
  public float squaredDistance(float[] a, int aFrom, float[] b, int bFrom, int length) {
    FloatVector s0 = FloatVector.zero(SPECIES);
    FloatVector s1 = s0;
    int i = 0;
    for (; i <= length - 2 * LANES; i += 2 * LANES) {
      FloatVector d0 = load(a, aFrom + i).sub(load(b, bFrom + i));
      FloatVector d1 = load(a, aFrom + i + LANES).sub(load(b, bFrom + i + LANES));
      s0 = d0.fma(d0, s0);
      s1 = d1.fma(d1, s1);
    }
    for (; i <= length - LANES; i += LANES) {
      FloatVector d0 = load(a, aFrom + i).sub(load(b, bFrom + i));
      s0 = d0.fma(d0, s0);
    }
    float sum = s0.add(s1).reduceLanes(VectorOperators.ADD);
    for (; i < length; i++) {
      float difference = a[aFrom + i] - b[bFrom + i];
      sum += difference * difference;
    }
    return sum;
  }

  @Override
  public void dots(
      float[] query, MemorySegment vectors, long offset, int count, float[] out, int outFrom) {
    long rowBytes = (long) query.length * Float.BYTES;
    int row = 0;
    for (; row <= count - ROWS; row += ROWS) {
      fourDots(query, vectors, offset + row * rowBytes, out, outFrom + row);
    }
    for (; row < count; row++) {
      out[outFrom + row] = dot(query, vectors, offset + row * rowBytes);
    }
  }

  /** Four vectors at once share the query's loads; the sums are those of {@link #dot}. */
  private static void fourDots(
      float[] query, MemorySegment vectors, long at, float[] out, int outFrom) {
    long rowBytes = (long) query.length * Float.BYTES;
    FloatVector a0 = FloatVector.zero(SPECIES);
    FloatVector a1 = a0;
    FloatVector a2 = a0;
    FloatVector a3 = a0;
    FloatVector b0 = a0;
    FloatVector b1 = a0;
    FloatVector b2 = a0;
    FloatVector b3 = a0;
    int i = 0;
    for (; i <= query.length - 2 * LANES; i += 2 * LANES) {
      FloatVector q = load(query, i);
      a0 = q.fma(load(vectors, at, i), a0);
      a1 = q.fma(load(vectors, at + rowBytes, i), a1);
      a2 = q.fma(load(vectors, at + 2 * rowBytes, i), a2);
      a3 = q.fma(load(vectors, at + 3 * rowBytes, i), a3);
      q = load(query, i + LANES);
      b0 = q.fma(load(vectors, at, i + LANES), b0);
      b1 = q.fma(load(vectors, at + rowBytes, i + LANES), b1);
      b2 = q.fma(load(vectors, at + 2 * rowBytes, i + LANES), b2);
      b3 = q.fma(load(vectors, at + 3 * rowBytes, i + LANES), b3);
    }
    out[outFrom] = rest(query, vectors, at, i, a0, b0);
    out[outFrom + 1] = rest(query, vectors, at + rowBytes, i, a1, b1);
    out[outFrom + 2] = rest(query, vectors, at + 2 * rowBytes, i, a2, b2);
    out[outFrom + 3] = rest(query, vectors, at + 3 * rowBytes, i, a3, b3);
  }

  private static float dot(float[] query, MemorySegment vectors, long at) {
    FloatVector a = FloatVector.zero(SPECIES);
    FloatVector b = a;
    int i = 0;
    for (; i <= query.length - 2 * LANES; i += 2 * LANES) {
      a = load(query, i).fma(load(vectors, at, i), a);
      b = load(query, i + LANES).fma(load(vectors, at, i + LANES), b);
    }
    return rest(query, vectors, at, i, a, b);
  }

  /** The sum of two partial sums and of what is left from component {@code i} on. */
  private static float rest(
      float[] query, MemorySegment vectors, long at, int i, FloatVector a, FloatVector b) {
    int next = i;
    FloatVector sums = a;
    for (; next <= query.length - LANES; next += LANES) {
      sums = load(query, next).fma(load(vectors, at, next), sums);
    }
    float sum = sums.add(b).reduceLanes(VectorOperators.ADD);
    for (; next < query.length; next++) {
      sum += query[next] * vectors.get(FLOAT, at + (long) next * Float.BYTES);
    }
    return sum;
  }

  @Override
  public void squaredDistances(
      float[] query, MemorySegment vectors, long offset, int count, float[] out, int outFrom) {
    long rowBytes = (long) query.length * Float.BYTES;
    for (int row = 0; row < count; row++) {
      out[outFrom + row] = squaredDistance(query, vectors, offset + row * rowBytes);
    }
  }

  private static float squaredDistance(float[] query, MemorySegment vectors, long at) {
    FloatVector s0 = FloatVector.zero(SPECIES);
    FloatVector s1 = s0;
    int i = 0;
    for (; i <= query.length - 2 * LANES; i += 2 * LANES) {
      FloatVector d0 = load(query, i).sub(load(vectors, at, i));
      FloatVector d1 = load(query, i + LANES).sub(load(vectors, at, i + LANES));
      s0 = d0.fma(d0, s0);
      s1 = d1.fma(d1, s1);
    }
    for (; i <= query.length - LANES; i += LANES) {
      FloatVector d0 = load(query, i).sub(load(vectors, at, i));
      s0 = d0.fma(d0, s0);
    }
    float sum = s0.add(s1).reduceLanes(VectorOperators.ADD);
    for (; i < query.length; i++) {
      float difference = query[i] - vectors.get(FLOAT, at + (long) i * Float.BYTES);
      sum += difference * difference;
    }
    return sum;
  }

  @Override
  public void cosines(
      float[] query, MemorySegment vectors, long offset, int count, float[] out, int outFrom) {
    long rowBytes = (long) query.length * Float.BYTES;
    for (int row = 0; row < count; row++) {
      long at = offset + row * rowBytes;
      float squared = square(query.length, vectors, at);
      if (squared > LEAST_SQUARE && squared < MOST_SQUARE) {
        out[outFrom + row] = dot(query, vectors, at) / (float) Math.sqrt(squared);
      } else {
        VectorMath.super.cosines(query, vectors, at, 1, out, outFrom + row);
      }
    }
  }

  /** The squared length of a vector; reading it also brings it into the cache for {@link #dot}. */
  private static float square(int length, MemorySegment vectors, long at) {
    FloatVector s0 = FloatVector.zero(SPECIES);
    FloatVector s1 = s0;
    int i = 0;
    for (; i <= length - 2 * LANES; i += 2 * LANES) {
      FloatVector v0 = load(vectors, at, i);
      FloatVector v1 = load(vectors, at, i + LANES);
      s0 = v0.fma(v0, s0);
      s1 = v1.fma(v1, s1);
    }
    for (; i <= length - LANES; i += LANES) {
      FloatVector v0 = load(vectors, at, i);
      s0 = v0.fma(v0, s0);
    }
    float sum = s0.add(s1).reduceLanes(VectorOperators.ADD);
    for (; i < length; i++) {
      float component = vectors.get(FLOAT, at + (long) i * Float.BYTES);
      sum += component * component;
    }
    return sum;
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
    if (SimdByteDots.isFast()) {
      SimdByteDots.dots(query, codes, offset, stride, count, out, outFrom);
    } else {
      plain.byteDots(query, codes, offset, stride, count, out, outFrom);
    }
  }

  @Override
  public void packedDots(
      float[] query,
      int bits,
      MemorySegment codes,
      long offset,
      int stride,
      int count,
      float[] out,
      int outFrom) {
    if (SimdPackedDots.isFast()) {
      SimdPackedDots.dots(query, bits, codes, offset, stride, count, out, outFrom);
    } else {
      VectorMath.super.packedDots(query, bits, codes, offset, stride, count, out, outFrom);
    }
  }

  @Override
  public void nibbleDots(
      short[] query,
      MemorySegment codes,
      long offset,
      int stride,
      int[] items,
      int count,
      int[] out) {
    if (SimdNibbleDots.isFast()) {
      SimdNibbleDots.dots(query, codes, offset, stride, items, count, out);
    } else {
      VectorMath.super.nibbleDots(query, codes, offset, stride, items, count, out);
    }
  }

  @Override
  public void tableSums(byte[] tables, int groups, MemorySegment codes, long offset, int[] out) {
    SimdTableSums.sums(tables, groups, codes, offset, out);
  }

  @Override
  public long blockScores(
      int[] sums,
      MemorySegment factors,
      long offset,
      Estimate estimate,
      float threshold,
      float[] out) {
    return SimdBlockScores.scores(sums, factors, offset, estimate, threshold, out);
  }

  private static FloatVector load(float[] from, int index) {
    return FloatVector.fromArray(SPECIES, from, index);
  }

  private static FloatVector load(MemorySegment from, long at, int index) {
    return FloatVector.fromMemorySegment(
        SPECIES, from, at + (long) index * Float.BYTES, ByteOrder.LITTLE_ENDIAN);
  }
}
