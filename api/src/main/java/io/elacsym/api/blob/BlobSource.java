package io.elacsym.api.blob;

import java.lang.foreign.MemorySegment;
import java.util.List;

/**
 * One immutable blob, read by ranges. The host has verified checksums before it hands bytes out.
 * Safe for use by many threads.
 *
 * <p>Reads block and may go to a bucket: a reader that knows several ranges asks for all of them at
 * once, because one {@link #readAll} is one wave of requests. Two things are the host's work, so
 * that no reader does them by itself:
 *
 * <ul>
 *   <li><b>Neighbours.</b> Ranges of one call that overlap, touch or lie close together (less than
 *       64 KiB apart) share a request, up to some MiB a request. A reader asks for exactly what it
 *       needs, in any order.
 *   <li><b>The tail.</b> The last {@link #TAIL_BYTES} of a blob are in memory from when its reader
 *       is opened until it is closed. Reading there is no request and no wave, however often it is
 *       done, so a reader keeps no copy of it. Formats have at their end what they need first.
 * </ul>
 *
 * <p>Returned segments are read-only, live as long as they are reachable, and hold exactly the
 * asked range. Their alignment is 1: use unaligned value layouts.
 */
public interface BlobSource {
  /**
   * How many bytes of a blob's end are in memory while it is open, or all of a smaller blob. A host
   * may have more.
   */
  long TAIL_BYTES = 256 << 10;

  /** The blob's size in bytes. */
  long size();

  /**
   * @throws io.elacsym.api.ElacsymException {@code CORRUPT} when a checksum does not hold or the
   *     range lies outside the blob, {@code UNAVAILABLE} when storage does not answer
   */
  default MemorySegment read(long offset, long length) {
    return readAll(List.of(new ByteRange(offset, length))).getFirst();
  }

  /**
   * Reads many ranges in one wave; the result has the order of the ranges.
   *
   * @throws io.elacsym.api.ElacsymException as {@link #read}
   */
  List<MemorySegment> readAll(List<ByteRange> ranges);

  /**
   * As {@link #readAll}, for bytes that the reader keeps by itself or does not want again: the host
   * keeps no copy of them in memory.
   */
  default List<MemorySegment> readOnce(List<ByteRange> ranges) {
    return readAll(ranges);
  }
}
