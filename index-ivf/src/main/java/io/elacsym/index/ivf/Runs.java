package io.elacsym.index.ivf;

import io.elacsym.api.blob.BlobSource;
import io.elacsym.api.blob.ByteRange;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs of items that are read in one wave. Runs next to one another become one range. For one
 * thread.
 */
final class Runs {
  /** No range grows beyond this by joining. */
  private static final long MOST_BYTES = 8 << 20;

  /** Consecutive items in memory. */
  record Run(int first, int count, MemorySegment bytes, long offset) {}

  private final long area;
  private final int stride;
  private final List<int[]> wanted = new ArrayList<>();

  /**
   * @param area where item 0 lies in the blob
   * @param stride bytes of an item
   */
  Runs(long area, int stride) {
    this.area = area;
    this.stride = stride;
  }

  boolean isEmpty() {
    return wanted.isEmpty();
  }

  /** Wants items; calls come with rising items. */
  void add(int first, int count) {
    wanted.add(new int[] {first, count});
  }

  /** Wants items, together with the run wanted before if that is at most {@code gap} items away. */
  void addNear(int first, int count, int gap) {
    if (!wanted.isEmpty()) {
      int[] last = wanted.getLast();
      long joined = (long) (first + count - last[0]) * stride;
      if (first - (last[0] + last[1]) <= gap && joined <= MOST_BYTES) {
        last[1] = first + count - last[0];
        return;
      }
    }
    add(first, count);
  }

  /** Reads everything wanted, in one wave. */
  List<Run> read(BlobSource source) {
    List<ByteRange> ranges = new ArrayList<>();
    int[] rangeOf = new int[wanted.size()];
    for (int i = 0; i < rangeOf.length; i++) {
      long offset = area + (long) stride * wanted.get(i)[0];
      long length = (long) stride * wanted.get(i)[1];
      ByteRange last = ranges.isEmpty() ? new ByteRange(0, 0) : ranges.getLast();
      if (last.end() == offset && !ranges.isEmpty() && last.length() + length <= MOST_BYTES) {
        ranges.set(ranges.size() - 1, new ByteRange(last.offset(), last.length() + length));
      } else {
        ranges.add(new ByteRange(offset, length));
      }
      rangeOf[i] = ranges.size() - 1;
    }
    List<MemorySegment> segments = source.readAll(ranges);
    List<Run> runs = new ArrayList<>(wanted.size());
    for (int i = 0; i < rangeOf.length; i++) {
      long offset = area + (long) stride * wanted.get(i)[0] - ranges.get(rangeOf[i]).offset();
      runs.add(new Run(wanted.get(i)[0], wanted.get(i)[1], segments.get(rangeOf[i]), offset));
    }
    return runs;
  }
}
