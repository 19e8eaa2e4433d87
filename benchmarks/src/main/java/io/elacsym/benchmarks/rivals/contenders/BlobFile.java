package io.elacsym.benchmarks.rivals.contenders;

import io.elacsym.api.blob.BlobSink;
import io.elacsym.tck.MemoryBlobSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A blob on its way into native memory. It goes through a file, because only the end tells its
 * size, which may be more than an array holds. For one thread.
 */
final class BlobFile implements BlobSink, AutoCloseable {
  /** The most that one buffer of the channel is given. */
  private static final long STEP = 1L << 28;

  private final Path file;
  private final FileChannel channel;
  private long position;

  BlobFile(Path directory) throws IOException {
    Files.createDirectories(directory);
    file = Files.createTempFile(directory, "index", ".blob");
    channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
  }

  @Override
  public void write(byte[] from, int offset, int length) {
    write(MemorySegment.ofArray(from).asSlice(offset, length));
  }

  @Override
  public void write(MemorySegment from) {
    try {
      for (long at = 0; at < from.byteSize(); at += STEP) {
        ByteBuffer part = from.asSlice(at, Math.min(STEP, from.byteSize() - at)).asByteBuffer();
        while (part.hasRemaining()) {
          position += channel.write(part);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public long position() {
    return position;
  }

  /** All that was written, in memory as a cache may hold it. */
  MemoryBlobSource source() throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      return new MemoryBlobSource(channel.map(MapMode.READ_ONLY, 0, position, arena)).nativeCopy();
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
    Files.deleteIfExists(file);
  }
}
