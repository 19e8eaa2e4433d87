package io.elacsym.engine.disk;

/**
 * What is known of a file of the cache without looking at it. Immutable.
 *
 * @param present one bit a block: it was written
 * @param reserved one bit a block: it was written or is about to be
 * @param blockBytes bytes of a block; of a trailer all its bytes
 */
record Chunk(long present, long reserved, int blockBytes) {
  static Chunk empty(int blockBytes) {
    return new Chunk(0, 0, blockBytes);
  }

  static Chunk stored(long present, int blockBytes) {
    return new Chunk(present, present, blockBytes);
  }

  Chunk reserving(long blocks) {
    return new Chunk(present, reserved | blocks, blockBytes);
  }

  Chunk with(long blocks) {
    return new Chunk(present | blocks, reserved | blocks, blockBytes);
  }

  /**
   * The same chunk with these blocks and no others, for a file that was new when they were written.
   */
  Chunk only(long blocks) {
    return new Chunk(blocks, blocks, blockBytes);
  }

  boolean has(int slot) {
    return (present >>> slot & 1) != 0;
  }

  /** Bytes that the file has on disk, or will have when all reserved blocks are written. */
  int weight() {
    return ChunkFile.HEADER + Long.bitCount(reserved) * blockBytes;
  }

  /** Bits of the blocks {@code from} to {@code to} (exclusive) of a chunk. */
  static long bits(int from, int to) {
    long below = to == Long.SIZE ? -1L : (1L << to) - 1;
    return below & -1L << from;
  }
}
