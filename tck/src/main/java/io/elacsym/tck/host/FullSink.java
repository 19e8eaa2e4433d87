package io.elacsym.tck.host;

import io.elacsym.api.blob.BlobSink;
import java.lang.foreign.MemorySegment;

/** A sink that has room for so many bytes, and then fails. */
public final class FullSink implements BlobSink {
  private final long room;
  private long written;

  public FullSink(long room) {
    this.room = room;
  }

  @Override
  public void write(byte[] bytes, int offset, int length) {
    take(length);
  }

  @Override
  public void write(MemorySegment bytes) {
    take(bytes.byteSize());
  }

  private void take(long length) {
    if (written + length > room) {
      throw OneFailure.failure();
    }
    written += length;
  }

  @Override
  public long position() {
    return written;
  }
}
