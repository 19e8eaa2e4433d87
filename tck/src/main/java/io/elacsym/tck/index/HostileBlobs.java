package io.elacsym.tck.index;

import com.sun.management.ThreadMXBean;
import io.elacsym.api.ElacsymException;
import io.elacsym.api.ErrorKind;
import io.elacsym.api.index.RowSet;
import io.elacsym.api.index.VectorHits;
import io.elacsym.api.index.VectorIndexReader;
import io.elacsym.tck.MemoryBlobSource;
import io.elacsym.tck.Seed;
import io.elacsym.tck.expect.Expect;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.BitSet;
import java.util.OptionalInt;
import java.util.Random;

/**
 * Blobs of a vector index that say anything. The host checks checksums before a reader sees a byte,
 * but a bug may have written them. Whatever a blob says, it is refused as corrupt or answered in
 * full, soon, and in memory that follows from the size of the blob.
 */
public final class HostileBlobs {
  private static final int K = 10;

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

  /** Opens a blob as an index of the vectors. */
  @FunctionalInterface
  public interface Opener {
    VectorIndexReader open(MemoryBlobSource blob);
  }

  private final byte[] blob;
  private final int footerBytes;
  private final OptionalInt sizeAt;
  private final TestVectors vectors;
  private final Opener opener;
  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private final Random random = new Random(Seed.current());

  /**
   * @param blob an index that is right; not changed
   * @param footerBytes how many bytes at the end say where everything lies
   * @param sizeAt where in them the blob's size is, if it is: then a shorter blob can say its own
   * @param vectors as the index numbers their rows; at least 200
   */
  public HostileBlobs(
      byte[] blob, int footerBytes, OptionalInt sizeAt, TestVectors vectors, Opener opener) {
    this.blob = blob.clone();
    this.footerBytes = footerBytes;
    this.sizeAt = sizeAt;
    this.vectors = vectors;
    this.opener = opener;
  }

  /**
   * Tries so many blobs.
   *
   * @throws AssertionError when one is neither refused nor answered
   */
  public void check(int cases) {
    search(blob, "the blob as it is"); // what runs first loads classes
    for (int i = 0; i < cases; i++) {
      ask(spoilt(i % 4), "case " + i + ", seed " + Seed.current());
    }
  }

  private byte[] spoilt(int how) {
    byte[] bytes = blob.clone();
    switch (how) {
      case 0 -> {
        for (int flips = 1 + random.nextInt(8); flips > 0; flips--) {
          bytes[place()] ^= (byte) (1 << random.nextInt(8));
        }
      }
      case 1 -> {
        ByteBuffer numbers = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        for (int left = 1 + random.nextInt(3); left > 0; left--) {
          numbers.putInt(place() / 4 * 4, NUMBERS[random.nextInt(NUMBERS.length)]);
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
        return shorter();
      }
    }
    return bytes;
  }

  /** With the footer it had, mostly, and the size it has. */
  private byte[] shorter() {
    int size = Math.max(0, blob.length - 4 * random.nextInt(blob.length / 4));
    byte[] shorter = Arrays.copyOf(blob, size);
    if (size >= footerBytes && random.nextInt(4) > 0) {
      int footer = size - footerBytes;
      System.arraycopy(blob, blob.length - footerBytes, shorter, footer, footerBytes);
      sizeAt.ifPresent(
          at -> ByteBuffer.wrap(shorter).order(ByteOrder.LITTLE_ENDIAN).putLong(footer + at, size));
    }
    return shorter;
  }

  /** Half of the time in the end, where every number decides where others lie. */
  private int place() {
    return random.nextBoolean()
        ? random.nextInt(blob.length)
        : blob.length - 1 - random.nextInt(Math.min(600, blob.length - 4));
  }

  private void ask(byte[] bytes, String what) {
    long before = threads.getCurrentThreadAllocatedBytes();
    try {
      search(bytes, what);
    } catch (ElacsymException e) {
      Expect.equal(
          "kind of the failure of " + what + " (" + e.getMessage() + ")",
          ErrorKind.CORRUPT,
          e.kind());
    } catch (RuntimeException e) {
      throw new AssertionError(what + ": neither refused as corrupt nor answered", e);
    }
    long allocated = threads.getCurrentThreadAllocatedBytes() - before;
    long most = 8L * bytes.length + MORE_BYTES;
    Expect.that(
        allocated < most,
        () -> what + ": " + allocated + " bytes allocated, expected less than " + most);
  }

  private void search(byte[] bytes, String what) {
    float[] query = vectors.vector(random.nextInt(200));
    int rows = vectors.segmentRows();
    BitSet some = new BitSet(rows);
    random.ints(0, rows).limit(rows / 2).forEach(some::set);
    try (VectorIndexReader reader = opener.open(new MemoryBlobSource(bytes))) {
      expectFull(reader, query, RowSet.all(rows), 0.95, what);
      expectFull(reader, query, RowSet.of(rows, some), 0.9, what);
      expectFull(reader, query, RowSet.all(rows), 1, what);
    }
  }

  private static void expectFull(
      VectorIndexReader reader, float[] query, RowSet accept, double target, String what) {
    VectorHits hits = reader.search(VectorIndexes.query(query, K, accept, target));
    int[] rows = hits.rows();
    boolean distinct = Arrays.stream(rows).distinct().count() == K;
    Expect.that(
        rows.length == K && distinct && Arrays.stream(rows).allMatch(accept::contains),
        () -> what + ": rows " + Arrays.toString(rows) + ", expected " + K + " accepted ones");
  }
}
