package io.elacsym.engine.filter;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.blob.BlobSource;
import io.elacsym.api.blob.ByteRange;
import io.elacsym.engine.model.ElementType;
import io.elacsym.engine.model.Value;
import io.elacsym.engine.task.Damage;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.roaringbitmap.RoaringBitmap;

/**
 * An index over one attribute of one segment: the distinct values in order, cut into blocks, and
 * for each block a bitmap of its rows. A range of values is the union of the bitmaps of the blocks
 * between its ends; only of the blocks at the ends, single values are looked at. Of all other
 * blocks nothing is read. Immutable, safe for use by many threads.
 */
public final class AttributeIndex {
  /** Most bytes that are in memory at a time, besides one block. */
  private static final long WAVE_BYTES = 8 << 20;

  /** So many bytes of rows are read before it is known whether they are wanted. */
  private static final long GUESSED_BYTES = 256 << 10;

  private final BlobSource source;
  private final ElementType type;
  private final int rowCount;
  private final IndexDirectory directory;
  private final Consumer<ElacsymException> damaged;

  private AttributeIndex(
      BlobSource source,
      ElementType type,
      int rowCount,
      IndexDirectory directory,
      Consumer<ElacsymException> damaged) {
    this.source = source;
    this.type = type;
    this.rowCount = rowCount;
    this.directory = directory;
    this.damaged = damaged;
  }

  /**
   * Opens an index of version 2. Its end is all that is read.
   *
   * @throws ElacsymException {@code CORRUPT} when the bytes are no index of this type
   */
  static AttributeIndex open(BlobSource source, ElementType type, int rowCount) {
    return new AttributeIndex(
        source, type, rowCount, directory(source, type, rowCount), damage -> {});
  }

  /** Reads what an index ends with. */
  static IndexDirectory directory(BlobSource source, ElementType type, int rowCount) {
    long end = source.size() - IndexWriter.END_BYTES;
    if (end < 0) {
      throw ElacsymException.corrupt("attribute index ends too early");
    }
    var last =
        source.read(end, IndexWriter.END_BYTES).asByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
    int length = last.getInt();
    if (last.getInt() != IndexWriter.MAGIC || length < 0 || length > end) {
      throw ElacsymException.corrupt("attribute index does not end as one");
    }
    long start = end - length;
    return IndexDirectory.read(new Input(source.read(start, length)), type, rowCount, start);
  }

  /** Rows that have the attribute; the caller's own copy, as is every result. */
  public BitSet present() {
    return (BitSet) directory.present().clone();
  }

  /** How many distinct values there are. */
  public long distinct() {
    return directory.blocks().stream().mapToLong(IndexBlock::values).sum();
  }

  /** Looks at one value after the other. */
  @FunctionalInterface
  public interface Visitor {
    /**
     * @param rows those with this value, ascending
     * @return whether to go on
     */
    boolean value(Value.Scalar value, int[] rows);
  }

  /**
   * Visits the distinct values in order, until the visitor has enough.
   *
   * @param descending greatest first
   * @param from where to begin: values before it, in that direction, are left out
   */
  public void walk(boolean descending, Optional<Value.Scalar> from, Visitor visitor) {
    watched(() -> {
      new IndexWalk(source, type, rowCount, descending, from)
          .over(directory.blocks(), WAVE_BYTES, visitor);
      return true;
    });
  }

  /**
   * The same index, which tells when a part of it turns out to be missing or damaged. The search
   * that has met it fails all the same: whoever has asked can ask again, without this index.
   */
  public AttributeIndex telling(Consumer<ElacsymException> damaged) {
    return new AttributeIndex(source, type, rowCount, directory, damaged);
  }

  private <T> T watched(Supplier<T> search) {
    try {
      return search.get();
    } catch (ElacsymException e) {
      if (Damage.is(e)) {
        damaged.accept(e);
      }
      throw e;
    }
  }

  /** Rows with a value, or an element, that passes a test; each distinct value is tested once. */
  BitSet rows(ElementTest test, Pace pace) {
    return watched(() -> new Search(test, pace).rows());
  }

  /** One search of the index. */
  private final class Search {
    private final ElementTest test;
    private final Pace pace;
    private final List<IndexBlock> all = new ArrayList<>();
    private final List<IndexBlock> some = new ArrayList<>();
    private final List<IndexBlock> none = new ArrayList<>();
    private final Map<ByteRange, MemorySegment> ahead = new HashMap<>();

    Search(ElementTest test, Pace pace) {
      this.test = test;
      this.pace = pace;
      for (IndexBlock block : directory.blocks()) {
        (switch (block.share(test)) {
              case ALL -> all;
              case SOME -> some;
              case NONE -> none;
            })
            .add(block);
      }
    }

