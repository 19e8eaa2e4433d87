package io.elacsym.index.ivf.search;

import io.elacsym.api.blob.BlobSource;
import io.elacsym.api.blob.ByteRange;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/**
 * Runs of items that are read in one wave, or in several if they are very much. Runs next to one
 * another become one range. For one thread.
 */
final class Runs {
  /** No range grows beyond this by joining. */
  private static final long MOST_BYTES = 8 << 20;

  /** How much is read in one wave; beyond it memory matters more than the time of a wave. */
  private static final long PART_BYTES =
      Math.clamp(Runtime.getRuntime().maxMemory() / 32, 8 << 20, 128 << 20);

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

  /**
   * Asks for items. Each call must have larger items than the one before. A run of very many items
   * is split into several.
   */
  void add(int first, int count) {
    int most = Math.clamp(PART_BYTES / stride, 1, Integer.MAX_VALUE);
    for (int from = 0; from < count; from += most) {
      wanted.add(new int[] {first + from, Math.min(most, count - from)});
    }
  }

  /**
   * Asks for items, and reads them as one run with those asked for before, if at most {@code gap}
   * items lie between them and the run does not become too large.
   */
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

  /**
   * Everything wanted. It is read when it is iterated, in one wave if it is not very much: else in
   * parts, because what a part holds is let go before the next one is read.
   */
  Iterable<Run> read(BlobSource source) {
    return () -> new Parts(source);
  }

  /** Reads part after part. */
  private final class Parts implements Iterator<Run> {
    private final BlobSource source;
    private Iterator<Run> part = Collections.emptyIterator();
    private int next;

    private Parts(BlobSource source) {
      this.source = source;
    }

    @Override
    public boolean hasNext() {
      return part.hasNext() || next < wanted.size();
    }

    @Override
    public Run next() {
      if (!part.hasNext()) {
        if (next == wanted.size()) {
          throw new NoSuchElementException();
        }
        int from = next;
        long bytes = 0;
        do {
          bytes += (long) stride * wanted.get(next)[1];
          next++;
        } while (next < wanted.size() && bytes + (long) stride * wanted.get(next)[1] <= PART_BYTES);
        part = Collections.emptyIterator();
        part = read(source, wanted.subList(from, next)).iterator();
      }
      return part.next();
    }
  }

  private List<Run> read(BlobSource source, List<int[]> items) {
    List<ByteRange> ranges = new ArrayList<>();
    int[] rangeOf = new int[items.size()];
    for (int i = 0; i < rangeOf.length; i++) {
      long offset = area + (long) stride * items.get(i)[0];
      long length = (long) stride * items.get(i)[1];
      ByteRange last = ranges.isEmpty() ? new ByteRange(0, 0) : ranges.getLast();
      if (last.end() == offset && !ranges.isEmpty() && last.length() + length <= MOST_BYTES) {
        ranges.set(ranges.size() - 1, new ByteRange(last.offset(), last.length() + length));
      } else {
        ranges.add(new ByteRange(offset, length));
      }
      rangeOf[i] = ranges.size() - 1;
    }
    List<MemorySegment> segments = source.readAll(ranges);
    List<Run> runs = new ArrayList<>(items.size());
    for (int i = 0; i < rangeOf.length; i++) {
      long offset = area + (long) stride * items.get(i)[0] - ranges.get(rangeOf[i]).offset();
      runs.add(new Run(items.get(i)[0], items.get(i)[1], segments.get(rangeOf[i]), offset));
    }
    return runs;
  }
}
