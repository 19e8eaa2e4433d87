package io.elacsym.index.bm25.blob.v2;

import io.elacsym.index.bm25.blob.v2.BlobLayout.Window;
import java.io.EOFException;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Objects;
import org.apache.lucene.store.IndexInput;
import org.apache.lucene.store.MemorySegmentAccessInput;
import org.jspecify.annotations.Nullable;

/**
 * A range of a blob as Lucene reads it: through a window onto bytes in memory that moves when a
 * position outside it is asked for. For one thread; clones and slices are independent.
 */
final class BlobInput extends IndexInput implements MemorySegmentAccessInput {
  private static final ValueLayout.OfShort SHORT =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfLong LONG =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfFloat FLOAT =
      ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  /** How many bytes are fetched at least: a block of Lucene's term dictionary is shorter. */
  private static final long READ_AHEAD = 4096;

  private final BlobBytes blob;
  private final long offset;
  private final long length;
  private long position;

  /** Bytes {@code windowStart} to {@code windowEnd} of this input. */
  private MemorySegment window = MemorySegment.NULL;

  private long windowStart;
  private long windowEnd;

  BlobInput(String description, BlobBytes blob, long offset, long length) {
    super(description);
    this.blob = blob;
    this.offset = offset;
    this.length = length;
  }

  @Override
  public void close() {}

  @Override
  public long length() {
    return length;
  }

  @Override
  public long getFilePointer() {
    return position;
  }

  @Override
  public void seek(long to) throws EOFException {
    if (to < 0 || to > length) {
      throw new EOFException("seek to " + to + " in " + this + " of " + length + " bytes");
    }
    position = to;
  }

  @Override
  public void skipBytes(long count) throws IOException {
    seek(position + count);
  }

  @Override
  public BlobInput clone() {
    BlobInput clone = new BlobInput(toString(), blob, offset, length);
    clone.position = position;
    clone.window = window;
    clone.windowStart = windowStart;
    clone.windowEnd = windowEnd;
    return clone;
  }

  @Override
  public BlobInput slice(String description, long from, long count) {
    if (from < 0 || count < 0 || from > length - count) {
      throw new IllegalArgumentException(
          "slice " + from + "+" + count + " of " + this + " of " + length + " bytes");
    }
    return new BlobInput(getFullSliceDescription(description), blob, offset + from, count);
  }

  @Override
  public void prefetch(long from, long count) {
    // Lucene says where something starts, rarely how much it is.
    blob.prefetch(offset + from, Math.min(Math.max(count, READ_AHEAD), length - from));
  }

  @Override
  public @Nullable MemorySegment segmentSliceOrNull(long from, long count) throws IOException {
    if (from < 0 || count < 0 || from > length - count) {
      throw new EOFException("bytes " + from + "+" + count + " of " + this);
    }
    if (!covers(from, count)) {
      if (count > 0) {
        moveTo(from);
      }
      if (!covers(from, count)) {
        return null;
      }
    }
    return window.asSlice(from - windowStart, count);
  }

  @Override
  public byte readByte() throws IOException {
    byte value = readByte(position);
    position++;
    return value;
  }

  @Override
  public short readShort() throws IOException {
    short value = readShort(position);
    position += Short.BYTES;
    return value;
  }

  @Override
  public int readInt() throws IOException {
    int value = readInt(position);
    position += Integer.BYTES;
    return value;
  }

  @Override
  public long readLong() throws IOException {
    long value = readLong(position);
    position += Long.BYTES;
    return value;
  }

  @Override
  public byte readByte(long at) throws IOException {
    if (!covers(at, 1)) {
      moveTo(at);
    }
    return window.get(ValueLayout.JAVA_BYTE, at - windowStart);
  }

  @Override
  public short readShort(long at) throws IOException {
    return covers(at, Short.BYTES)
        ? window.get(SHORT, at - windowStart)
        : (short) scattered(at, Short.BYTES);
  }

  @Override
  public int readInt(long at) throws IOException {
    return covers(at, Integer.BYTES)
        ? window.get(INT, at - windowStart)
        : (int) scattered(at, Integer.BYTES);
  }

  @Override
  public long readLong(long at) throws IOException {
    return covers(at, Long.BYTES) ? window.get(LONG, at - windowStart) : scattered(at, Long.BYTES);
  }

  /** A little-endian number that is outside the window or crosses its border. */
  private long scattered(long at, int count) throws IOException {
    long value = 0;
    for (int i = 0; i < count; i++) {
      value |= (readByte(at + i) & 0xffL) << (8 * i);
    }
    return value;
  }

  @Override
  public void readBytes(byte[] to, int from, int count) throws IOException {
    Objects.checkFromIndexSize(from, count, to.length);
    int done = 0;
    while (done < count) {
      int part = part(count - done, 1);
      MemorySegment.copy(
          window, ValueLayout.JAVA_BYTE, position - windowStart, to, from + done, part);
      position += part;
      done += part;
    }
  }

  @Override
  public void readBytes(long at, byte[] to, int from, int count) throws IOException {
    long kept = position;
    position = at;
    try {
      readBytes(to, from, count);
    } finally {
      position = kept;
    }
  }

  @Override
  public void readInts(int[] to, int from, int count) throws IOException {
    int done = 0;
    while (done < count) {
      int part = part(count - done, Integer.BYTES);
      if (part == 0) {
        to[from + done] = readInt();
        done++;
        continue;
      }
      MemorySegment.copy(window, INT, position - windowStart, to, from + done, part);
      position += (long) part * Integer.BYTES;
      done += part;
    }
  }

  @Override
  public void readLongs(long[] to, int from, int count) throws IOException {
    int done = 0;
    while (done < count) {
      int part = part(count - done, Long.BYTES);
      if (part == 0) {
        to[from + done] = readLong();
        done++;
        continue;
      }
      MemorySegment.copy(window, LONG, position - windowStart, to, from + done, part);
      position += (long) part * Long.BYTES;
      done += part;
    }
  }

  @Override
  public void readFloats(float[] to, int from, int count) throws IOException {
    int done = 0;
    while (done < count) {
      int part = part(count - done, Float.BYTES);
      if (part == 0) {
        to[from + done] = Float.intBitsToFloat(readInt());
        done++;
        continue;
      }
      MemorySegment.copy(window, FLOAT, position - windowStart, to, from + done, part);
      position += (long) part * Float.BYTES;
      done += part;
    }
  }

  /** How many of {@code count} values lie whole in the window at the position; moves it first. */
  private int part(int count, int width) throws IOException {
    if (!covers(position, 1)) {
      moveTo(position);
    }
    return (int) Math.min(count, (windowEnd - position) / width);
  }

  private boolean covers(long at, long count) {
    return at >= windowStart && at + count <= windowEnd;
  }

  private void moveTo(long at) throws EOFException {
    if (at < 0 || at >= length) {
      throw new EOFException("byte " + at + " of " + this + " of " + length + " bytes");
    }
    Window found = blob.at(offset + at);
    long from = Math.max(0, offset - found.start());
    long to = Math.min(found.bytes().byteSize(), offset + length - found.start());
    window = found.bytes().asSlice(from, to - from);
    windowStart = found.start() + from - offset;
    windowEnd = windowStart + to - from;
  }
}
