package io.elacsym.engine.blob;

import io.elacsym.api.blob.ByteRange;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Consecutive blocks of a blob that are wanted together.
 *
 * @param first the first block
 * @param end the block after the last one
 */
record BlockSpan(int first, int end) {
  /**
   * The blocks that a range is in.
   *
   * @param range not empty
   */
  static BlockSpan of(ByteRange range) {
    return new BlockSpan((int) (range.offset() / Checksums.BLOCK), Checksums.blocks(range.end()));
  }

  /**
   * The blocks that some ranges are in, from the first on and each of them once. Ranges whose
   * blocks touch or overlap are one span, so that a reader need not put neighbouring ranges
   * together by itself.
   *
   * @param most the most blocks of a span of several ranges. There is a bound because blocks that
   *     are brought in together are evicted together
   */
  static List<BlockSpan> of(List<ByteRange> ranges, int most) {
    List<BlockSpan> each =
        ranges.stream()
            .filter(range -> range.length() > 0)
            .map(BlockSpan::of)
            .sorted(Comparator.comparingInt(BlockSpan::first))
            .toList();
    List<BlockSpan> spans = new ArrayList<>();
    for (BlockSpan next : each) {
      BlockSpan last = spans.isEmpty() ? next : spans.getLast();
      int end = Math.max(last.end, next.end);
      if (spans.isEmpty() || next.first > last.end) {
        spans.add(next);
      } else if (end - last.first <= most) {
        spans.set(spans.size() - 1, new BlockSpan(last.first, end));
      } else if (end > last.end) {
        spans.add(new BlockSpan(last.end, end));
      }
    }
    return spans;
  }
}
