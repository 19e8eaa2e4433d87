package io.elacsym.engine.filter;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.roaringbitmap.RoaringBitmap;

/** Bytes of an attribute index that are being written. */
final class Output {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  int size() {
    return bytes.size();
  }

  byte[] toBytes() {
    return bytes.toByteArray();
  }

  void count(int count) {
    number(count);
  }

  /** Seven bits a byte, the lowest first; every byte but the last has its highest bit set. */
  void number(long unsigned) {
    long left = unsigned;
    while ((left & ~0x7fL) != 0) {
      bytes.write((int) ((left & 0x7f) | 0x80));
      left >>>= 7;
    }
    bytes.write((int) left);
  }

  void bytes(byte[] from, int offset, int length) {
    bytes.write(from, offset, length);
  }

  /** Little-endian. */
  void shortNumber(int unsigned) {
    bytes.write(unsigned);
    bytes.write(unsigned >>> 8);
  }

  /** In the portable format of Roaring bitmaps. */
  void bitmap(RoaringBitmap bitmap) {
    bitmap.runOptimize();
    try {
      bitmap.serialize(new DataOutputStream(bytes));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
