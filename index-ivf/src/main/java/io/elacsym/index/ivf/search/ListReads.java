package io.elacsym.index.ivf.search;

import io.elacsym.api.blob.BlobSource;
import io.elacsym.api.blob.ByteRange;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/** Stretches of items that are read in one wave, or in several if they are very much. */
final class ListReads {
  /** How much is read in one wave; beyond it memory matters more than the time of a wave. */
  private static final long PART_BYTES =
      Math.clamp(Runtime.getRuntime().maxMemory() / 32, 8 << 20, 128 << 20);

  /**
   * Consecutive items of a list.
   *
   * @param end exclusive
   */
  record Stretch(int list, int first, int end) {}

  /** Takes what was read. */
  interface Taker {
    void take(Stretch stretch, MemorySegment bytes);
  }

  private ListReads() {}

  /** Reads stretches and hands them on, in their order; very long ones piece by piece. */
  static void read(BlobSource source, Scan scan, List<Stretch> wanted, Taker taker) {
    List<Stretch> stretches = new ArrayList<>(wanted.size());
    for (Stretch stretch : wanted) {
      addPieces(scan, stretch, stretches);
    }
    int from = 0;
    while (from < stretches.size()) {
      List<ByteRange> ranges = new ArrayList<>();
      long bytes = 0;
      int to = from;
      while (to < stretches.size() && (ranges.isEmpty() || bytes < PART_BYTES)) {
        Stretch stretch = stretches.get(to++);
        ByteRange range = scan.range(stretch.first(), stretch.end());
        ranges.add(range);
        bytes += range.length();
      }
      List<MemorySegment> read = source.readAll(ranges);
      for (int i = from; i < to; i++) {
        taker.take(stretches.get(i), read.get(i - from));
      }
      from = to;
    }
  }

  private static void addPieces(Scan scan, Stretch stretch, List<Stretch> to) {
    long bytes = scan.range(stretch.first(), stretch.end()).length();
    if (bytes <= PART_BYTES) {
      to.add(stretch);
      return;
    }
    int items = stretch.end() - stretch.first();
    int size = Math.toIntExact(Math.max(1, PART_BYTES / Math.ceilDiv(bytes, items)));
    for (int from = stretch.first(); from < stretch.end(); from += size) {
      to.add(new Stretch(stretch.list(), from, Math.min(stretch.end(), from + size)));
    }
  }
}
