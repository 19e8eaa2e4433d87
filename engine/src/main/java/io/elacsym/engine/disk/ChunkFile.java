package io.elacsym.engine.disk;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.CRC32C;

/** The bytes of a file of the cache: a header, a byte for each block that is there, the blocks. */
final class ChunkFile {
  /** Bytes of a block: those of the blobs' own checksums. */
  static final int BLOCK = 64 * 1024;

  /** Blocks of a chunk. */
  static final int BLOCKS = Long.SIZE;

  /** Where the blocks begin. */
  static final int HEADER = 4096;

  /** {@code "ELACDISK"}. */
  private static final long MAGIC = 0x4B53494443414C45L;

  private static final int VERSION = 1;

  /** The bytes that the checksum covers. */
  private static final int DESCRIPTION = HEADER - BLOCKS - 4;

  private static final int MAX_NAME = 1000;

  /** Most bytes of one call: the platform copies them through a buffer that it keeps. */
  private static final int MAX_TRANSFER = 1 << 20;

  private ChunkFile() {}

  /**
   * What a file says of itself.
   *
   * @param blob name of the blob
   * @param blobBytes its size
   * @param number which chunk
   * @param blockBytes bytes of a block; of a trailer all its bytes
   */
  record Description(String blob, long blobBytes, int number, int blockBytes) {}

  private static byte[] encode(Description description) {
    byte[] name = description.blob().getBytes(StandardCharsets.UTF_8);
    byte[] header = new byte[HEADER];
    ByteBuffer fields = ByteBuffer.wrap(header).order(ByteOrder.LITTLE_ENDIAN);
    fields.putLong(MAGIC).putInt(VERSION).putInt(description.number());
    fields.putLong(description.blobBytes()).putInt(description.blockBytes());
    fields.putInt(name.length).put(name);
    fields.putInt(DESCRIPTION, crc(header));
    return header;
  }

  private static int crc(byte[] header) {
    CRC32C crc = new CRC32C();
    crc.update(header, 0, DESCRIPTION);
    return (int) crc.getValue();
  }

  /**
   * Reads a header.
   *
   * @return empty when it is none of this version, or damaged
   */
  private static Optional<Description> decode(byte[] header) {
    ByteBuffer fields = ByteBuffer.wrap(header).order(ByteOrder.LITTLE_ENDIAN);
    if (fields.getLong() != MAGIC
        || fields.getInt() != VERSION
        || fields.getInt(DESCRIPTION) != crc(header)) {
      return Optional.empty();
    }
    int number = fields.getInt();
    long blobBytes = fields.getLong();
    int blockBytes = fields.getInt();
    int length = fields.getInt();
    if (length < 0 || length > MAX_NAME || blockBytes < 1) {
      return Optional.empty();
    }
    String name = new String(header, fields.position(), length, StandardCharsets.UTF_8);
    return Optional.of(new Description(name, blobBytes, number, blockBytes));
  }

  /**
   * What a file says of itself, and which blocks it has.
   *
   * @param present one bit for each block that was written, and that the file is long enough for
   */
  record Found(Description description, long present) {}

  /**
   * Looks into a file.
   *
   * @return empty when it is none of ours, or damaged
   */
  static Optional<Found> look(Path path) throws IOException {
    try (FileChannel file = FileChannel.open(path, StandardOpenOption.READ)) {
      if (file.size() < HEADER) {
        return Optional.empty();
      }
      byte[] header = new byte[HEADER];
      readFully(file, ByteBuffer.wrap(header), 0);
      Optional<Description> description = decode(header);
      if (description.isEmpty()) {
        return Optional.empty();
      }
      long present = 0;
      for (int slot = 0; slot < BLOCKS; slot++) {
        boolean written = header[HEADER - BLOCKS + slot] == 1;
        // The last block of a blob may be shorter; whether it is long enough shows when it is read.
        if (written && file.size() > position(slot, description.get().blockBytes())) {
          present |= 1L << slot;
        }
      }
      return Optional.of(new Found(description.get(), present));
    }
  }

  private static long position(int slot, int blockBytes) {
    return HEADER + (long) slot * blockBytes;
  }

  /**
   * Reads the bytes of consecutive blocks.
   *
   * @throws EOFException when the file ends before
   */
  static void read(Path path, int slot, int blockBytes, byte[] to, int at, int length)
      throws IOException {
    try (FileChannel file = FileChannel.open(path, StandardOpenOption.READ)) {
      readFully(file, ByteBuffer.wrap(to, at, length), position(slot, blockBytes));
    }
  }

  private static void readFully(FileChannel file, ByteBuffer to, long position) throws IOException {
    int end = to.limit();
    long at = position;
    while (to.position() < end) {
      to.limit(Math.min(end, to.position() + MAX_TRANSFER));
      int count = file.read(to, at);
      if (count < 0) {
        throw new EOFException("the file ends at " + at);
      }
      at += count;
    }
  }

  /**
   * Writes consecutive blocks, then notes that they are there. A file that is new gets its header
   * first. If writing is cut off at any point, each block that the header lists is either whole or
   * fails its checksum.
   *
   * @return whether the file was new
   */
  static boolean write(
      Path path, Description description, int slot, int count, byte[] from, int at, int length)
      throws IOException {
    try (FileChannel file =
        FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      boolean fresh = file.size() < HEADER;
      if (fresh) {
        writeFully(file, ByteBuffer.wrap(encode(description)), 0);
      }
      writeFully(file, ByteBuffer.wrap(from, at, length), position(slot, description.blockBytes()));
      byte[] there = new byte[count];
      Arrays.fill(there, (byte) 1);
      writeFully(file, ByteBuffer.wrap(there), HEADER - BLOCKS + slot);
      return fresh;
    }
  }

  private static void writeFully(FileChannel file, ByteBuffer from, long position)
      throws IOException {
    int end = from.limit();
    long at = position;
    while (from.position() < end) {
      from.limit(Math.min(end, from.position() + MAX_TRANSFER));
      at += file.write(from, at);
    }
  }
}
