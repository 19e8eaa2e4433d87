package io.elacsym.format.orc.layout;

import java.io.IOException;
import org.apache.orc.CompressionKind;
import org.xerial.snappy.Snappy;

final class SnappyChunkCodec extends ChunkCodec {
  @Override
  protected int bound(int size) {
    return Snappy.maxCompressedLength(size);
  }

  @Override
  protected int compress(byte[] from, int offset, int size, byte[] to) throws IOException {
    return Snappy.compress(from, offset, size, to, 0);
  }

  @Override
  protected int decompress(byte[] from, int offset, int size, byte[] to, int toOffset)
      throws IOException {
    int said = Snappy.uncompressedLength(from, offset, size);
    int most = to.length - toOffset;
    if (said > most) {
      throw new IOException("a chunk has " + said + " bytes, the largest has " + most);
    }
    return Snappy.uncompress(from, offset, size, to, toOffset);
  }

  @Override
  public CompressionKind getKind() {
    return CompressionKind.SNAPPY;
  }

  @Override
  public void close() {}
}
