package io.elacsym.engine.blob;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.blob.BlobSource;
import io.elacsym.api.blob.ByteRange;
import io.elacsym.engine.blob.BlockLook.Piece;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * An open blob, read block by block through the caches. Its end, in which formats keep what they
 * need first and most, may be in memory as long as it is open. Safe for use by many threads.
 */
public final class CachedBlob implements BlobSource {
  /** Bytes brought in side by side when the whole blob is. */
  private static final long WARM_WAVE = 64 << 20;

  private static final long WARM_REQUEST = (long) BlockLook.MOST_TOGETHER * Checksums.BLOCK;

  private static final MemorySegment EMPTY = MemorySegment.ofArray(new byte[0]).asReadOnly();

  private final BlockLoader loader;
  private final BlockCache cache;
  private final BlobBlocks blocks;
  private final Keeping keeping;
  private final @Nullable Run tail;
  private final LongConsumer onHeld;
  private final LongAdder readOnce = new LongAdder();

  /** What becomes of what is read. */
  enum Keeping {
    /** It is looked for in the caches, and kept there. */
    KEEP,
    /** It is looked for in the caches, and not kept: for reading everything once. */
    LOOK,
    /** It comes from the storage, whatever is in the caches: for finding damage there. */
    PASS
  }

  /**
   * @param tail the last blocks, if they are in memory as long as the blob is open
   * @param onHeld told of bytes that are kept in memory besides the caches
   */
  CachedBlob(
      BlockLoader loader,
      BlockCache cache,
      Keeping keeping,
      @Nullable Run tail,
      LongConsumer onHeld) {
    this.loader = loader;
    this.cache = cache;
    this.keeping = keeping;
    this.tail = tail;
    this.onHeld = onHeld;
    int count = Checksums.blocks(loader.size());
    this.blocks =
        keeping == Keeping.PASS ? new BlobBlocks(count) : cache.table(loader.name(), count);
  }

  /** The same blob, for reading everything once: nothing of it is kept. */
  public BlobSource forOnce() {
    return new CachedBlob(loader, cache, Keeping.LOOK, tail, bytes -> {});
  }

  @Override
  public long size() {
    return loader.size();
  }

  @Override
  public List<MemorySegment> readAll(List<ByteRange> ranges) {
    return read(ranges, keeping == Keeping.KEEP);
  }

  @Override
  public List<MemorySegment> readOnce(List<ByteRange> ranges) {
    List<MemorySegment> read = read(ranges, false);
    long bytes = ranges.stream().mapToLong(ByteRange::length).sum();
    readOnce.add(bytes);
    onHeld.accept(bytes);
    return read;
  }

  /**
   * Brings the blob into the caches as far as there is room. Its tail is left out, because it is in
   * memory already. Nothing is read when the reader of the blob keeps all the rest by itself.
   */
  public void warm(WarmBudget budget) {
    long end = tail == null ? size() : loader.offset(tail.first());
    for (long from = 0; from < end && readOnce.sum() < end; from += WARM_WAVE) {
      List<ByteRange> wave = new ArrayList<>();
      for (long at = from; at < Math.min(end, from + WARM_WAVE); at += WARM_REQUEST) {
        wave.add(new ByteRange(at, Math.min(WARM_REQUEST, end - at)));
      }
      read(wave, budget);
      if (budget.isSpent()) {
        return;
      }
    }
  }

  /** The same blob for a reader that is to fill the caches, as far as there is room. */
  public BlobSource within(WarmBudget budget) {
    return new BlobSource() {
      @Override
      public long size() {
        return CachedBlob.this.size();
      }

      @Override
      public List<MemorySegment> readAll(List<ByteRange> ranges) {
        return CachedBlob.this.read(ranges, budget);
      }
    };
  }

  private List<MemorySegment> read(List<ByteRange> ranges, WarmBudget budget) {
    WarmBudget.Room room = budget.take(ranges.stream().mapToLong(ByteRange::length).sum());
    List<MemorySegment> read = read(ranges, room == WarmBudget.Room.MEMORY);
    loader.settle();
    return read;
  }

  private List<MemorySegment> read(List<ByteRange> ranges, boolean keep) {
    // All ranges are checked before the first block is claimed: a claim that nobody fulfils would
    // block every later reader of it.
    ranges.forEach(this::check);
    BlockLook look = new BlockLook(loader, cache, blocks, tail, keeping, keep);
    List<List<Piece>> found = look.run(ranges);
    List<MemorySegment> results = new ArrayList<>(ranges.size());
    for (int i = 0; i < ranges.size(); i++) {
      results.add(bytes(ranges.get(i), found.get(i), keep));
    }
    return results;
  }

  private void check(ByteRange range) {
    if (range.end() > size()) {
      throw ElacsymException.corrupt(
          "object " + loader.name() + " has " + size() + " bytes, asked for " + range);
    }
  }

  private MemorySegment bytes(ByteRange range, List<Piece> pieces, boolean keep) {
    if (pieces.isEmpty()) {
      return EMPTY;
    }
    if (pieces.size() == 1) {
      Run run = pieces.getFirst().run();
      return slice(run.await(), run.first(), range);
    }
    int first = pieces.getFirst().first();
    int end = pieces.getLast().end();
    boolean joins =
        keep
            && pieces.getLast().run() != tail
            && end - first <= BlockLoader.MAX_REQUEST
            && 2 * range.length() >= loader.offset(end) - loader.offset(first);
    if (!joins) {
      return joined(pieces, range.offset(), range.end());
    }
    // The joined bytes take the place of their parts in the cache: a caller that reads so much at
    // once mostly reads it again, and then nothing needs to be copied.
    MemorySegment whole = joined(pieces, loader.offset(first), loader.offset(end));
    List<Run> parts = pieces.stream().map(Piece::run).distinct().toList();
    cache.keepInPlaceOf(parts, Run.of(first, end, whole), blocks);
    return slice(whole, first, range);
  }

  private MemorySegment slice(MemorySegment bytes, int firstBlock, ByteRange range) {
    return bytes.asSlice(range.offset() - loader.offset(firstBlock), range.length());
  }

  /** A copy of the bytes {@code from} to {@code to} out of several runs. */
  private MemorySegment joined(List<Piece> pieces, long from, long to) {
    MemorySegment joined = MemorySegment.ofArray(new byte[Math.toIntExact(to - from)]);
    for (Piece piece : pieces) {
      long start = Math.max(from, loader.offset(piece.first()));
      long end = Math.min(to, loader.offset(piece.end()));
      MemorySegment run = piece.run().await();
      MemorySegment.copy(
          run, start - loader.offset(piece.run().first()), joined, start - from, end - start);
    }
    return joined.asReadOnly();
  }
}
