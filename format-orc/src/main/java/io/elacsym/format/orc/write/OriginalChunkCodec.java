package io.elacsym.format.orc.write;

import io.elacsym.format.orc.layout.ChunkCodec;
import java.io.IOException;
import org.apache.orc.CompressionKind;

/**
 * Leaves chunks as they are, within a file that is compressed: vectors hardly get smaller, and lie
 * where their number says.
 */
final class OriginalChunkCodec extends ChunkCodec {
  private final CompressionKind kind;

  /**
   * @param kind of the file
   */
  OriginalChunkCodec(CompressionKind kind) {
    this.kind = kind;
  }

  @Override
  protected int bound(int size) {
    return 0;
  }

  @Override
  protected int compress(byte[] from, int offset, int size, byte[] to) {
    return size;
  }

  @Override
  protected int decompress(byte[] from, int offset, int size, byte[] to, int toOffset)
      throws IOException {
    throw new IOException("a chunk is compressed with " + kind + ", expected as it is");
  }

  @Override
  public CompressionKind getKind() {
    return kind;
  }

  @Override
  public void close() {}
}
