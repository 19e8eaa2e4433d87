package io.elacsym.storage.minio;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.ErrorKind;
import io.elacsym.api.storage.Payload;
import java.io.IOException;
import java.io.InputStream;

/**
 * Reads a payload once and holds it to its size. A payload that cannot be read is no fault of the
 * storage, and is not worded as one.
 */
final class PayloadReader implements AutoCloseable {
  private final String name;
  private final long size;
  private final InputStream bytes;
  private long read;

  private PayloadReader(String name, long size, InputStream bytes) {
    this.name = name;
    this.size = size;
    this.bytes = bytes;
  }

  static PayloadReader open(String name, Payload payload) {
    try {
      return new PayloadReader(name, payload.size(), payload.open());
    } catch (IOException e) {
      throw unreadable(name, e);
    }
  }

  /** The bytes that follow: as many as asked for, or as many as are left. */
  byte[] next(int length) {
    byte[] next = new byte[(int) Math.min(length, size - read)];
    try {
      int got = bytes.readNBytes(next, 0, next.length);
      read += got;
      if (got < next.length) {
        throw wrongSize(Long.toString(read));
      }
      if (read == size && bytes.read() >= 0) {
        throw wrongSize("more");
      }
    } catch (IOException e) {
      throw unreadable(name, e);
    }
    return next;
  }

  boolean hasMore() {
    return read < size;
  }

  @Override
  public void close() {
    try {
      bytes.close();
    } catch (IOException e) {
      // It has been read as far as it was needed.
    }
  }

  private ElacsymException wrongSize(String yields) {
    return ElacsymException.invalid(
        "payload of object '"
            + name
            + "' yields "
            + yields
            + " bytes, expected its size of "
            + size);
  }

  private static ElacsymException unreadable(String name, IOException e) {
    return ElacsymException.withDetail(
        ErrorKind.UNAVAILABLE,
        "cannot read the payload of object '" + name + "'",
        e.toString(), // may name a file of this machine
        e);
  }
}
