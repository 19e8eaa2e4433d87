package io.elacsym.engine.blob;

import io.elacsym.api.blob.BlobSink;
import io.elacsym.api.storage.Payload;
import io.elacsym.engine.disk.Scratch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.zip.CRC32C;

/**
 * A blob being written: a temporary file and the checksums of its blocks. Blobs can be larger than
 * memory, and an upload may have to start again, so they are spooled. For one thread.
 */
public final class BlobFile implements BlobSink, AutoCloseable {
  private final Scratch scratch;
  private final Path path;
  private final FileChannel channel;
  private final ByteBuffer buffer = ByteBuffer.allocate(Checksums.BLOCK);
  private int[] crcs = new int[16];
  private int blocks;
  private long flushed;

  private BlobFile(Scratch scratch, Path path, FileChannel channel) {
    this.scratch = scratch;
    this.path = path;
    this.channel = channel;
  }

  /** Begins a blob in a file of this folder. */
  public static BlobFile create(Scratch scratch) {
    try {
      Path path = scratch.newFile(".blob");
      return new BlobFile(scratch, path, FileChannel.open(path, StandardOpenOption.WRITE));
    } catch (IOException e) {
      throw scratch.failed(e);
    }
  }

  @Override
  public void write(byte[] bytes, int offset, int length) {
    int at = offset;
    int left = length;
    while (left > 0) {
      int part = Math.min(left, buffer.remaining());
      buffer.put(bytes, at, part);
      at += part;
      left -= part;
      if (!buffer.hasRemaining()) {
        writeBlock();
      }
    }
  }

  @Override
  public void write(MemorySegment bytes) {
    byte[] chunk = new byte[(int) Math.min(bytes.byteSize(), Checksums.BLOCK)];
    for (long at = 0; at < bytes.byteSize(); at += chunk.length) {
      int part = (int) Math.min(chunk.length, bytes.byteSize() - at);
      MemorySegment.copy(bytes, ValueLayout.JAVA_BYTE, at, chunk, 0, part);
      write(chunk, 0, part);
    }
  }

  @Override
  public long position() {
    return flushed + buffer.position();
  }

  private void writeBlock() {
    if (blocks == crcs.length) {
      crcs = Arrays.copyOf(crcs, crcs.length * 2);
    }
    buffer.flip();
    CRC32C crc = new CRC32C();
    crc.update(buffer.duplicate());
    crcs[blocks++] = (int) crc.getValue();
    flushed += buffer.remaining();
    drain(buffer);
    buffer.clear();
  }

  private void drain(ByteBuffer bytes) {
    try {
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
    } catch (IOException e) {
      throw scratch.failed(e);
    }
  }

  /** Ends the blob as it is; its checksums are kept elsewhere. */
  public Checksums finish() {
    if (buffer.position() > 0) {
      writeBlock();
    }
    return new Checksums(flushed, Arrays.copyOf(crcs, blocks));
  }

  /** Ends the blob with its checksums behind it; see {@link SealedBlob}. */
  public void seal() {
    drain(ByteBuffer.wrap(SealedBlob.trailer(finish())));
  }

  /** The bytes to put on the storage; complete only after {@link #finish} or {@link #seal}. */
  public Payload payload() {
    try {
      return Payload.of(path);
    } catch (IOException e) {
      throw scratch.failed(e);
    }
  }

  @Override
  public void close() {
    try {
      try (channel) {
        Files.deleteIfExists(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
