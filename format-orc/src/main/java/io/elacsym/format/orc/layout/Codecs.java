package io.elacsym.format.orc.layout;

import io.elacsym.api.ElacsymException;
import io.elacsym.format.columnar.Compression;
import java.util.Optional;
import org.apache.orc.OrcProto.CompressionKind;

/** How ORC calls compressions, and what compresses and decompresses. */
public final class Codecs {
  private Codecs() {}

  private static CompressionKind kind(Compression compression) {
    return switch (compression) {
      case ZSTD -> CompressionKind.ZSTD;
      case SNAPPY -> CompressionKind.SNAPPY;
      case NONE -> CompressionKind.NONE;
    };
  }

  /**
   * @throws ElacsymException {@code CORRUPT} for one that we never write
   */
  public static Compression of(CompressionKind kind) {
    for (Compression compression : Compression.values()) {
      if (kind(compression) == kind) {
        return compression;
      }
    }
    throw ElacsymException.corrupt(
        "the ORC file is compressed with " + kind + ", which we never use");
  }

  /** A codec for one thread, which is to be closed; empty when nothing is compressed. */
  public static Optional<ChunkCodec> codec(Compression compression, int zstdLevel) {
    return switch (compression) {
      case ZSTD -> Optional.of(new ZstdChunkCodec(zstdLevel));
      case SNAPPY -> Optional.of(new SnappyChunkCodec());
      case NONE -> Optional.empty();
    };
  }
}
