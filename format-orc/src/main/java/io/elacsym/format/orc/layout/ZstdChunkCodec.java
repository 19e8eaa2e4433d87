package io.elacsym.format.orc.layout;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import com.github.luben.zstd.ZstdDecompressCtx;
import java.util.Optional;
import org.apache.orc.CompressionKind;

/**
 * Zstd. Setting it up costs as much as a small chunk, so it is done once, when it is first needed.
 */
final class ZstdChunkCodec extends ChunkCodec {
  private final int level;
  private Optional<ZstdCompressCtx> compressor = Optional.empty();
  private Optional<ZstdDecompressCtx> decompressor = Optional.empty();

  ZstdChunkCodec(int level) {
    this.level = level;
  }

  @Override
  protected int bound(int size) {
    return (int) Zstd.compressBound(size);
  }

  @Override
  protected int compress(byte[] from, int offset, int size, byte[] to) {
    if (compressor.isEmpty()) {
      compressor = Optional.of(new ZstdCompressCtx().setLevel(level));
    }
    return compressor.get().compressByteArray(to, 0, to.length, from, offset, size);
  }

  @Override
  protected int decompress(byte[] from, int offset, int size, byte[] to, int toOffset) {
    if (decompressor.isEmpty()) {
      decompressor = Optional.of(new ZstdDecompressCtx());
    }
    return decompressor
        .get()
        .decompressByteArray(to, toOffset, to.length - toOffset, from, offset, size);
  }

  @Override
  public CompressionKind getKind() {
    return CompressionKind.ZSTD;
  }

  @Override
  public void close() {
    compressor.ifPresent(ZstdCompressCtx::close);
    compressor = Optional.empty();
    decompressor.ifPresent(ZstdDecompressCtx::close);
    decompressor = Optional.empty();
  }
}
