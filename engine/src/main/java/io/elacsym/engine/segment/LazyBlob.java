package io.elacsym.engine.segment;

import io.elacsym.api.blob.BlobSource;
import io.elacsym.api.blob.ByteRange;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.function.Supplier;

/**
 * A blob that is opened when something is first asked of it, so that offering it costs no request.
 * Safe for use by many threads.
 */
final class LazyBlob implements BlobSource {
  private final Supplier<BlobSource> open;
  private final Lazy<BlobSource> opened = new Lazy<>();

  LazyBlob(Supplier<BlobSource> open) {
    this.open = open;
  }

  private BlobSource blob() {
    return opened.get(open);
  }

  @Override
  public long size() {
    return blob().size();
  }

  @Override
  public List<MemorySegment> readAll(List<ByteRange> ranges) {
    return blob().readAll(ranges);
  }

  @Override
  public List<MemorySegment> readOnce(List<ByteRange> ranges) {
    return blob().readOnce(ranges);
  }
}
