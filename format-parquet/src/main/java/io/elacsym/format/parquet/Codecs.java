package io.elacsym.format.parquet;

import com.github.luben.zstd.ZstdCompressCtx;
import io.elacsym.api.ElacsymException;
import io.elacsym.format.columnar.Compression;
import java.io.IOException;
import java.io.InputStream;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.compression.CompressionCodecFactory.BytesInputCompressor;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.xerial.snappy.Snappy;

/** How Parquet calls compressions, and what compresses, straight over the libraries. */
final class Codecs {
  private Codecs() {}

  private static CompressionCodecName name(Compression compression) {
    return switch (compression) {
      case ZSTD -> CompressionCodecName.ZSTD;
      case SNAPPY -> CompressionCodecName.SNAPPY;
      case NONE -> CompressionCodecName.UNCOMPRESSED;
    };
  }

  /**
   * @throws ElacsymException {@code CORRUPT} for one that we never write
   */
  static Compression of(CompressionCodecName name) {
    for (Compression compression : Compression.values()) {
      if (name(compression) == name) {
        return compression;
      }
    }
    throw ElacsymException.corrupt("a column is compressed with " + name + ", which we never use");
  }

  /** A compressor for one thread; release it after use. */
  static BytesInputCompressor compressor(Compression compression, int zstdLevel) {
    CompressionCodecName name = name(compression);
    return switch (compression) {
      case ZSTD -> new ZstdCompressor(zstdLevel);
      case SNAPPY -> new PlainCompressor(name, Snappy::compress);
      case NONE -> new PlainCompressor(name, bytes -> bytes);
    };
  }

  private static byte[] array(BytesInput bytes) throws IOException {
    try (InputStream in = bytes.toInputStream()) {
      return in.readNBytes((int) bytes.size());
    }
  }

  @FunctionalInterface
  private interface Step {
    byte[] apply(byte[] bytes) throws IOException;
  }

  private record PlainCompressor(CompressionCodecName getCodecName, Step step)
      implements BytesInputCompressor {
    @Override
    public BytesInput compress(BytesInput bytes) throws IOException {
      return BytesInput.from(step.apply(array(bytes)));
    }

    @Override
    public void release() {}
  }

  private static final class ZstdCompressor implements BytesInputCompressor {
    private final ZstdCompressCtx context = new ZstdCompressCtx();

    ZstdCompressor(int level) {
      context.setLevel(level);
    }

    @Override
    public BytesInput compress(BytesInput bytes) throws IOException {
      return BytesInput.from(context.compress(array(bytes)));
    }

    @Override
    public CompressionCodecName getCodecName() {
      return CompressionCodecName.ZSTD;
    }

    @Override
    public void release() {
      context.close();
    }
  }
}
