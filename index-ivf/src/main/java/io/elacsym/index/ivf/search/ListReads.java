package io.elacsym.index.ivf.search;

import io.elacsym.api.VectorMath;
import io.elacsym.api.blob.BlobSource;
import io.elacsym.api.blob.ByteRange;
import io.elacsym.index.ivf.blob.v1.BlobHead;
import io.elacsym.index.ivf.quantizer.CodeShape;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads the codes of lists, in one wave, or in several if they are very much. Safe for use by many
 * threads.
 *
 * @param held lists that were read before
 */
record ListReads(BlobHead head, BlobSource source, HeldLists<MemorySegment> held) {
  /** How much is read in one wave; beyond it memory matters more than the time of a wave. */
  static final long WAVE_BYTES =
      Math.clamp(Runtime.getRuntime().maxMemory() / 32, 8 << 20, 128 << 20);

  /**
   * When fewer than one in this many items of a list are accepted, only blocks with accepted ones
   * are read and not the whole list.
   */
  private static final int SPARSE = 32;

  /**
   * Consecutive items of a list.
   *
   * @param end exclusive
   */
  private record Stretch(int list, int first, int end) {}

  /** Takes consecutive items of a list. */
  interface Taker {
    /**
     * Takes the blocks that the items lie in.
     *
     * @param end exclusive
     */
    void take(int list, int first, int end, MemorySegment blocks);
  }

  /** Reads lists and hands on those that are held first, then the others in their order. */
  void read(int[] lists, Accepted accepted, Taker taker) {
    List<Stretch> wanted = new ArrayList<>();
    for (int list : lists) {
      int first = head.table().first()[list];
      int end = head.table().first()[list + 1];
      Optional<MemorySegment> blocks = held.find(list);
      if (blocks.isPresent()) {
        taker.take(list, first, end, blocks.get());
      } else if (accepted.counts()[list] * SPARSE < end - first) {
        addAccepted(list, first, end, accepted, wanted);
      } else {
        addPieces(new Stretch(list, first, end), wanted);
      }
    }
    read(wanted, taker);
  }

  private void read(List<Stretch> stretches, Taker taker) {
    int from = 0;
    while (from < stretches.size()) {
      List<ByteRange> ranges = new ArrayList<>();
      long bytes = 0;
      int to = from;
      while (to < stretches.size() && (ranges.isEmpty() || bytes < WAVE_BYTES)) {
        ByteRange range = range(stretches.get(to++));
        ranges.add(range);
        bytes += range.length();
      }
      List<MemorySegment> read = source.readAll(ranges);
      for (int i = from; i < to; i++) {
        Stretch stretch = stretches.get(i);
        taker.take(stretch.list(), stretch.first(), stretch.end(), read.get(i - from));
        if (stretch.end() - stretch.first() == head.table().size(stretch.list())) {
          held.hold(stretch.list(), read.get(i - from));
        }
      }
      from = to;
    }
  }

  private ByteRange range(Stretch stretch) {
    long blockBytes = head.quantizer().shape().blockBytes();
    long from = blockBytes * (stretch.first() / VectorMath.BLOCK);
    long to = blockBytes * CodeShape.blocks(stretch.end());
    return new ByteRange(head.footer().codesOffset() + from, to - from);
  }

  /** A stretch, or pieces of it if it is longer than a wave may be. */
  private void addPieces(Stretch stretch, List<Stretch> to) {
    long bytes = range(stretch).length();
    if (bytes <= WAVE_BYTES) {
      to.add(stretch);
      return;
    }
    int items = stretch.end() - stretch.first();
    int size = Math.toIntExact(Math.max(1, WAVE_BYTES / Math.ceilDiv(bytes, items)));
    for (int from = stretch.first(); from < stretch.end(); from += size) {
      to.add(new Stretch(stretch.list(), from, Math.min(stretch.end(), from + size)));
    }
  }

  /** Stretches with accepted items, each in a block of its own. */
  private static void addAccepted(
      int list, int first, int end, Accepted accepted, List<Stretch> wanted) {
    int item = accepted.items().next(first);
    while (item >= 0 && item < end) {
      int from = item;
      int last = item;
      item = accepted.items().next(item + 1);
      while (item >= 0 && item < end && item / VectorMath.BLOCK == last / VectorMath.BLOCK) {
        last = item;
        item = accepted.items().next(item + 1);
      }
      wanted.add(new Stretch(list, from, last + 1));
    }
  }
}
