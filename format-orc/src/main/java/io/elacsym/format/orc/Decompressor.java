package io.elacsym.format.orc;

import io.elacsym.api.blob.ByteRange;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.apache.orc.impl.BufferChunk;
import org.apache.orc.impl.InStream;
import org.apache.orc.protobuf.CodedInputStream;

/** Decompresses the streams of one fetch or scan. For one thread. */
final class Decompressor implements AutoCloseable {
  /** Levels are for writing. */
  private static final int ANY_LEVEL = 1;

  private final Optional<ChunkCodec> codec;
  private final InStream.StreamOptions options;

  Decompressor(Compression compression, int chunkBytes) {
    this.codec = compression.codec(ANY_LEVEL);
    this.options = InStream.options().withBufferSize(chunkBytes);
    codec.ifPresent(options::withCodec);
  }

  /**
   * A stream of which a part is in memory.
   *
   * @param whole where it lies
   * @param part where its bytes in memory lie
   */
  InStream stream(String name, ByteRange whole, ByteRange part, MemorySegment bytes) {
    // A copy, because the codecs want an array.
    ByteBuffer array = ByteBuffer.wrap(bytes.toArray(ValueLayout.JAVA_BYTE));
    return InStream.create(
        name, new BufferChunk(array, part.offset()), whole.offset(), whole.length(), options);
  }

  CodedInputStream message(String name, MemorySegment bytes) {
    ByteRange whole = new ByteRange(0, bytes.byteSize());
    return InStream.createCodedInputStream(stream(name, whole, whole, bytes));
  }

  @Override
  public void close() {
    codec.ifPresent(ChunkCodec::close);
  }
}
