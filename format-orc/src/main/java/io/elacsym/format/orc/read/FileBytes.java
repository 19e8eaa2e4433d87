package io.elacsym.format.orc.read;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.blob.BlobSource;
import io.elacsym.api.blob.ByteRange;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The bytes of a file. Its tail, in which everything about its columns and stripes is, is read once
 * and kept; every other call is one wave of requests, in which neighbouring ranges are one request.
 * Safe for use by many threads.
 */
final class FileBytes {
  static final int TAIL_BYTES = 64 << 10;

  /** Reading a gap of this size costs less than another request. */
  private static final int GAP_BYTES = 4 << 10;

  private final BlobSource source;
  private final MemorySegment tail;
  private final long tailStart;

  FileBytes(BlobSource source) {
    this.source = source;
    this.tailStart = Math.max(0, source.size() - TAIL_BYTES);
    this.tail = source.read(tailStart, source.size() - tailStart);
  }

  long size() {
    return source.size();
  }

  MemorySegment read(long offset, long length) {
    return read(List.of(new ByteRange(offset, length))).getFirst();
  }

  /**
   * Reads many ranges in one wave, or in none when all are in the tail.
   *
   * @throws ElacsymException {@code CORRUPT} for a range outside the file
   */
  List<MemorySegment> read(List<ByteRange> ranges) {
    List<ByteRange> requests = new ArrayList<>();
    int[] requestOf = new int[ranges.size()];
    plan(ranges, requests, requestOf);
    List<MemorySegment> answers = requests.isEmpty() ? List.of() : source.readAll(requests);
    List<MemorySegment> parts = new ArrayList<>(ranges.size());
    for (int i = 0; i < requestOf.length; i++) {
      ByteRange range = ranges.get(i);
      boolean inTail = requestOf[i] < 0;
      MemorySegment from = inTail ? tail : answers.get(requestOf[i]);
      long start = inTail ? tailStart : requests.get(requestOf[i]).offset();
      parts.add(from.asSlice(range.offset() - start, range.length()));
    }
    return parts;
  }

  /** Says that these ranges will be read soon. */
  void prefetch(List<ByteRange> ranges) {
    List<ByteRange> requests = new ArrayList<>();
    plan(ranges, requests, new int[ranges.size()]);
    if (!requests.isEmpty()) {
      source.prefetch(requests);
    }
  }

  /** Adds the fewest requests that cover the ranges; -1 stands for the tail. */
  private void plan(List<ByteRange> ranges, List<ByteRange> requests, int[] requestOf) {
    int[] byOffset =
        IntStream.range(0, ranges.size())
            .boxed()
            .sorted(Comparator.comparingLong(i -> ranges.get(i).offset()))
            .mapToInt(i -> i)
            .toArray();
    for (int i : byOffset) {
      ByteRange range = ranges.get(i);
      if (range.end() > size()) {
        throw ElacsymException.corrupt(
            "the ORC file has "
                + size()
                + " bytes, but refers to bytes "
                + range.offset()
                + " to "
                + range.end());
      }
      if (range.offset() >= tailStart) {
        requestOf[i] = -1;
        continue;
      }
      ByteRange last = requests.isEmpty() ? range : requests.getLast();
      if (requests.isEmpty() || range.offset() > last.end() + GAP_BYTES) {
        requests.add(range);
      } else {
        long end = Math.max(last.end(), range.end());
        requests.set(requests.size() - 1, new ByteRange(last.offset(), end - last.offset()));
      }
      requestOf[i] = requests.size() - 1;
    }
  }
}
