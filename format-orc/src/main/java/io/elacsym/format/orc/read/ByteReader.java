package io.elacsym.format.orc.read;

import io.elacsym.api.ElacsymException;
import io.elacsym.format.orc.layout.ChunkCodec;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/**
 * The bytes of a stream or message, front to back, through their chunks. Every chunk but a stream's
 * last is full, so chunks that are passed over need not be decompressed. For one thread.
 */
final class ByteReader {
  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);
  private static final int LENGTH_SHIFT = 1;
  private static final int IS_ORIGINAL = 1;

  private final ByteBuffer chunks;
  private final Optional<ChunkCodec> codec;
  private final int chunkBytes;
  private byte[] decompressed = {};
  private ByteBuffer open;
  private long ahead;

  /** Bytes without chunks. */
  ByteReader(byte[] bytes) {
    this.chunks = NOTHING;
    this.codec = Optional.empty();
    this.chunkBytes = 0;
    this.open = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  /**
   * Bytes in chunks.
   *
   * @param chunks from the first one's header on
   */
  ByteReader(byte[] chunks, int chunkBytes, ChunkCodec codec) {
    this.chunks = ByteBuffer.wrap(chunks).order(ByteOrder.LITTLE_ENDIAN);
    this.codec = Optional.of(codec);
    this.chunkBytes = chunkBytes;
    this.open = NOTHING;
  }

  boolean hasChunks() {
    return codec.isPresent();
  }

  void skip(long count) {
    if (count <= open.remaining()) {
      open.position(open.position() + (int) count);
    } else {
      ahead += count - open.remaining();
      open = NOTHING;
    }
  }

  /** Whether there are more bytes. A chunk of which only the beginning is here does not count. */
  boolean hasNext() throws IOException {
    while (!open.hasRemaining()) {
      if (!nextChunk()) {
        return false;
      }
    }
    return true;
  }

  int readByte() throws IOException {
    expectNext();
    return Byte.toUnsignedInt(open.get());
  }

  /** Reads as many bytes as are at hand, at least one. */
  int read(byte[] to, int offset, int most) throws IOException {
    expectNext();
    int count = Math.min(most, open.remaining());
    open.get(to, offset, count);
    return count;
  }

  /**
   * The next bytes.
   *
   * @throws ElacsymException {@code CORRUPT} when there are fewer, before memory is taken for them
   */
  byte[] read(int count) throws IOException {
    long most =
        open.remaining()
            + (long) chunks.remaining() / (IndexedStream.HEADER_BYTES + 1) * chunkBytes;
    if (count > most) {
      throw ElacsymException.corrupt(
          "a value of the ORC file has " + count + " bytes, at most " + most + " are left");
    }
    byte[] bytes = new byte[count];
    for (int done = 0; done < count; ) {
      done += read(bytes, done, count - done);
    }
    return bytes;
  }

  long readLong() throws IOException {
    expectNext();
    return open.remaining() >= Long.BYTES
        ? open.getLong()
        : ByteBuffer.wrap(read(Long.BYTES)).order(ByteOrder.LITTLE_ENDIAN).getLong();
  }

  /** All bytes that are left. */
  byte[] readAll() throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    while (hasNext()) {
      all.write(open.array(), open.arrayOffset() + open.position(), open.remaining());
      open.position(open.limit());
    }
    if (chunks.hasRemaining()) {
      throw new EOFException("a message of the ORC file ends within a chunk");
    }
    return all.toByteArray();
  }

  private void expectNext() throws IOException {
    if (!hasNext()) {
      throw new EOFException("a stream of the ORC file ends within a value");
    }
  }

  /** Opens the next chunk, or passes over it; false when there is none. */
  private boolean nextChunk() throws IOException {
    if (chunks.remaining() < IndexedStream.HEADER_BYTES) {
      return false;
    }
    int at = chunks.position();
    int header =
        Short.toUnsignedInt(chunks.getShort(at))
            | Byte.toUnsignedInt(chunks.get(at + Short.BYTES)) << Short.SIZE;
    int length = header >> LENGTH_SHIFT;
    if (chunks.remaining() < IndexedStream.HEADER_BYTES + length) {
      return false;
    }
    ByteBuffer chunk = chunks.slice(at + IndexedStream.HEADER_BYTES, length);
    chunks.position(at + IndexedStream.HEADER_BYTES + length);
    if (ahead >= chunkBytes) {
      ahead -= chunkBytes;
      return true;
    }
    open = ((header & IS_ORIGINAL) != 0 ? chunk : decompress(chunk)).order(ByteOrder.LITTLE_ENDIAN);
    if (open.remaining() < chunkBytes && chunks.hasRemaining()) {
      throw ElacsymException.corrupt(
          "a chunk of the ORC file has " + open.remaining() + " bytes, expected " + chunkBytes);
    }
    open.position((int) ahead);
    ahead = 0;
    return true;
  }

  private ByteBuffer decompress(ByteBuffer chunk) throws IOException {
    if (decompressed.length == 0) {
      decompressed = new byte[chunkBytes];
    }
    ByteBuffer buffer = ByteBuffer.wrap(decompressed);
    codec.orElseThrow().decompress(chunk, buffer);
    return buffer;
  }
}
