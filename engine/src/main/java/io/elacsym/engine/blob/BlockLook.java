package io.elacsym.engine.blob;

import io.elacsym.api.blob.ByteRange;
import io.elacsym.engine.model.Deadline;
import io.elacsym.engine.task.Detached;
import io.elacsym.engine.task.ReadTrace;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One look for the blocks of some ranges, and the load of those not found. For one thread. */
final class BlockLook {
  /** Neighbouring ranges are brought in together up to so many blocks. */
  static final int MOST_TOGETHER = (4 << 20) / Checksums.BLOCK;

  private final BlockLoader loader;
  private final BlockCache cache;
  private final BlobBlocks blocks;
  private final @Nullable Run tail;
  private final CachedBlob.Keeping keeping;
  private final boolean keep;
  private final List<Run> missing = new ArrayList<>();

  /** What is loaded for this look alone. */
  private final Map<Integer, Run> own = new HashMap<>();

  /** What others were loading when it was found. */
  private final List<Run> awaited = new ArrayList<>();

  /** Where all blocks of the ranges are or will be, in the blocks' order. */
  private final List<Piece> pieces = new ArrayList<>();

  private int hits;
  private int misses;

  /**
   * @param blocks which run has each of the blob's blocks
   * @param tail the end of the blob, if that is in memory as long as the blob is open
   * @param keeping what becomes of blocks that are read
   * @param keep whether what is loaded for this look goes into the memory cache
   */
  BlockLook(
      BlockLoader loader,
      BlockCache cache,
      BlobBlocks blocks,
      @Nullable Run tail,
      CachedBlob.Keeping keeping,
      boolean keep) {
    this.loader = loader;
    this.cache = cache;
    this.blocks = blocks;
    this.tail = tail;
    this.keeping = keeping;
    this.keep = keep;
  }

  /** Blocks {@code first} to {@code end} (exclusive), as a run has them. */
  record Piece(Run run, int first, int end) {}

  /** For each range where its blocks are. Those that nobody else is loading are loaded. */
  List<List<Piece>> run(List<ByteRange> ranges) {
    Deadline.check();
    List<List<Piece>> found = new ArrayList<>(ranges.size());
    orTell(() -> {
      for (BlockSpan span : BlockSpan.of(ranges, MOST_TOGETHER)) {
        find(span);
      }
      for (ByteRange range : ranges) {
        found.add(pieces(range));
      }
      if (keeping != CachedBlob.Keeping.PASS) {
        cache.count(hits, misses);
      }
      return true;
    });
    // Others may wait for what was claimed here, so it is loaded even if this reader leaves.
    int requests =
        missing.isEmpty() ? 0 : Detached.call(() -> Deadline.without(() -> orTell(this::load)));
    ReadTrace.current().ifPresent(trace -> report(trace, requests));
    return found;
  }

  /** Runs an action; if it fails, readers that wait for blocks claimed here get the failure. */
  private <T> T orTell(Supplier<T> action) {
    try {
      return action.get();
    } catch (RuntimeException | Error e) {
      for (Run run : missing) {
        if (!run.isLoaded()) {
          blocks.forget(run);
          run.fail(e);
        }
      }
      throw e;
    }
  }

  /** Finds out where the blocks of a span are, and claims those that nobody has. */
  private void find(BlockSpan span) {
    Run whole = whole(span);
    if (whole != null) {
      pieces.add(found(whole, span.first(), span.end()));
      return;
    }
    for (int next = span.first(); next < span.end(); next = pieces.getLast().end()) {
      pieces.add(piece(next, span.end()));
    }
  }

  /** Where the blocks of a range are or will be, in their order. */
  private List<Piece> pieces(ByteRange range) {
    if (range.length() == 0) {
      return List.of();
    }
    BlockSpan span = BlockSpan.of(range);
    Run whole = whole(span);
    if (whole != null) {
      return List.of(new Piece(whole, span.first(), span.end()));
    }
    List<Piece> parts = new ArrayList<>();
    for (int i = pieceWith(span.first()); i < pieces.size(); i++) {
      Piece piece = pieces.get(i);
      if (piece.first() >= span.end()) {
        break;
      }
      int first = Math.max(piece.first(), span.first());
      parts.add(new Piece(piece.run(), first, Math.min(piece.end(), span.end())));
    }
    return parts;
  }

  /** Which piece has a block of one of the ranges. */
  private int pieceWith(int block) {
    int low = 0;
    int high = pieces.size() - 1;
    while (low < high) {
      int middle = (low + high + 1) >>> 1;
      if (pieces.get(middle).first() <= block) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return low;
  }

  /** A run that has all of these blocks, or will have them; null when none is known. */
  private @Nullable Run whole(BlockSpan span) {
    int first = span.first();
    int last = span.end() - 1;
    Run atEnd = at(last);
    if (atEnd != null && atEnd.first() <= first) {
      return atEnd;
    }
    // A run may have more blocks at its borders than the table says: see BlockCache.
    for (int block = first; block < last; block++) {
      Run run = at(block);
      if (run != null && run.first() <= first && run.isLoaded() && run.end() > last) {
        return run;
      }
    }
    return null;
  }

  /** The blocks from {@code first} on that one run has, or will have. */
  private Piece piece(int first, int limit) {
    while (true) {
      Run known = at(first);
      int end = first + 1;
      if (known != null) {
        while (end < limit && at(end) == known) {
          end++;
        }
        return found(known, first, end);
      }
      Run run = new Run(first);
      missing.add(run);
      int most = tail == null ? limit : Math.min(limit, tail.first());
      claim(run, Math.min(most, first + BlockLoader.MAX_REQUEST));
      if (run.end() > first) {
        misses += run.end() - first;
        return new Piece(run, first, run.end());
      }
      // Another reader has claimed the block meanwhile: now there is a run for it.
      missing.removeLast();
    }
  }

  /** Claims blocks for a run, up to the first one that another run has. */
  private void claim(Run run, int limit) {
    int end = run.first();
    while (end < limit && claimOne(run, end)) {
      run.endsAt(++end);
    }
  }

  private boolean claimOne(Run run, int block) {
    if (keep) {
      return blocks.claim(block, run);
    }
    return blocks.at(block) == null && own.putIfAbsent(block, run) == null;
  }

  private @Nullable Run at(int block) {
    if (tail != null && block >= tail.first()) {
      return tail;
    }
    Run mine = keep ? null : own.get(block);
    return mine == null ? blocks.at(block) : mine;
  }

  private Piece found(Run run, int first, int end) {
    if (run != tail) {
      hits += end - first;
      if (!run.isLoaded() && !missing.contains(run)) {
        awaited.add(run);
      }
      if (keep) {
        cache.touch(run);
      }
    }
    return new Piece(run, first, end);
  }

  /** Loads what is missing; returns how many requests that took. */
  private int load() {
    return loader.load(
        missing,
        keeping == CachedBlob.Keeping.KEEP,
        (run, bytes) -> {
          // First, so that whoever sees the run as loaded finds it in the cache as well.
          if (keep) {
            cache.keep(run, blocks);
          }
          run.complete(bytes);
        });
  }

  private void report(ReadTrace trace, int requests) {
    trace.memoryHits(hits);
    awaited.forEach(Run::awaitQuietly);
    if (requests == 0 && awaited.stream().anyMatch(Run::isRequested)) {
      trace.waited();
    }
  }
}
