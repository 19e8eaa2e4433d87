package io.elacsym.engine.filter;

import io.elacsym.api.blob.BlobSink;
import io.elacsym.api.blob.BlobSource;
import io.elacsym.api.blob.ByteRange;
import java.io.ByteArrayOutputStream;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;

/** A blob that is nowhere but in memory: first written, then read. */
final class MemoryBlob implements BlobSink {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  @Override
  public void write(byte[] from, int offset, int length) {
    bytes.write(from, offset, length);
  }

  @Override
  public void write(MemorySegment from) {
    bytes.writeBytes(from.toArray(ValueLayout.JAVA_BYTE));
  }

  @Override
  public long position() {
    return bytes.size();
  }

  /** What was written. */
  BlobSource source() {
    MemorySegment written = MemorySegment.ofArray(bytes.toByteArray()).asReadOnly();
    return new BlobSource() {
      @Override
      public long size() {
        return written.byteSize();
      }

      @Override
      public List<MemorySegment> readAll(List<ByteRange> ranges) {
        return ranges.stream()
            .map(range -> written.asSlice(range.offset(), range.length()))
            .toList();
      }
    };
  }
}
