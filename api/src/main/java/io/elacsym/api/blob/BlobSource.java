package io.elacsym.api.blob;

import java.lang.foreign.MemorySegment;
import java.util.List;

/**
 * One immutable blob, read by ranges. The host has verified checksums before it hands bytes out.
 * Safe for use by many threads. Reads block and may go to a bucket: a reader that knows several
 * ranges asks for all of them at once, because one {@link #readAll} is one wave of requests.
 *
 * <p>Returned segments are read-only, live as long as they are reachable, and hold exactly the
 * asked range. Their alignment is 1: use unaligned value layouts.
 */
public interface BlobSource {
  /** The blob's size in bytes. */
  long size();

  /**
   * @throws io.elacsym.api.ElacsymException {@code CORRUPT} when a checksum does not hold or the
   *     range lies outside the blob, {@code UNAVAILABLE} when storage does not answer
   */
  default MemorySegment read(long offset, long length) {
    return readAll(List.of(new ByteRange(offset, length))).getFirst();
  }

  /** Reads many ranges in one wave; the result has the order of the ranges. */
  List<MemorySegment> readAll(List<ByteRange> ranges);

  /**
   * As {@link #readAll}, for bytes that the reader keeps by itself or does not want again: the host
   * keeps no copy of them in memory.
   */
  default List<MemorySegment> readOnce(List<ByteRange> ranges) {
    return readAll(ranges);
  }

  /** Says that these ranges will be read soon. Returns at once; failures are silent until read. */
  default void prefetch(List<ByteRange> ranges) {}
}
