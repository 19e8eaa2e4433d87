package io.elacsym.format.parquet;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdDecompressCtx;
import io.elacsym.format.columnar.Compression;
import java.io.IOException;
import java.util.Optional;
import org.xerial.snappy.Snappy;

/**
 * Decompresses the pages of one fetch or scan. Setting up zstd costs as much as decompressing a
 * small page, so it is done once. For one thread.
 */
final class Decompressor implements AutoCloseable {
  private Optional<ZstdDecompressCtx> zstd = Optional.empty();

  /**
   * Exactly {@code size} bytes.
   *
   * @throws IOException when the compressed bytes say otherwise, before memory is taken for them
   */
  byte[] decompress(Compression compression, byte[] compressed, int size) throws IOException {
    long said =
        switch (compression) {
          case ZSTD -> Zstd.getFrameContentSize(compressed);
          case SNAPPY -> Snappy.uncompressedLength(compressed);
          case NONE -> compressed.length;
        };
    if (said != size) {
      throw new IOException("a page has " + said + " bytes, its header says " + size);
    }
    return switch (compression) {
      case ZSTD -> zstd().decompress(compressed, size);
      case SNAPPY -> Snappy.uncompress(compressed);
      case NONE -> compressed;
    };
  }

  private ZstdDecompressCtx zstd() {
    if (zstd.isEmpty()) {
      zstd = Optional.of(new ZstdDecompressCtx());
    }
    return zstd.get();
  }

  @Override
  public void close() {
    zstd.ifPresent(ZstdDecompressCtx::close);
    zstd = Optional.empty();
  }
}
