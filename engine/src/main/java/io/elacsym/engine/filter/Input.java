package io.elacsym.engine.filter;

import io.elacsym.api.ElacsymException;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.roaringbitmap.RoaringBitmap;

/** Bytes of an attribute index that are being read. What cannot be there is {@code CORRUPT}. */
final class Input {
  private final ByteBuffer in;

  Input(MemorySegment bytes) {
    this.in = bytes.asByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
  }

  int remaining() {
    return in.remaining();
  }

  /** A number of things, of which there can be so many at most. */
  int count(int most) {
    long count = number();
    if (count < 0 || count > most) {
      throw ElacsymException.corrupt(
          "attribute index has the impossible count " + Long.toUnsignedString(count));
    }
    return (int) count;
  }

  long number() {
    long number = 0;
    for (int shift = 0; shift < Long.SIZE; shift += 7) {
      byte next = octet();
      number |= (next & 0x7fL) << shift;
      if (next >= 0) {
        return number;
      }
    }
    throw ElacsymException.corrupt("attribute index has a number of more than 64 bits");
  }

  byte octet() {
    try {
      return in.get();
    } catch (BufferUnderflowException e) {
      throw tooEarly();
    }
  }

  int shortNumber() {
    return (octet() & 0xff) | ((octet() & 0xff) << 8);
  }

  long bigEndian() {
    long number = 0;
    for (int i = 0; i < Long.BYTES; i++) {
      number = (number << 8) | (octet() & 0xff);
    }
    return number;
  }

  void bytes(byte[] to, int offset, int length) {
    try {
      in.get(to, offset, length);
    } catch (BufferUnderflowException e) {
      throw tooEarly();
    }
  }

  private static ElacsymException tooEarly() {
    return ElacsymException.corrupt("attribute index ends too early");
  }

  /** Row numbers below a bound. */
  RoaringBitmap bitmap(int rowCount) {
    RoaringBitmap bitmap = new RoaringBitmap();
    try {
      bitmap.deserialize(in.slice().order(ByteOrder.LITTLE_ENDIAN));
    } catch (IOException | RuntimeException e) {
      throw ElacsymException.corrupt("attribute index has no Roaring bitmap where one should be");
    }
    boolean fits =
        bitmap.isEmpty()
            || (bitmap.validate() && Integer.compareUnsigned(bitmap.last(), rowCount) < 0);
    if (!fits || bitmap.serializedSizeInBytes() > in.remaining()) {
      throw ElacsymException.corrupt("attribute index has impossible rows");
    }
    in.position(in.position() + bitmap.serializedSizeInBytes());
    return bitmap;
  }

  void requireEnd() {
    if (in.hasRemaining()) {
      throw ElacsymException.corrupt("attribute index goes on after its end");
    }
  }
}
