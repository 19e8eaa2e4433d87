package io.elacsym.engine.blob;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.blob.BlobSource;
import io.elacsym.api.blob.ByteRange;
import io.elacsym.engine.task.ReadTrace;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A blob read block by block through the memory cache. Safe for use by many threads. */
final class CachedBlob implements BlobSource {
  private static final MemorySegment EMPTY = MemorySegment.ofArray(new byte[0]).asReadOnly();

  private final BlockLoader loader;
  private final BlockCache cache;
  private final BlobBlocks blocks;
  private final Keeping keeping;

  /** What becomes of what is read. */
  enum Keeping {
    /** It is looked for in memory, and kept there. */
    KEEP,
    /** It is looked for in memory, and not kept: for reading everything once. */
    LOOK,
    /** It comes from the storage, whatever is in memory: for finding damage there. */
    PASS
  }

  CachedBlob(BlockLoader loader, BlockCache cache, Keeping keeping) {
    this.loader = loader;
    this.cache = cache;
    this.keeping = keeping;
    int count = Checksums.blocks(loader.size());
    this.blocks =
        keeping == Keeping.PASS ? new BlobBlocks(count) : cache.table(loader.name(), count);
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
    return read(ranges, false);
  }

  private List<MemorySegment> read(List<ByteRange> ranges, boolean keep) {
    // All ranges are checked before the first block is claimed: a claim that nobody fulfils would
    // block every later reader of it.
    ranges.forEach(this::check);
    Look look = new Look(keep);
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

  /** Blocks {@code first} to {@code end} (exclusive), as a run has them. */
  private record Piece(Run run, int first, int end) {}

  /** One look for the blocks of some ranges, and the load of those not found. For one thread. */
  private final class Look {
    private final boolean keep;
    private final List<Run> missing = new ArrayList<>();

    /** What is loaded for this look alone. */
    private final Map<Integer, Run> own = new HashMap<>();

    private int hits;
    private int misses;
    private boolean waits;

    Look(boolean keep) {
      this.keep = keep;
    }

    /** For each range where its blocks are. Those that nobody else is loading are loaded. */
    List<List<Piece>> run(List<ByteRange> ranges) {
      try {
        List<List<Piece>> found = new ArrayList<>(ranges.size());
        for (ByteRange range : ranges) {
          found.add(pieces(range));
        }
        if (keeping != Keeping.PASS) {
          cache.count(hits, misses);
        }
        report(missing.isEmpty() ? 0 : load());
        return found;
      } catch (RuntimeException | Error e) {
        // Whatever it was: those who wait for what was claimed learn of it.
        for (Run run : missing) {
          if (!run.isLoaded()) {
            blocks.forget(run);
            run.fail(e);
          }
        }
        throw e;
      }
    }

    /** Where the blocks of a range are or will be, in their order. */
    private List<Piece> pieces(ByteRange range) {
      if (range.length() == 0) {
        return List.of();
      }
      int first = (int) (range.offset() / Checksums.BLOCK);
      int last = (int) ((range.end() - 1) / Checksums.BLOCK);
      Run whole = whole(first, last);
      if (whole != null) {
        return List.of(found(whole, first, last + 1));
      }
      List<Piece> pieces = new ArrayList<>();
      for (int next = first; next <= last; next = pieces.getLast().end()) {
        pieces.add(piece(next, last + 1));
      }
      return pieces;
    }

    /** A run that has all of these blocks, or will have them; null when none is known. */
    private @Nullable Run whole(int first, int last) {
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
        claim(run, Math.min(limit, first + BlockLoader.MAX_REQUEST));
        if (run.end() > first) {
          misses += run.end() - first;
          return new Piece(run, first, run.end());
        }
        // Somebody else was faster: now there is a run.
        missing.removeLast();
      }
    }

    /** Takes as many blocks as nobody has. */
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
      Run mine = keep ? null : own.get(block);
      return mine == null ? blocks.at(block) : mine;
    }

    private Piece found(Run run, int first, int end) {
      hits += end - first;
      waits |= !run.isLoaded();
      if (keep) {
        cache.touch(run);
      }
      return new Piece(run, first, end);
    }

    /** Loads what is missing; returns how many requests that took. */
    private int load() {
      return loader.load(
          missing,
          (run, bytes) -> {
            // First, so that whoever sees the run as loaded finds it in the cache as well.
            if (keep) {
              cache.keep(run, blocks);
            }
            run.complete(bytes);
          });
    }

    private void report(int requests) {
      ReadTrace.current()
          .ifPresent(trace -> {
            trace.memoryHits(hits);
            if (waits && requests == 0) {
              trace.waited();
            }
          });
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
    long blockBytes = blobEnd(end) - (long) first * Checksums.BLOCK;
    if (!keep || end - first > BlockLoader.MAX_REQUEST || 2 * range.length() < blockBytes) {
      return joined(pieces, range.offset(), range.end());
    }
    // Joined for good: whoever reads so much at once mostly reads it again.
    MemorySegment whole = joined(pieces, (long) first * Checksums.BLOCK, blobEnd(end));
    List<Run> parts = pieces.stream().map(Piece::run).distinct().toList();
    cache.keepInPlaceOf(parts, Run.of(first, end, whole), blocks);
    return slice(whole, first, range);
  }

  private long blobEnd(int block) {
    return Math.min((long) block * Checksums.BLOCK, size());
  }

  private static MemorySegment slice(MemorySegment bytes, int firstBlock, ByteRange range) {
    return bytes.asSlice(range.offset() - (long) firstBlock * Checksums.BLOCK, range.length());
  }

  /** A copy of the bytes {@code from} to {@code to} out of several runs. */
  private MemorySegment joined(List<Piece> pieces, long from, long to) {
    MemorySegment joined = MemorySegment.ofArray(new byte[Math.toIntExact(to - from)]);
    for (Piece piece : pieces) {
      long start = Math.max(from, (long) piece.first() * Checksums.BLOCK);
      long end = Math.min(to, blobEnd(piece.end()));
      MemorySegment run = piece.run().await();
      MemorySegment.copy(
          run,
          start - (long) piece.run().first() * Checksums.BLOCK,
          joined,
          start - from,
          end - start);
    }
    return joined.asReadOnly();
  }
}
