package io.elacsym.engine.disk;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.BitSet;
import java.util.Optional;

/**
 * One blob as the disk cache sees it. Safe for use by many threads.
 *
 * <p>Blobs are told apart by name and size. Two blobs that have both in common, in two buckets say,
 * are taken for one; their readers notice by the checksums.
 */
public final class DiskBlob {
  private final DiskCache cache;
  private final String name;
  private final long bytes;
  private final long high;
  private final long low;

  DiskBlob(DiskCache cache, String name, long bytes) {
    this.cache = cache;
    this.name = name;
    this.bytes = bytes;
    ByteBuffer hash = hash(name, bytes);
    this.high = hash.getLong();
    this.low = hash.getLong();
  }

  private static ByteBuffer hash(String name, long bytes) {
    try {
      byte[] identity = (name + "\n" + bytes).getBytes(StandardCharsets.UTF_8);
      return ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(identity));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** Says whether a block is what was stored. */
  @FunctionalInterface
  public interface Check {
    boolean holds(int block, byte[] bytes, int offset, int length);
  }

  String name() {
    return name;
  }

  /** Its chunk with a number. */
  ChunkId chunk(int number) {
    return new ChunkId(high, low, number);
  }

  /** What the header of one of the blob's files says. */
  ChunkFile.Description description(int number, int blockBytes) {
    return new ChunkFile.Description(name, bytes, number, blockBytes);
  }

  /** Where a block begins, and the one before it ends. */
  long offset(int block) {
    return Math.min((long) block * ChunkFile.BLOCK, bytes);
  }

  /** Whether all of these blocks seem to be there. */
  public boolean has(int first, int end) {
    return cache.has(this, first, end);
  }

  /** Whether any of these blocks seems to be there. */
  public boolean hasSome(int first, int end) {
    return cache.hasSome(this, first, end);
  }

  /**
   * Reads what is there of some blocks.
   *
   * @param to where the block {@code first} goes to the start, and the others behind it
   * @param check blocks that do not pass it are dropped from the cache
   * @return the blocks that were read, counted from {@code first}
   */
  public BitSet read(int first, int end, byte[] to, Check check) {
    return cache.read(this, first, end, to, check);
  }

  /**
   * Offers whole blocks, to be written later or not at all.
   *
   * @param from must not be changed any more
   */
  public void offer(int first, byte[] from, int offset, int length) {
    cache.offer(new WriteQueue.Write(this, first, from, offset, length));
  }

  /** The blob's trailer, which lies behind its payload; not checked. */
  public Optional<byte[]> trailer(int length) {
    return cache.trailer(this, length);
  }

  /** Returns when everything that was offered before, of any blob, is written or given up. */
  public void settle() {
    cache.settle();
  }

  /** Offers the trailer, to be written later or not at all. */
  public void offerTrailer(byte[] trailer) {
    cache.offer(new WriteQueue.Write(this, ChunkId.TRAILER, trailer, 0, trailer.length));
  }

  /** Drops the trailer from the cache, because the caller has found it damaged. */
  public void dropTrailer() {
    cache.drop(this, ChunkId.TRAILER);
  }
}
