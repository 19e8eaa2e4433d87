package io.elacsym.format.parquet;

import com.github.luben.zstd.ZstdCompressCtx;
import io.elacsym.api.ElacsymException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
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

  /** The words of the option. */
  static String[] words() {
    return Arrays.stream(values())
        .map(compression -> compression.name().toLowerCase(Locale.ROOT))
        .toArray(String[]::new);
  }

  /** By the word of the option, which takes no other. */
  static Compression of(String option) {
    return valueOf(option.toUpperCase(Locale.ROOT));
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
