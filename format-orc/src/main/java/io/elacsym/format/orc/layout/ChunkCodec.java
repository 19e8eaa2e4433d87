package io.elacsym.format.orc.layout;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.orc.CompressionCodec;

/**
 * Compresses and decompresses chunks, straight over the library of a compression. For one thread.
 * The library's own codecs set up zstd anew for every chunk, and do not look at the length that
 * snappy says before they write it.
 */
public abstract class ChunkCodec implements CompressionCodec {
  /** Shorter chunks are not worth it. */
  private static final int MIN_BYTES = 10;

  private byte[] scratch = {};

  /** Most bytes that so many may become. */
  protected abstract int bound(int size);

  /**
   * Compresses {@code size} bytes of an array into another.
   *
   * @return how many bytes they have become
   */
  protected abstract int compress(byte[] from, int offset, int size, byte[] to) throws IOException;

  /**
   * Decompresses {@code size} bytes of an array into another.
   *
   * @return how many bytes they have become
   * @throws IOException when that is more than the array takes, before it is written to
   */
  protected abstract int decompress(byte[] from, int offset, int size, byte[] to, int toOffset)
      throws IOException;

  @Override
  public final boolean compress(ByteBuffer in, ByteBuffer out, ByteBuffer overflow, Options options)
      throws IOException {
    int size = in.remaining();
    if (size < MIN_BYTES) {
      return false;
    }
    int bound = bound(size);
    if (scratch.length < bound) {
      scratch = new byte[bound];
    }
    int compressed = compress(in.array(), in.arrayOffset() + in.position(), size, scratch);
    if (compressed >= size) {
      return false;
    }
    int first = Math.min(compressed, out.remaining());
    out.put(scratch, 0, first);
    if (first < compressed) {
      overflow.put(scratch, first, compressed - first);
    }
    return true;
  }

  @Override
  public final void decompress(ByteBuffer in, ByteBuffer out) throws IOException {
    int start = out.arrayOffset() + out.position();
    int size =
        decompress(
            in.array(), in.arrayOffset() + in.position(), in.remaining(), out.array(), start);
    in.position(in.limit());
    out.limit(out.position() + size);
  }

  @Override
  public final Options getDefaultOptions() {
    return NullOptions.INSTANCE;
  }

  @Override
  public final void reset() {}

  @Override
  public final void destroy() {
    close();
  }

  @Override
  public abstract void close();
}
