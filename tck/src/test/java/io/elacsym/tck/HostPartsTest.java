package io.elacsym.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.ErrorKind;
import io.elacsym.api.blob.BlobSource;
import io.elacsym.api.blob.ByteRange;
import io.elacsym.api.storage.Payload;
import io.elacsym.api.storage.PutMode;
import io.elacsym.tck.index.TestVectors;
import io.elacsym.tck.index.TestVectors.Distribution;
import io.elacsym.tck.memory.MemoryStorageProvider;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The host's side as tests see it. */
class HostPartsTest {
  @Test
  void aFailedCheckNamesPromiseSeedAndWhatWasSeen() {
    Check wrong =
        new Check(
            "the sky is blue",
            7,
            () -> {
              throw new AssertionError("it is grey");
            });
    assertThatThrownBy(wrong::run)
        .isInstanceOf(AssertionError.class)
        .hasMessage("broken promise 'the sky is blue' (seed 7): it is grey");
    Check failing =
        Check.of(
            "p",
            () -> {
              throw new IllegalStateException("closed");
            });
    assertThatThrownBy(failing::run)
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("unexpected java.lang.IllegalStateException: closed");
  }

  @Test
  void aSourceCountsWavesRequestsAndBytes() {
    MemoryBlobSink sink = new MemoryBlobSink();
    sink.write(new byte[] {0, 1, 2, 3, 4, 5, 6, 7}, 2, 6);
    sink.write(MemorySegment.ofArray(new byte[] {9, 9}));
    assertThat(sink.position()).isEqualTo(8);
    for (MemoryBlobSource source : List.of(sink.source(), sink.source().nativeCopy())) {
      List<MemorySegment> parts = source.readAll(List.of(new ByteRange(0, 2), new ByteRange(5, 3)));
      assertThat(parts.get(0).toArray(ValueLayout.JAVA_BYTE)).containsExactly(2, 3);
      assertThat(parts.get(1).toArray(ValueLayout.JAVA_BYTE)).containsExactly(7, 9, 9);
      assertThat(parts.get(1).isReadOnly()).isTrue();
      source.read(0, 8);
      assertThat(source.waves()).isEqualTo(2);
      assertThat(source.reads()).as("neighbours share one").isEqualTo(2);
      assertThat(source.bytesRead()).isEqualTo(13);
    }
  }

  @Test
  void rangesThatLieApartAreRequestsOfTheirOwn() {
    MemoryBlobSource source = new MemoryBlobSource(new byte[300 << 10]);
    source.readAll(
        List.of(
            new ByteRange(200 << 10, 10),
            new ByteRange(5, 10),
            new ByteRange(64 << 10, 10),
            new ByteRange(7, 0)));
    assertThat(source.waves()).isEqualTo(1);
    assertThat(source.reads()).isEqualTo(2);
  }

  @Test
  void whatIsReadOfATailInMemoryDoesNotCount() {
    long before = 100;
    byte[] bytes = new byte[(int) (before + BlobSource.TAIL_BYTES)];
    bytes[bytes.length - 1] = 7;
    MemoryBlobSource source = new MemoryBlobSource(bytes).withTail();
    assertThat(source.read(bytes.length - 1, 1).get(ValueLayout.JAVA_BYTE, 0)).isEqualTo((byte) 7);
    source.readAll(List.of(new ByteRange(before, 5), new ByteRange(before + 1000, 5)));
    assertThat(source.waves()).isZero();
    assertThat(source.read(before - 10, 30).byteSize()).isEqualTo(30);
    assertThat(source.waves()).isEqualTo(1);
    assertThat(source.bytesRead()).isEqualTo(10);
    MemoryBlobSource small = new MemoryBlobSource(new byte[5]).withTail();
    assertThat(small.read(0, 5).byteSize()).isEqualTo(5);
    assertThat(small.waves()).isZero();
  }