    BitSet rows() {
      // Where most rows pass, those that do not are fewer.
      boolean turned = directory.once() && rowsOf(all) > rowsOf(none);
      List<IndexBlock> whole = turned ? none : all;
      readAhead(whole);
      List<Found> found = new ArrayList<>();
      for (List<IndexBlock> wave : waves(some, IndexBlock::valuesAt)) {
        List<MemorySegment> values = read(wave.stream().map(IndexBlock::valuesAt).toList());
        for (int i = 0; i < wave.size(); i++) {
          found(wave.get(i), IndexedRows.read(new Input(values.get(i)), type, wave.get(i)), turned)
              .ifPresent(found::add);
        }
      }
      whole.forEach(block -> found.add(new Found(block, new int[0])));
      BitSet rows = turned ? present() : new BitSet(rowCount);
      for (List<Found> wave : waves(found, one -> one.block().rowsAt())) {
        List<MemorySegment> bitmaps = read(wave.stream().map(one -> one.block().rowsAt()).toList());
        for (int i = 0; i < wave.size(); i++) {
          mark(wave.get(i), new Input(bitmaps.get(i)), rows, !turned);
        }
      }
      rows.and(directory.present());
      return rows;
    }

    /** Reads in one wave what will be needed, if that is not too much. */
    private void readAhead(List<IndexBlock> whole) {
      List<ByteRange> ranges = new ArrayList<>();
      some.forEach(block -> ranges.add(block.valuesAt()));
      if (bytes(some.stream().map(IndexBlock::rowsAt)) <= GUESSED_BYTES) {
        some.forEach(block -> ranges.add(block.rowsAt()));
      }
      whole.forEach(block -> ranges.add(block.rowsAt()));
      if (bytes(ranges.stream()) > WAVE_BYTES) {
        return;
      }
      List<MemorySegment> read = source.readAll(ranges);
      for (int i = 0; i < ranges.size(); i++) {
        ahead.put(ranges.get(i), read.get(i));
      }
    }

    private List<MemorySegment> read(List<ByteRange> ranges) {
      return ahead.keySet().containsAll(ranges)
          ? ranges.stream().map(ahead::get).toList()
          : source.readAll(ranges);
    }

    /** What is wanted of a block: the rows that pass, or if it is turned round, those that fail. */
    private Optional<Found> found(IndexBlock block, IndexedRows listed, boolean turned) {
      BitSet wanted = new BitSet();
      for (int i = 0; i < listed.values().size(); i++) {
        Value.Scalar value = listed.values().get(i);
        pace.go(LeafTest.size(value));
        wanted.set(i, test.passes(value) != turned);
      }
      if (wanted.isEmpty()) {
        return Optional.empty();
      }
      if (wanted.cardinality() == listed.values().size()) {
        return Optional.of(new Found(block, new int[0]));
      }
      int[] places = wanted.stream().flatMap(i -> Arrays.stream(listed.places().get(i))).toArray();
      return Optional.of(new Found(block, places));
    }

    private void mark(Found found, Input in, BitSet rows, boolean to) {
      RoaringBitmap bitmap = in.bitmap(rowCount);
      in.requireEnd();
      if (bitmap.getCardinality() != found.block().rowCount()) {
        throw ElacsymException.corrupt("attribute index has other rows than it says");
      }
      pace.go(1 + found.block().rowCount() / 64);
      if (found.places().length == 0) {
        bitmap.forEach((int row) -> rows.set(row, to));
      } else {
        int[] all = bitmap.toArray();
        for (int place : found.places()) {
          rows.set(all[place], to);
        }
      }
    }
  }

  /**
   * Rows of a block that are found.
   *
   * @param places among all rows of the block; none when all are found
   */
  private record Found(IndexBlock block, int[] places) {}

  private static long rowsOf(List<IndexBlock> blocks) {
    return blocks.stream().mapToLong(IndexBlock::rowCount).sum();
  }

  private static long bytes(Stream<ByteRange> ranges) {
    return ranges.mapToLong(ByteRange::length).sum();
  }

  /** Cuts blocks into parts that are read at once. */
  private static <T> List<List<T>> waves(List<T> blocks, Function<T, ByteRange> place) {
    List<List<T>> waves = new ArrayList<>();
    long left = 0;
    for (T block : blocks) {
      long bytes = place.apply(block).length();
      if (bytes > left || waves.isEmpty()) {
        waves.add(new ArrayList<>());
        left = WAVE_BYTES;
      }
      waves.getLast().add(block);
      left -= bytes;
    }
    return waves;
  }
}
