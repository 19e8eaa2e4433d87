package io.elacsym.server.helidon;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Unpacks gzip (RFC 1952), one member after the other. The JDK's stream calls itself once more for
 * each member that is empty, so that some thousand of them, twenty bytes each, overflow the stack;
 * here they are a loop. For one thread.
 */
final class GzipMembers extends InputStream {
  private static final int MAGIC = 0x1f8b;
  private static final int DEFLATE = 8;
  private static final int HEADER_CHECKSUM = 2;
  private static final int EXTRA = 4;
  private static final int NAME = 8;
  private static final int COMMENT = 16;
  private static final int RESERVED = 0xe0;

  private final PushbackInputStream in;
  private final Inflater inflater = new Inflater(true);
  private final CRC32 checksum = new CRC32();
  private final byte[] packed;
  private int given;
  private long members;
  private boolean inMember;
  private boolean ended;

  /**
   * @param in must begin with a member
   */
  GzipMembers(InputStream in, int buffer) {
    this.in = new PushbackInputStream(in, buffer);
    this.packed = new byte[buffer];
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    while (!ended) {
      if (!inMember && !begin()) {
        end();
        break;
      }
      int count = inflate(buffer, offset, length);
      if (count > 0) {
        checksum.update(buffer, offset, count);
        return count;
      }
      if (inflater.finished()) {
        finishMember();
      }
    }
    return -1;
  }

  private int inflate(byte[] buffer, int offset, int length) throws IOException {
    try {
      int count = inflater.inflate(buffer, offset, length);
      if (count == 0 && inflater.needsInput() && !inflater.finished()) {
        given = in.read(packed, 0, packed.length);
        if (given < 0) {
          throw new EOFException("the gzip data ends too early");
        }
        inflater.setInput(packed, 0, given);
      }
      if (inflater.needsDictionary()) {
        throw new IOException("the gzip data is damaged");
      }
      return count;
    } catch (DataFormatException e) {
      throw new IOException("the gzip data is damaged", e);
    }
  }

  /**
   * Reads a member's header.
   *
   * @return false when there is no further member
   */
  private boolean begin() throws IOException {
    int next = in.read();
    if (next < 0) {
      if (members == 0) {
        throw new EOFException("the gzip data ends too early");
      }
      return false;
    }
    in.unread(next);
    DataInputStream header = new DataInputStream(in);
    try {
      if (header.readUnsignedShort() != MAGIC || header.readUnsignedByte() != DEFLATE) {
        throw new IOException("the body is not in gzip format");
      }
      int flags = header.readUnsignedByte();
      if ((flags & RESERVED) != 0) {
        throw new IOException("the body is not in gzip format");
      }
      header.skipNBytes(6);
      if ((flags & EXTRA) != 0) {
        header.skipNBytes(Short.reverseBytes(header.readShort()) & 0xffff);
      }
      skipText(header, flags & NAME);
      skipText(header, flags & COMMENT);
      header.skipNBytes((flags & HEADER_CHECKSUM) != 0 ? 2 : 0);
    } catch (EOFException e) {
      throw new EOFException("the gzip data ends too early");
    }
    inflater.reset();
    checksum.reset();
    given = 0;
    inMember = true;
    members++;
    return true;
  }

  private static void skipText(DataInputStream header, int present) throws IOException {
    if (present != 0) {
      int next = header.readUnsignedByte();
      while (next != 0) {
        next = header.readUnsignedByte();
      }
    }
  }

  private void finishMember() throws IOException {
    int left = inflater.getRemaining();
    in.unread(packed, Math.max(0, given) - left, left);
    byte[] trailer = in.readNBytes(8);
    if (trailer.length < 8) {
      throw new EOFException("the gzip data ends too early");
    }
    if (littleEndian(trailer, 0) != (int) checksum.getValue()
        || littleEndian(trailer, 4) != (int) inflater.getBytesWritten()) {
      throw new IOException("the checksum of the gzip data does not hold");
    }
    inMember = false;
    given = 0;
  }

  private static int littleEndian(byte[] bytes, int at) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt(at);
  }

  private void end() {
    ended = true;
    inflater.end();
  }

  @Override
  public void close() throws IOException {
    end();
    in.close();
  }
}
