package io.elacsym.engine.blob;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/**
 * CRC-32C of each block of a blob.
 *
 * @param blobBytes size of what is covered
 * @param crcs one a block of {@link #BLOCK} bytes; the last block may be shorter
 */
public record Checksums(long blobBytes, int[] crcs) {
  /** Bytes covered by one checksum: also the smallest read. */
  public static final int BLOCK = 64 * 1024;

  public Checksums {
    if (crcs.length != blocks(blobBytes)) {
      throw new IllegalArgumentException(crcs.length + " checksums for " + blobBytes + " bytes");
    }
  }

  public static int blocks(long bytes) {
    return Math.toIntExact((bytes + BLOCK - 1) / BLOCK);
  }

  /** Checksum of one block. */
  public static int of(byte[] bytes, int offset, int length) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, offset, length);
    return (int) crc.getValue();
  }

  /** Whether a block is what was written. */
  public boolean holds(int block, byte[] bytes, int offset, int length) {
    return of(bytes, offset, length) == crcs[block];
  }

  /**
   * The first block that does not hold, or -1.
   *
   * @param from where {@code bytes} begin in the blob, a multiple of {@link #BLOCK}
   */
  public long firstDamage(long from, byte[] bytes, int offset, int length) {
    int block = Math.toIntExact(from / BLOCK);
    for (int at = 0; at < length; at += BLOCK, block++) {
      if (!holds(block, bytes, offset + at, Math.min(BLOCK, length - at))) {
        return block;
      }
    }
    return -1;
  }

  /** The table as stored: little-endian. */
  public byte[] toBytes() {
    ByteBuffer table = ByteBuffer.allocate(crcs.length * 4).order(ByteOrder.LITTLE_ENDIAN);
    table.asIntBuffer().put(crcs);
    return table.array();
  }

  public static Checksums parse(long blobBytes, ByteBuffer table) {
    int[] crcs = new int[blocks(blobBytes)];
    table.order(ByteOrder.LITTLE_ENDIAN).asIntBuffer().get(crcs);
    return new Checksums(blobBytes, crcs);
  }
}
