package io.elacsym.tck;

import io.elacsym.api.blob.BlobSink;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;

/** A blob sink that keeps what is written. For one thread. */
public final class MemoryBlobSink implements BlobSink {
  private byte[] bytes = new byte[8192];
  private int size;

  @Override
  public void write(byte[] from, int offset, int length) {
    write(MemorySegment.ofArray(from).asSlice(offset, length));
  }

  @Override
  public void write(MemorySegment from) {
    int length = Math.toIntExact(from.byteSize());
    int end = Math.addExact(size, length);
    if (end > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(end, (int) Math.min(2L * size, 1 << 30)));
    }
    MemorySegment.copy(from, ValueLayout.JAVA_BYTE, 0, bytes, size, length);
    size = end;
  }

  @Override
  public long position() {
    return size;
  }

  /** A copy of everything written so far. */
  public byte[] bytes() {
    return Arrays.copyOf(bytes, size);
  }

  /** What was written so far, as a blob to read. */
  public MemoryBlobSource source() {
    return new MemoryBlobSource(bytes());
  }
}
