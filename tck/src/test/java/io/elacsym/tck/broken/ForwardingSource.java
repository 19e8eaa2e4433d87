package io.elacsym.tck.broken;

import io.elacsym.api.blob.BlobSource;
import io.elacsym.api.blob.ByteRange;
import java.lang.foreign.MemorySegment;
import java.util.List;

/** A blob, to be read badly by overriding. */
class ForwardingSource implements BlobSource {
  protected final BlobSource inner;

  ForwardingSource(BlobSource inner) {
    this.inner = inner;
  }

  /** For readers that take an array from under a segment. */
  static BlobSource onHeapOnly(BlobSource inner) {
    return new ForwardingSource(inner) {
      @Override
      public List<MemorySegment> readAll(List<ByteRange> ranges) {
        List<MemorySegment> parts = inner.readAll(ranges);
        if (parts.stream().anyMatch(MemorySegment::isNative)) {
          throw new UnsupportedOperationException("bytes must be on the heap");
        }
        return parts;
      }
    };
  }

  @Override
  public long size() {
    return inner.size();
  }

  @Override
  public List<MemorySegment> readAll(List<ByteRange> ranges) {
    return inner.readAll(ranges);
  }
}
