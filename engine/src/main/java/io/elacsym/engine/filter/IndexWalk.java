package io.elacsym.engine.filter;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.blob.BlobSource;
import io.elacsym.api.blob.ByteRange;
import io.elacsym.engine.model.Deadline;
import io.elacsym.engine.model.ElementType;
import io.elacsym.engine.model.Value;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.roaringbitmap.RoaringBitmap;

/**
 * Goes through the values of an attribute index in order, in either direction. Blocks are read in
 * waves of which each is larger than the one before: who stops early has read little, and who goes
 * on to the end has waited for few of them.
 */
final class IndexWalk {
  private static final int FIRST_BLOCKS = 4;
  private static final int GROWTH = 4;

  private final BlobSource source;
  private final ElementType type;
  private final int rowCount;
  private final boolean descending;
  private final Optional<Value.Scalar> from;

  /**
   * @param from values before it, in the direction of the walk, are left out
   */
  IndexWalk(
      BlobSource source,
      ElementType type,
      int rowCount,
      boolean descending,
      Optional<Value.Scalar> from) {
    this.source = source;
    this.type = type;
    this.rowCount = rowCount;
    this.descending = descending;
    this.from = from;
  }

  /**
   * Visits values until the visitor has enough.
   *
   * @param ascending all blocks of the index
   * @param mostBytes of one wave
   */
  void over(List<IndexBlock> ascending, long mostBytes, AttributeIndex.Visitor visitor) {
    List<IndexBlock> blocks =
        (descending ? ascending.reversed() : ascending).stream().filter(this::isWanted).toList();
    int at = 0;
    int wanted = FIRST_BLOCKS;
    while (at < blocks.size()) {
      List<IndexBlock> wave = wave(blocks.subList(at, blocks.size()), wanted, mostBytes);
      if (!visit(wave, visitor)) {
        return;
      }
      at += wave.size();
      // Never more than there are: the number would become too large for its type.
      wanted = Math.min(wanted, blocks.size()) * GROWTH;
    }
  }

  /** Whether a block may have values that are not before the first wanted one. */
  private boolean isWanted(IndexBlock block) {
    return from.isEmpty()
        || (descending
            ? ScalarOrder.INSTANCE.compare(block.least(), from.get()) <= 0
            : block
                .greatest()
                .filter(last -> ScalarOrder.INSTANCE.compare(last, from.get()) < 0)
                .isEmpty());
  }

  private static List<IndexBlock> wave(List<IndexBlock> blocks, int wanted, long mostBytes) {
    int count = 0;
    long bytes = 0;
    for (IndexBlock block : blocks) {
      bytes += block.valuesAt().length() + block.rowsAt().length();
      if (count == wanted || (count > 0 && bytes > mostBytes)) {
        break;
      }
      count++;
    }
    return blocks.subList(0, count);
  }

  private boolean visit(List<IndexBlock> wave, AttributeIndex.Visitor visitor) {
    List<ByteRange> ranges = new ArrayList<>();
    for (IndexBlock block : wave) {
      ranges.add(block.valuesAt());
      ranges.add(block.rowsAt());
    }
    List<MemorySegment> read = source.readAll(ranges);
    for (int i = 0; i < wave.size(); i++) {
      Deadline.check();
      IndexBlock block = wave.get(i);
      IndexedRows listed = IndexedRows.read(new Input(read.get(2 * i)), type, block);
      if (!visit(listed, rows(block, new Input(read.get(2 * i + 1))), visitor)) {
        return false;
      }
    }
    return true;
  }

  /** All rows of a block, ascending. */
  private int[] rows(IndexBlock block, Input in) {
    RoaringBitmap bitmap = in.bitmap(rowCount);
    in.requireEnd();
    if (bitmap.getCardinality() != block.rowCount()) {
      throw ElacsymException.corrupt("attribute index has other rows than it says");
    }
    return bitmap.toArray();
  }

  private boolean visit(IndexedRows listed, int[] rows, AttributeIndex.Visitor visitor) {
    int count = listed.values().size();
    for (int i = 0; i < count; i++) {
      int number = descending ? count - 1 - i : i;
      Value.Scalar value = listed.values().get(number);
      if (isBefore(value)) {
        continue;
      }
      int[] own = listed.places().isEmpty() ? rows : at(listed.places().get(number), rows);
      if (!visitor.value(value, own)) {
        return false;
      }
    }
    return true;
  }

  private static int[] at(int[] places, int[] rows) {
    int[] found = new int[places.length];
    for (int i = 0; i < places.length; i++) {
      found[i] = rows[places[i]];
    }
    return found;
  }

  private boolean isBefore(Value.Scalar value) {
    if (from.isEmpty()) {
      return false;
    }
    int compared = ScalarOrder.INSTANCE.compare(value, from.get());
    return descending ? compared > 0 : compared < 0;
  }
}
