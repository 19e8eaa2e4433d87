package io.elacsym.format.orc.layout;

import io.elacsym.api.ElacsymException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.apache.orc.OrcProto.CompressionKind;

/** The compressions we write and read. */
public enum Compression {
  ZSTD(CompressionKind.ZSTD),
  SNAPPY(CompressionKind.SNAPPY),
  NONE(CompressionKind.NONE);

  private final CompressionKind kind;

  Compression(CompressionKind kind) {
    this.kind = kind;
  }

  /** The words of the option. */
  public static String[] words() {
    return Arrays.stream(values())
        .map(compression -> compression.name().toLowerCase(Locale.ROOT))
        .toArray(String[]::new);
  }

  /** By the word of the option, which takes no other. */
  public static Compression of(String option) {
    return valueOf(option.toUpperCase(Locale.ROOT));
  }

  /**
   * @throws ElacsymException {@code CORRUPT} for one that we never write
   */
  public static Compression of(CompressionKind kind) {
    for (Compression compression : values()) {
      if (compression.kind == kind) {
        return compression;
      }
    }
    throw ElacsymException.corrupt(
        "the ORC file is compressed with " + kind + ", which we never use");
  }

  /** What the file says. */
  public CompressionKind kind() {
    return kind;
  }

  /** A codec for one thread, which is to be closed; empty when nothing is compressed. */
  public Optional<ChunkCodec> codec(int zstdLevel) {
    return switch (this) {
      case ZSTD -> Optional.of(new ZstdChunkCodec(zstdLevel));
      case SNAPPY -> Optional.of(new SnappyChunkCodec());
      case NONE -> Optional.empty();
    };
  }
}
