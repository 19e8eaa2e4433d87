package io.elacsym.index.ivf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.elacsym.tck.Seed;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KernelsTest {
  private final Random random = new Random(Seed.current());

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 16, 31, 64, 100, 384, 769})
  void vectorKernelAgreesWithPlainLoops(int dimension) {
    float[] query = new float[dimension];
    for (int j = 0; j < dimension; j++) {
      query[j] = random.nextFloat() - 0.5f;
    }
    int count = 9;
    int stride = dimension + 4;
    byte[] bytes = new byte[5 + stride * count];
    random.nextBytes(bytes);
    float[] plain = new float[count];
    float[] fast = new float[count];
    float[] onHeap = new float[count];
    MemorySegment codes = Bytes.allocate(bytes.length).copyFrom(MemorySegment.ofArray(bytes));
    new ByteDots.Plain().dots(query, codes, 5, stride, count, plain);
    new SimdByteDots().dots(query, codes, 5, stride, count, fast);
    new SimdByteDots().dots(query, MemorySegment.ofArray(bytes), 5, stride, count, onHeap);
    for (int i = 0; i < count; i++) {
      assertThat(fast[i]).isCloseTo(plain[i], within(1e-3f * (1 + dimension / 10f)));
      assertThat(onHeap[i]).isEqualTo(fast[i]);
    }
  }

  @Test
  void fastestKernelIsTheVectorOneWhereItCanRun() {
    assertThat(ByteDots.fastest()).isInstanceOf(SimdByteDots.class);
  }

  @Test
  void topKKeepsWhatSortingWouldKeep() {
    for (int round = 0; round < 300; round++) {
      int n = 1 + random.nextInt(400);
      int k = 1 + random.nextInt(n + 5);
      int kinds = 1 + random.nextInt(50); // few kinds: many equal scores
      float[] scores = new float[n];
      TopK top = new TopK(k, n);
      int[] order = random.ints(0, 1 << 30).distinct().limit(n).toArray();
      for (int i = 0; i < n; i++) {
        scores[i] = random.nextInt(kinds) - kinds / 2f;
        top.offer(scores[i], order[i]);
      }
      int[] expected =
          IntStream.range(0, n)
              .boxed()
              .sorted(
                  Comparator.comparingDouble((Integer i) -> -scores[i])
                      .thenComparingInt(i -> order[i]))
              .limit(k)
              .mapToInt(i -> order[i])
              .toArray();
      assertThat(Arrays.stream(top.best()).mapToInt(TopK::number).toArray())
          .as("seed %d, round %d", Seed.current(), round)
          .isEqualTo(expected);
    }
  }

  @Test
  void keysCarryScoresAndNumbers() {
    float[] scores = {Float.NEGATIVE_INFINITY, -3.5f, 0, 1e-30f, 7, Float.POSITIVE_INFINITY};
    long before = Long.MIN_VALUE;
    for (float score : scores) {
      long key = TopK.key(score, 123);
      assertThat(TopK.score(key)).isEqualTo(score);
      assertThat(TopK.number(key)).isEqualTo(123);
      assertThat(key).isGreaterThan(before);
      before = key;
    }
    assertThat(TopK.key(-0f, 5)).isEqualTo(TopK.key(0f, 5));
    assertThat(TopK.key(Float.NaN, 5)).isEqualTo(TopK.key(Float.NEGATIVE_INFINITY, 5));
  }

  @Test
  void normalTailIsThatOfTheTables() {
    assertThat(NormalTail.above(0)).isCloseTo(0.5f, within(1e-4f));
    assertThat(NormalTail.above(1)).isCloseTo(0.158655f, within(1e-4f));
    assertThat(NormalTail.above(-2)).isCloseTo(0.977250f, within(1e-4f));
    assertThat(NormalTail.above(5)).isCloseTo(2.8665e-7f, within(3e-9f));
    assertThat(NormalTail.above(50)).isZero();
    assertThat(NormalTail.above(-50)).isEqualTo(1);
  }

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

  @Test
  void missedShareFallsAsTheTargetRises() {
    float[] left = {0.3f, 0.2f};
    Curve curve = new Curve(new float[] {0.8f, 0.9f}, new float[] {0.4f, 0.1f}, left, 1, 0);
    assertThat(curve.missedAt(0)).isEqualTo(0.4f);
    assertThat(curve.missedAt(0.85)).isCloseTo(0.2, within(1e-3));
    assertThat(curve.missedAt(0.95)).isCloseTo(0.05, within(1e-6));
    assertThat(curve.missedAt(1)).isZero();
    assertThat(curve.leftAt(0.8)).isEqualTo(0.3f);
    assertThat(Curve.NONE.missedAt(0.5)).isZero();
  }
}
