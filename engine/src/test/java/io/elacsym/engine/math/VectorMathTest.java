package io.elacsym.engine.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

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
  void cosinesOfVectorsWhoseSquaresAreNoFloats(VectorMath math) {
    float[] lengths = {Float.MIN_VALUE, 1e-30f, 1e-15f, 1e15f, 3e20f, Float.MAX_VALUE, 0};
    Seeded.run(random -> {
      for (int dimension = 1; dimension <= LONGEST; dimension++) {
        float[] query = new float[dimension];
        query[random.nextInt(dimension)] = 1;
        float[] vectors = new float[lengths.length * dimension];
        for (int row = 0; row < lengths.length; row++) {
          for (int i = 0; i < dimension; i++) {
            vectors[row * dimension + i] = (random.nextInt(3) - 1) * lengths[row];
          }
        }
        checkCosines(math, query, vectors, bytes(vectors, 0), 0);
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
    math.cosines(new float[] {0, 0, 1}, MemorySegment.ofArray(new float[] {0, 3, 4}), 0, 1, out, 0);
    assertThat(out).containsExactly(0.8f, -7, 6, 12, -7);
    out[0] = 0;
    math.byteDots(query, MemorySegment.ofArray(new byte[] {1, 0, 0, 0, 1, 0}), 0, 3, 2, out, 3);
    assertThat(out).containsExactly(0, -7, 6, 1, 2);
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void packedCodesOfAnyLengthAtAnyByteOffset(VectorMath math) {
    Seeded.run(random -> {
      for (int bits : new int[] {2, 4}) {
        for (int length = 0; length <= 640; length += VectorMath.BLOCK) {
          int count = random.nextInt(4);
          int bytes = length * bits / 8;
          int stride = bytes + random.nextInt(6);
          int offset = random.nextInt(8);
          byte[] codes = new byte[offset + stride * count + bytes];
          random.nextBytes(codes);
          float[] query = floats(random, length);
          float[] onHeap = new float[count + 2];
          float[] inNative = new float[count + 2];
          math.packedDots(
              query, bits, MemorySegment.ofArray(codes), offset, stride, count, onHeap, 1);
          try (Arena arena = Arena.ofConfined()) {
            MemorySegment copy = arena.allocateFrom(ValueLayout.JAVA_BYTE, codes).asReadOnly();
            math.packedDots(query, bits, copy, offset, stride, count, inNative, 1);
          }
          for (int i = 0; i < count; i++) {
            float[] code = unpacked(codes, offset + i * stride, bits, length);
            Expected expected = Expected.of(query, 0, code, 0, length);
            expected.assertDot(onHeap[i + 1], length);
            expected.assertDot(inNative[i + 1], length);
          }
          assertThat(onHeap[0]).isZero();
          assertThat(onHeap[count + 1]).isZero();
        }
      }
    });
  }

  private static float[] unpacked(byte[] codes, int at, int bits, int length) {
    float[] code = new float[length];
    int words = 2 * bits;
    for (int j = 0; j < length; j++) {
      int first = at + 4 * (j / 64 * words + j % words);
      int bit = bits * (j % 64 / words);
      code[j] = ((codes[first + bit / 8] & 255) >> (bit % 8)) & ((1 << bits) - 1);
    }
    return code;
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void nibbleDotsAreExactForAnyItemsAtAnyByteOffset(VectorMath math) {
    Seeded.run(random -> {
      for (int length = 0; length <= 2240; length += VectorMath.BLOCK) {
        int bytes = length / 2;
        int stride = bytes + random.nextInt(6);
        int offset = random.nextInt(8);
        byte[] codes = new byte[offset + 7 * stride + bytes];
        random.nextBytes(codes);
        short[] query = new short[length];
        for (int j = 0; j < length; j++) {
          query[j] = (short) (random.nextInt(255) - 127);
        }
        checkNibbles(math, query, codes, offset, stride, random.ints(5, 0, 8).toArray());
        // The largest sums there can be.
        Arrays.fill(codes, (byte) -1);
        Arrays.fill(query, (short) (random.nextBoolean() ? 127 : -127));
        checkNibbles(math, query, codes, offset, stride, new int[] {7, 0, 7});
      }
    });
  }

  private static void checkNibbles(
      VectorMath math, short[] query, byte[] codes, int offset, int stride, int[] items) {
    int[] expected = new int[items.length + 1];
    for (int i = 0; i < items.length; i++) {
      for (int j = 0; j < query.length; j++) {
        int at = offset + items[i] * stride + j / 64 * 32 + 2 * (j % 16);
        int word = (codes[at] & 255) | ((codes[at + 1] & 255) << 8);
        expected[i] += query[j] * ((word >> (4 * (j % 64 / 16))) & 15);
      }
    }
    expected[items.length] = -7;
    int[] onHeap = expected.clone();
    Arrays.fill(onHeap, -7);
    int[] inNative = onHeap.clone();
    math.nibbleDots(
        query, MemorySegment.ofArray(codes), offset, stride, items, items.length, onHeap);
    assertThat(onHeap).isEqualTo(expected);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment copy = arena.allocateFrom(ValueLayout.JAVA_BYTE, codes).asReadOnly();
      math.nibbleDots(query, copy, offset, stride, items, items.length, inNative);
    }
    assertThat(inNative).isEqualTo(expected);
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void tableSumsAreExactForAnyNumberOfGroups(VectorMath math) {
    Seeded.run(random -> {
      for (int groups : new int[] {1, 2, 3, 16, 100, 256, 257, 258, 515, 1_100}) {
        int offset = random.nextInt(8);
        byte[] codes = new byte[offset + 32 * groups];
        random.nextBytes(codes);
        byte[] tables = new byte[16 * groups + 16];
        random.nextBytes(tables);
        checkSums(math, tables, groups, codes, offset);
        Arrays.fill(tables, (byte) -1);
        checkSums(math, tables, groups, codes, offset);
      }
    });
  }

  private static void checkSums(
      VectorMath math, byte[] tables, int groups, byte[] codes, int offset) {
    int[] expected = new int[VectorMath.BLOCK];
    for (int i = 0; i < expected.length; i++) {
      for (int group = 0; group < groups; group++) {
        int pair = codes[offset + 32 * group + 4 * (i % 8) + i % 32 / 8] & 255;
        expected[i] += tables[16 * group + (i < 32 ? pair & 15 : pair >> 4)] & 255;
      }
    }
    int[] sums = new int[VectorMath.BLOCK + 1];
    Arrays.fill(sums, -7);
    math.tableSums(tables, groups, MemorySegment.ofArray(codes), offset, sums);
    assertThat(sums).startsWith(expected).endsWith(-7);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment copy = arena.allocateFrom(ValueLayout.JAVA_BYTE, codes).asReadOnly();
      math.tableSums(tables, groups, copy, offset, sums);
    }
    assertThat(sums).startsWith(expected);
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void blockScoresAreThoseOfTheFormulaAndTellWhatMayReachAThreshold(VectorMath math) {
    Seeded.run(random -> {
      float[] factors = floats(random, 3 * VectorMath.BLOCK);
      for (int i = VectorMath.BLOCK; i < factors.length; i++) {
        factors[i] = Math.abs(factors[i]);
      }
      int[] sums = random.ints(VectorMath.BLOCK, 0, 60_000).toArray();
      VectorMath.Estimate estimate =
          new VectorMath.Estimate(
              random.nextFloat(),
              random.nextFloat() - 1,
              random.nextFloat() / 1000,
              2 * random.nextFloat(),
              random.nextFloat() / 10);
      float threshold = 10 * random.nextFloat();
      int offset = random.nextInt(8);
      float[] out = new float[VectorMath.BLOCK];
      long reached =
          math.blockScores(sums, bytes(factors, offset), offset, estimate, threshold, out);
      for (int i = 0; i < VectorMath.BLOCK; i++) {
        double scale = factors[64 + i];
        double sum = estimate.constant() + (double) estimate.slope() * sums[i];
        double score = estimate.base() + factors[i] + scale * sum;
        double size = Math.abs(factors[i]) + scale * (1 + estimate.slope() * sums[i]) + 1;
        assertThat((double) out[i]).isCloseTo(score, offset(1e-4 * size));
        double most = score + estimate.doubt() * factors[128 + i] + estimate.noise() * scale;
        if (Math.abs(most - threshold) > 1e-3 * (size + most)) {
          assertThat((reached >>> i & 1) != 0).as("code %d", i).isEqualTo(most >= threshold);
        }
      }
    });
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void aScoreThatIsNoNumberReachesEveryThreshold(VectorMath math) {
    float[] factors = new float[3 * VectorMath.BLOCK];
    factors[3] = Float.NaN;
    factors[64 + 40] = Float.POSITIVE_INFINITY;
    VectorMath.Estimate estimate = new VectorMath.Estimate(0, 0, 1, 1, 0);
    long reached =
        math.blockScores(
            new int[64], bytes(factors, 0), 0, estimate, Float.MAX_VALUE, new float[64]);
    assertThat(reached).isEqualTo(1L << 3 | 1L << 40);
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
    checkCosines(math, query, vectors, memory, offset);
    float[] distances = new float[count + 1];
    math.dots(query, memory, offset, count, dots, 1);
    math.squaredDistances(query, memory, offset, count, distances, 1);
    for (int row = 0; row < count; row++) {
      Expected expected = Expected.of(query, 0, vectors, row * query.length, query.length);
      expected.assertDot(dots[row + 1], query.length);
      expected.assertDistance(distances[row + 1], query.length);
    }
  }

  private static void checkCosines(
      VectorMath math, float[] query, float[] vectors, MemorySegment memory, long offset) {
    int count = query.length == 0 ? 2 : vectors.length / query.length;
    float[] cosines = new float[count + 1];
    math.cosines(query, memory, offset, count, cosines, 1);
    for (int row = 0; row < count; row++) {
      int at = row * query.length;
      Expected own = Expected.of(vectors, at, vectors, at, query.length);
      Expected.of(query, 0, vectors, at, query.length)
          .assertCosine(cosines[row + 1], Math.sqrt(own.dot()), query.length);
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

    void assertCosine(float found, double vectorLength, int length) {
      double cosine = vectorLength == 0 ? 0 : dot / vectorLength;
      assertThat(Math.abs(found - cosine))
          .as("cosine of dimension %d: %s, expected %s", length, found, cosine)
          .isLessThanOrEqualTo(TOLERANCE * (vectorLength == 0 ? 0 : dotSize / vectorLength));
    }

    void assertDistance(float found, int length) {
      assertThat(Math.abs(found - distance))
          .as("distance of length %d: %s, expected %s", length, found, distance)
          .isLessThanOrEqualTo(TOLERANCE * distance);
    }
  }
}