  @Test
  void damagedSourcesAreShortOrWrong() {
    MemoryBlobSource source = new MemoryBlobSource(new byte[] {1, 2, 3});
    assertThat(source.truncated(2).bytes()).containsExactly(1, 2);
    assertThat(source.corrupted(1).bytes()).containsExactly(1, ~2, 3);
    assertThat(source.bytes()).containsExactly(1, 2, 3);
    assertThatThrownBy(() -> source.read(2, 2))
        .isInstanceOfSatisfying(
            ElacsymException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.CORRUPT));
  }

  @Test
  void theContextChecksOptionsAndCancelsWhenTold() {
    MemoryStorageProvider provider = new MemoryStorageProvider();
    TestContext context = TestContext.of(provider);
    context.checkCancelled();
    assertThatThrownBy(() -> context.cancelledWhen(() -> true).checkCancelled())
        .isInstanceOf(ElacsymException.class);
    assertThatThrownBy(() -> TestContext.of(provider, Map.of("unknown", "1")))
        .hasMessageContaining("unknown");
    assertThat(context.withParallelism(1).parallelism()).isEqualTo(1);
    assertThat(context.withSeed(5).seed()).isEqualTo(5);
  }

  @Test
  void scalarMathAgreesWithItselfInEveryForm() {
    ScalarVectorMath math = new ScalarVectorMath();
    Random random = new Random(Seed.current());
    for (int dimension : new int[] {1, 3, 4, 17}) {
      float[][] drawn = Distribution.UNIFORM.draw(5, dimension, random);
      TestVectors vectors = TestVectors.of(drawn);
      float[] query = drawn[4];
      float[] dots = new float[6];
      float[] distances = new float[6];
      math.dots(query, vectors.vectors(), 4L * dimension, 3, dots, 2);
      math.squaredDistances(query, vectors.vectors(), 4L * dimension, 3, distances, 2);
      for (int i = 0; i < 3; i++) {
        double dot = 0;
        double distance = 0;
        for (int d = 0; d < dimension; d++) {
          dot += (double) query[d] * drawn[i + 1][d];
          distance += Math.pow((double) query[d] - drawn[i + 1][d], 2);
        }
        assertThat((double) math.dot(query, 0, drawn[i + 1], 0, dimension))
            .isCloseTo(dot, within(1e-5));
        assertThat((double) dots[i + 2]).isCloseTo(dot, within(1e-5));
        assertThat((double) math.squaredDistance(query, 0, drawn[i + 1], 0, dimension))
            .isCloseTo(distance, within(1e-5));
        assertThat((double) distances[i + 2]).isCloseTo(distance, within(1e-5));
      }
      assertThat(dots[1]).isZero();
      assertThat(dots[5]).isZero();
    }
  }

  @Test
  void scalarMathMultipliesCodesWhereverTheyLie() {
    byte[] codes = {99, 1, -128, 127, 99, 99, 0, 2, -3, 99};
    float[] out = {-7, -7, -7, -7};
    new ScalarVectorMath()
        .byteDots(new float[] {1, 2, 10}, MemorySegment.ofArray(codes), 1, 5, 2, out, 1);
    assertThat(out).containsExactly(-7, 1 - 256 + 1270, 4 - 30, -7);
  }

  @Test
  void vectorsWithGapsAndInAnotherOrderKeepTheirRows() {
    TestVectors dense = TestVectors.of(new float[][] {{0}, {1}, {2}, {3}});
    TestVectors gaps = dense.withGaps(3);
    assertThat(gaps.segmentRows()).isEqualTo(8);
    assertThat(List.of(gaps.row(0), gaps.row(1), gaps.row(2), gaps.row(3)))
        .containsExactly(0, 2, 3, 5);
    TestVectors turned = gaps.reordered(new int[] {7, 6, 5, 4, 3, 2, 1, 0});
    assertThat(List.of(turned.row(0), turned.row(1), turned.row(2), turned.row(3)))
        .containsExactly(2, 4, 5, 7);
    assertThat(turned.vector(0)).containsExactly(3);
    assertThat(turned.vector(3)).containsExactly(0);
  }

  @Test
  void handlesToOneMemoryStorageShareItsObjects() {
    MemoryStorageProvider provider = new MemoryStorageProvider();
    TestContext context = TestContext.of(provider);
    try (var one = provider.open(context);
        var other = provider.open(context)) {
      one.put("o", Payload.of(new byte[1]), PutMode.IF_ABSENT);
      one.close();
      assertThat(other.head("o")).isPresent();
    }
  }
}
