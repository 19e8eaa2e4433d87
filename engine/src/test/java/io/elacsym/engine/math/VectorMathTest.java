package io.elacsym.engine.math;

import static org.assertj.core.api.Assertions.assertThat;

import io.elacsym.api.VectorMath;
import io.elacsym.engine.model.Seeded;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** All kernels against sums in double precision, so that they also agree with one another. */
class VectorMathTest {
  private static final ValueLayout.OfFloat FLOAT =
      ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final int LONGEST = 200;

  /** Of the sum of absolute products, which bounds the rounding of any order of additions. */
  private static final double TOLERANCE = 1e-4;

  static List<VectorMath> kernels() {
    return List.of(
        new ScalarVectorMath(), new SimdVectorMath(), new io.elacsym.tck.ScalarVectorMath());
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void arraysOfAnyLengthAtAnyOffset(VectorMath math) {
    Seeded.run(random -> {
      for (int length = 0; length <= LONGEST; length++) {
        int aFrom = random.nextInt(9);
        int bFrom = random.nextInt(9);
        float[] a = floats(random, aFrom + length + random.nextInt(5));
        float[] b = floats(random, bFrom + length + random.nextInt(5));
        Expected expected = Expected.of(a, aFrom, b, bFrom, length);
        expected.assertDot(math.dot(a, aFrom, b, bFrom, length), length);
        expected.assertDistance(math.squaredDistance(a, aFrom, b, bFrom, length), length);
      }
    });
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void memoryOfAnyKindAtAnyByteOffset(VectorMath math) {
    Seeded.run(random -> {
      for (int length = 0; length <= LONGEST; length++) {
        int rows = random.nextInt(5);
        float[] vectors = floats(random, rows * length);
        float[] query = floats(random, length);
        int offset = random.nextInt(8);
        check(math, query, vectors, bytes(vectors, offset), offset);
        try (Arena arena = Arena.ofConfined()) {
          MemorySegment heap = bytes(vectors, offset);
          check(
              math,
              query,
              vectors,
              arena.allocate(heap.byteSize()).copyFrom(heap).asReadOnly(),
              offset);
        }
      }
    });
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void floatArraysAsMemory(VectorMath math) {
    Seeded.run(random -> {
      for (int length = 0; length <= LONGEST; length++) {
        int skipped = random.nextInt(4);
        float[] vectors = floats(random, 3 * length);
        float[] padded = new float[skipped + vectors.length];
        System.arraycopy(vectors, 0, padded, skipped, vectors.length);
        check(math, floats(random, length), vectors, MemorySegment.ofArray(padded), skipped * 4L);
      }
    });
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void codesOfAnyLengthAtAnyByteOffsetAndStride(VectorMath math) {
    Seeded.run(random -> {
      for (int length = 0; length <= LONGEST; length++) {
        int count = random.nextInt(5);
        int stride = length + random.nextInt(6);
        int offset = random.nextInt(8);
        byte[] codes = new byte[offset + stride * count + length];
        random.nextBytes(codes);
        checkCodes(math, floats(random, length), codes, offset, stride, count);
      }
    });
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void extremeCodesAndComponents(VectorMath math) {
    byte[] extremes = {Byte.MIN_VALUE, Byte.MAX_VALUE, 0, -1, 1};
    float[] components = {1e30f, -1e30f, Float.MIN_VALUE, -0f, 0, 1};
    Seeded.run(random -> {
      for (int length = 1; length <= LONGEST; length++) {
        byte[] codes = new byte[3 * length];
        float[] query = new float[length];
        for (int i = 0; i < codes.length; i++) {
          codes[i] = i < length ? Byte.MIN_VALUE : extremes[random.nextInt(extremes.length)];
        }
        for (int i = 0; i < length; i++) {
          query[i] = components[random.nextInt(components.length)];
        }
        checkCodes(math, query, codes, 0, length, 3);
      }
    });
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void onlyTheAskedPlacesOfTheResultAreWritten(VectorMath math) {
    float[] query = {1, 2, 3};
    float[] out = new float[5];
    Arrays.fill(out, -7);
    math.dots(query, MemorySegment.ofArray(new float[] {1, 1, 1, 2, 2, 2}), 0, 2, out, 2);
    assertThat(out).containsExactly(-7, -7, 6, 12, -7);
    math.squaredDistances(query, MemorySegment.ofArray(new float[] {1, 2, 3}), 0, 1, out, 0);
    assertThat(out).containsExactly(0, -7, 6, 12, -7);
    math.byteDots(query, MemorySegment.ofArray(new byte[] {1, 0, 0, 0, 1, 0}), 0, 3, 2, out, 3);
    assertThat(out).containsExactly(0, -7, 6, 1, 2);
  }

  @Test
  void theChosenKernelsAreOneOfTheTwo() {
    assertThat(Kernels.choose()).isInstanceOfAny(SimdVectorMath.class, ScalarVectorMath.class);
    assertThat(Kernels.scalar()).isInstanceOf(ScalarVectorMath.class);
  }

  private static void check(
      VectorMath math, float[] query, float[] vectors, MemorySegment memory, long offset) {
    int count = query.length == 0 ? 2 : vectors.length / query.length;
    float[] dots = new float[count + 1];
    float[] distances = new float[count + 1];
    math.dots(query, memory, offset, count, dots, 1);
    math.squaredDistances(query, memory, offset, count, distances, 1);
    for (int row = 0; row < count; row++) {
      Expected expected = Expected.of(query, 0, vectors, row * query.length, query.length);
      expected.assertDot(dots[row + 1], query.length);
      expected.assertDistance(distances[row + 1], query.length);
    }
  }

  /** On the heap and in native memory. */
  private static void checkCodes(
      VectorMath math, float[] query, byte[] codes, int offset, int stride, int count) {
    float[] onHeap = new float[count + 2];
    float[] inNative = new float[count + 2];
    math.byteDots(query, MemorySegment.ofArray(codes), offset, stride, count, onHeap, 1);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment copy = arena.allocateFrom(ValueLayout.JAVA_BYTE, codes).asReadOnly();
      math.byteDots(query, copy, offset, stride, count, inNative, 1);
    }
    assertThat(inNative).isEqualTo(onHeap);
    for (int i = 0; i < count; i++) {
      float[] code = new float[query.length];
      for (int j = 0; j < code.length; j++) {
        code[j] = codes[offset + i * stride + j];
      }
      Expected.of(query, 0, code, 0, code.length).assertDot(onHeap[i + 1], code.length);
    }
    assertThat(onHeap[0]).isZero();
    assertThat(onHeap[count + 1]).isZero();
  }

  private static float[] floats(Random random, int length) {
    float[] floats = new float[length];
    for (int i = 0; i < length; i++) {
      floats[i] = (random.nextFloat() * 2 - 1) * (random.nextInt(10) == 0 ? 1_000 : 1);
    }
    return floats;
  }

  private static MemorySegment bytes(float[] vectors, int offset) {
    MemorySegment bytes = MemorySegment.ofArray(new byte[offset + vectors.length * 4]);
    for (int i = 0; i < vectors.length; i++) {
      bytes.set(FLOAT, offset + 4L * i, vectors[i]);
    }
    return bytes;
  }

  /** Exact results, and the size of what was added up. */
  private record Expected(double dot, double distance, double dotSize) {
    static Expected of(float[] a, int aFrom, float[] b, int bFrom, int length) {
      double dot = 0;
      double distance = 0;
      double size = 0;
      for (int i = 0; i < length; i++) {
        double x = a[aFrom + i];
        double y = b[bFrom + i];
        dot += x * y;
        size += Math.abs(x * y);
        distance += (x - y) * (x - y);
      }
      return new Expected(dot, distance, size);
    }

    void assertDot(float found, int length) {
      assertThat(Math.abs(found - dot))
          .as("dot of length %d: %s, expected %s", length, found, dot)
          .isLessThanOrEqualTo(TOLERANCE * dotSize);
    }

    void assertDistance(float found, int length) {
      assertThat(Math.abs(found - distance))
          .as("distance of length %d: %s, expected %s", length, found, distance)
          .isLessThanOrEqualTo(TOLERANCE * distance);
    }
  }
}
