package io.elacsym.format.orc.read;

import io.elacsym.format.columnar.Compression;
import io.elacsym.format.orc.layout.ChunkCodec;
import io.elacsym.format.orc.layout.Codecs;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Optional;

/** Decompresses the chunks of one fetch or scan. For one thread. */
final class Decompressor implements AutoCloseable {
  /** Decompressing needs no level, but the codec must be given one. */
  private static final int ANY_LEVEL = 1;

  private final Optional<ChunkCodec> codec;
  private final int chunkBytes;

  Decompressor(Compression compression, int chunkBytes) {
    this.codec = Codecs.codec(compression, ANY_LEVEL);
    this.chunkBytes = chunkBytes;
  }

  /**
   * @param bytes which begin with a chunk, if there are chunks
   */
  ByteReader reader(MemorySegment bytes) {
    byte[] array = bytes.toArray(ValueLayout.JAVA_BYTE); // because the codecs want one
    return codec.isPresent()
        ? new ByteReader(array, chunkBytes, codec.get())
        : new ByteReader(array);
  }

  /** The bytes of a message. */
  byte[] message(MemorySegment bytes) throws IOException {
    return reader(bytes).readAll();
  }

  @Override
  public void close() {
    codec.ifPresent(ChunkCodec::close);
  }
}
