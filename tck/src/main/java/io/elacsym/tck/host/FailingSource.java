package io.elacsym.tck.host;

import io.elacsym.api.blob.BlobSource;
import io.elacsym.api.blob.ByteRange;
import java.lang.foreign.MemorySegment;
import java.util.List;

/** A blob of which one read fails. */
public record FailingSource(BlobSource blob, OneFailure failure) implements BlobSource {
  @Override
  public long size() {
    return blob.size();
  }

  @Override
  public List<MemorySegment> readAll(List<ByteRange> ranges) {
    failure.request();
    return blob.readAll(ranges);
  }
}
