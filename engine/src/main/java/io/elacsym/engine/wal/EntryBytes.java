package io.elacsym.engine.wal;

import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * The bytes of an entry. They grow by pieces, so that a large entry is in memory at most twice
 * while it is put together, and the checksum is computed on the way. For one thread.
 */
final class EntryBytes extends OutputStream {
  private static final int FIRST_PIECE = 1 << 10;
  private static final int LARGEST_PIECE = 1 << 20;

  private final List<byte[]> full = new ArrayList<>();
  private final CRC32C checksum = new CRC32C();
  private byte[] piece = new byte[FIRST_PIECE];
  private int used;
  private int size;

  @Override
  public void write(int b) {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) {
    checksum.update(bytes, offset, length);
    size = Math.addExact(size, length);
    int from = offset;
    int left = length;
    while (left > 0) {
      if (used == piece.length) {
        full.add(piece);
        piece = new byte[Math.min(LARGEST_PIECE, piece.length * 2)];
        used = 0;
      }
      int count = Math.min(left, piece.length - used);
      System.arraycopy(bytes, from, piece, used, count);
      used += count;
      from += count;
      left -= count;
    }
  }

  /** The checksum of what is written so far. */
  int checksum() {
    return (int) checksum.getValue();
  }

  byte[] toByteArray() {
    byte[] all = new byte[size];
    int at = 0;
    for (byte[] part : full) {
      System.arraycopy(part, 0, all, at, part.length);
      at += part.length;
    }
    System.arraycopy(piece, 0, all, at, used);
    return all;
  }
}
