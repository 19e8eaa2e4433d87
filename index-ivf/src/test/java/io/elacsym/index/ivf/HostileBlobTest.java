package io.elacsym.index.ivf;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.elacsym.api.ElacsymException;
import io.elacsym.api.ErrorKind;
import io.elacsym.api.index.Metric;
import io.elacsym.api.index.RowSet;
import io.elacsym.api.index.VectorField;
import io.elacsym.api.index.VectorHits;
import io.elacsym.api.index.VectorIndexReader;
import io.elacsym.index.ivf.Indexes.Written;
import io.elacsym.index.ivf.blob.v1.Footer;
import io.elacsym.tck.MemoryBlobSource;
import io.elacsym.tck.Seed;
import io.elacsym.tck.index.TestVectors;
import io.elacsym.tck.index.TestVectors.Distribution;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The host checks checksums before a reader sees a byte, but a bug may have written anything.
 * Whatever a blob says, it is refused as corrupt or answered in full, soon, and in memory that
 * follows from the size of the blob.
 */
class HostileBlobTest {
  private static final int CASES = 1000;
  private static final int DIMENSION = 8;

  /** Beside the blob: searches of a reader, and messages. */
  private static final int MORE_BYTES = 2 << 20;

  private static final int[] NUMBERS = {
    0,
    1,
    -1,
    -2,
    2,
    7,
    1023,
    1100,
    1150,
    1 << 16,
    1 << 24,
    1 << 30,
    Integer.MAX_VALUE,
    Integer.MIN_VALUE,
    Float.floatToIntBits(Float.NaN),
    Float.floatToIntBits(1e30f),
    Float.floatToIntBits(Float.NEGATIVE_INFINITY),
    Float.floatToIntBits(0.5f)
  };

  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private final Random random = new Random(Seed.current());

  @ParameterizedTest
  @ValueSource(strings = {"rabitq", "pq", "sq8", "flat"})
  void anythingIsRefusedAsCorruptOrAnsweredInFull(String quantizer) {
    for (Metric metric : Metric.values()) {
      Written index = index(metric, quantizer);
      search(index, index.blob(), "the blob as it is"); // what runs first loads classes
      for (int i = 0; i < CASES / Metric.values().length; i++) {
        byte[] bytes = spoilt(index.blob().clone(), i % 4);
        ask(index, bytes, metric + ", case " + i + ", seed " + Seed.current());
      }
    }
  }

  /** With every area: rows without a vector, and rows in another order than items. */
  private static Written index(Metric metric, String quantizer) {
    VectorField field = new VectorField("vector", DIMENSION, metric);
    Random random = new Random(Seed.current());
    float[][] vectors = Distribution.UNIFORM.draw(1600, DIMENSION, random);
    return Indexes.write(
        field,
        TestVectors.of(vectors).withGaps(3),
        false,
        Indexes.context("quantizer", quantizer, "list_rows", "64"));
  }

  private byte[] spoilt(byte[] bytes, int how) {
    ByteBuffer blob = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    switch (how) {
      case 0 -> {
        for (int flips = 1 + random.nextInt(8); flips > 0; flips--) {
          bytes[place(bytes.length)] ^= (byte) (1 << random.nextInt(8));
        }
      }
      case 1 -> {
        for (int numbers = 1 + random.nextInt(3); numbers > 0; numbers--) {
          blob.putInt(place(bytes.length) / 4 * 4, NUMBERS[random.nextInt(NUMBERS.length)]);
        }
      }
      case 2 -> {
        // One part of the blob in the place of another.
        int length = 4 * (1 + random.nextInt(64));
        int from = random.nextInt(bytes.length - length) / 4 * 4;
        int to = random.nextInt(bytes.length - length) / 4 * 4;
        System.arraycopy(bytes, from, bytes, to, length);
      }
      default -> {
        // Shorter, with the footer it had, and now and then with the size it has.
        int size = Math.max(0, bytes.length - 4 * random.nextInt(bytes.length / 4));
        byte[] shorter = Arrays.copyOf(bytes, size);
        if (size >= Footer.BYTES && random.nextInt(4) > 0) {
          int footer = size - Footer.BYTES;
          System.arraycopy(bytes, bytes.length - Footer.BYTES, shorter, footer, Footer.BYTES);
        }
        return shorter;
      }
    }
    return bytes;
  }

  /** Half of the time in the end, where every number decides where others lie. */
  private int place(int size) {
    return random.nextBoolean() ? random.nextInt(size) : size - 1 - random.nextInt(600);
  }

  private void ask(Written index, byte[] bytes, String what) {
    long before = threads.getCurrentThreadAllocatedBytes();
    try {
      search(index, bytes, what);
    } catch (ElacsymException e) {
      assertThat(e.kind()).as(what + ": " + e.getMessage()).isEqualTo(ErrorKind.CORRUPT);
    }
    assertThat(threads.getCurrentThreadAllocatedBytes() - before)
        .as("bytes allocated in " + what)
        .isLessThan(8L * bytes.length + MORE_BYTES);
  }

  private void search(Written index, byte[] bytes, String what) {
    float[] query = index.vectors().vector(random.nextInt(200));
    int rows = index.vectors().segmentRows();
    BitSet some = new BitSet();
    random.ints(0, rows).limit(rows / 2).forEach(some::set);
    try (VectorIndexReader reader = index.open(new MemoryBlobSource(bytes))) {
      expectFull(reader, query, RowSet.all(rows), 0.95, what);
      expectFull(reader, query, RowSet.of(rows, some), 0.9, what);
      expectFull(reader, query, RowSet.all(rows), 1, what);
    }
  }

  private static void expectFull(
      VectorIndexReader reader, float[] query, RowSet accept, double target, String what) {
    VectorHits hits = reader.search(Indexes.query(query, 10, accept, target));
    assertThat(hits.rows()).as(what).hasSize(10).doesNotHaveDuplicates();
    assertThat(Arrays.stream(hits.rows()).allMatch(accept::contains)).as(what).isTrue();
  }
}
