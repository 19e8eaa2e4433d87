package io.elacsym.format.parquet;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import io.elacsym.api.ElacsymException;
import java.io.IOException;
import java.util.Locale;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.compression.CompressionCodecFactory.BytesInputCompressor;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.xerial.snappy.Snappy;

/** The compressions we write and read, straight over their libraries. */
enum Compression {
  ZSTD(CompressionCodecName.ZSTD),
  SNAPPY(CompressionCodecName.SNAPPY),
  NONE(CompressionCodecName.UNCOMPRESSED);

  private final CompressionCodecName codec;

  Compression(CompressionCodecName codec) {
    this.codec = codec;
  }

  /**
   * @throws ElacsymException {@code INVALID_REQUEST} for an unknown name
   */
  static Compression of(String option) {
    for (Compression compression : values()) {
      if (compression.name().toLowerCase(Locale.ROOT).equals(option)) {
        return compression;
      }
    }
    throw ElacsymException.invalid(
        "compression is '" + option + "', expected zstd, snappy or none");
  }

  /**
   * @throws ElacsymException {@code CORRUPT} for one that we never write
   */
  static Compression of(CompressionCodecName codec) {
    for (Compression compression : values()) {
      if (compression.codec == codec) {
        return compression;
      }
    }
    throw ElacsymException.corrupt("a column is compressed with " + codec + ", which we never use");
  }

  /** A compressor for one thread; release it after use. */
  BytesInputCompressor compressor(int zstdLevel) {
    return switch (this) {
      case ZSTD -> new ZstdCompressor(zstdLevel);
      case SNAPPY -> new PlainCompressor(codec, Snappy::compress);
      case NONE -> new PlainCompressor(codec, bytes -> bytes);
    };
  }

  /** Exactly {@code size} bytes. */
  byte[] decompress(byte[] compressed, int size) throws IOException {
    byte[] bytes =
        switch (this) {
          case ZSTD -> Zstd.decompress(compressed, size);
          case SNAPPY -> Snappy.uncompress(compressed);
          case NONE -> compressed;
        };
    if (bytes.length != size) {
      throw new IOException("a page has " + bytes.length + " bytes, its header says " + size);
    }
    return bytes;
  }

  @FunctionalInterface
  private interface Step {
    byte[] apply(byte[] bytes) throws IOException;
  }

  private record PlainCompressor(CompressionCodecName getCodecName, Step step)
      implements BytesInputCompressor {
    @Override
    public BytesInput compress(BytesInput bytes) throws IOException {
      return BytesInput.from(step.apply(bytes.toByteArray()));
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
    public BytesInput compress(BytesInput bytes) {
      return BytesInput.from(context.compress(bytes.toByteArray()));
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
