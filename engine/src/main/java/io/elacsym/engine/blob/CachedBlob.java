package io.elacsym.engine.blob;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.ErrorKind;
import io.elacsym.api.blob.BlobSource;
import io.elacsym.api.blob.ByteRange;
import io.elacsym.api.storage.Storage;
import io.elacsym.api.storage.StoredObject;
import io.elacsym.engine.blob.BlockCache.Extent;
import io.elacsym.engine.task.Parallel;
import io.elacsym.engine.task.ReadTrace;
import io.elacsym.engine.task.Retry;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;

/** A blob read through the cache, every block verified against its checksum when it is loaded. */
final class CachedBlob implements BlobSource {
  /** Unwanted bytes between two extents that are read along rather than asked for separately. */
  private static final int MAX_GAP = Checksums.BLOCK;

  /** Largest single request; larger extents are not split, neighbours are not joined beyond it. */
  private static final long MAX_REQUEST = 8L << 20;

  private static final MemorySegment EMPTY = MemorySegment.ofArray(new byte[0]).asReadOnly();

  private final Storage storage;
  private final BlockCache cache;
  private final String name;
  private final Checksums checksums;

  CachedBlob(Storage storage, BlockCache cache, String name, Checksums checksums) {
    this.storage = storage;
    this.cache = cache;
    this.name = name;
    this.checksums = checksums;
  }

  @Override
  public long size() {
    return checksums.blobBytes();
  }

  private record Load(Extent extent, CompletableFuture<MemorySegment> promise) {}

  @Override
  public List<MemorySegment> readAll(List<ByteRange> ranges) {
    // All ranges are checked before the first is announced: a promise that is never kept would
    // block
    // every later reader of it.
    List<Extent> extents = ranges.stream().map(this::extentOf).toList();
    List<Load> loads = new ArrayList<>();
    List<CompletableFuture<MemorySegment>> futures = new ArrayList<>(ranges.size());
    for (Extent extent : extents) {
      futures.add(find(extent, loads));
    }
    if (!loads.isEmpty()) {
      load(loads);
    }
    List<MemorySegment> results = new ArrayList<>(ranges.size());
    for (int i = 0; i < ranges.size(); i++) {
      ByteRange range = ranges.get(i);
      long start = range.offset() - extents.get(i).from();
      results.add(await(futures.get(i)).asSlice(start, range.length()));
    }
    return results;
  }

  /** What is cached or being loaded, or else a promise that is added to {@code loads}. */
  private CompletableFuture<MemorySegment> find(Extent extent, List<Load> loads) {
    if (extent.from() == extent.to()) {
      return CompletableFuture.completedFuture(EMPTY);
    }
    Optional<CompletableFuture<MemorySegment>> known = cache.find(extent);
    if (known.isPresent()) {
      ReadTrace.current().ifPresent(ReadTrace::memoryHit);
      return known.get();
    }
    CompletableFuture<MemorySegment> promise = new CompletableFuture<>();
    Optional<CompletableFuture<MemorySegment>> first = cache.announce(extent, promise);
    if (first.isEmpty()) {
      loads.add(new Load(extent, promise));
    }
    return first.orElse(promise);
  }

  private Extent extentOf(ByteRange range) {
    if (range.end() > size()) {
      throw ElacsymException.corrupt(
          "object " + name + " has " + size() + " bytes, asked for " + range);
    }
    if (range.length() == 0) {
      return new Extent(name, range.offset(), range.offset());
    }
    long from = range.offset() / Checksums.BLOCK * Checksums.BLOCK;
    long to = (range.end() + Checksums.BLOCK - 1) / Checksums.BLOCK * Checksums.BLOCK;
    return new Extent(name, from, Math.min(to, size()));
  }

  private static MemorySegment await(CompletableFuture<MemorySegment> future) {
    try {
      return future.join();
    } catch (CancellationException e) {
      // JDK 25 wraps it into another one of its kind.
      if ((e instanceof LoadFailed ? e : e.getCause()) instanceof LoadFailed failed) {
        throw failed.forOneReader();
      }
      throw e;
    }
  }

  /**
   * How readers that wait for a load learn of its failure. A cancellation, because the cache would
   * log the stack trace of any other failure, although every reader gets it thrown.
   */
  private static final class LoadFailed extends CancellationException {
    private static final long serialVersionUID = 1L;

    private final Throwable why;

    LoadFailed(Throwable why) {
      this.why = why;
    }

    /** Made anew, because its stack trace and what gets suppressed in it are that reader's own. */
    ElacsymException forOneReader() {
      ErrorKind kind = why instanceof ElacsymException known ? known.kind() : ErrorKind.INTERNAL;
      return new ElacsymException(kind, String.valueOf(why.getMessage()), why);
    }
  }

  /** Loads extents in one wave; neighbours share a request. */
  private void load(List<Load> loads) {
    loads.sort(Comparator.comparingLong(load -> load.extent().from()));
    List<List<Load>> requests = new ArrayList<>();
    long end = 0;
    for (Load load : loads) {
      Extent extent = load.extent();
      boolean joins =
          !requests.isEmpty()
              && extent.from() - end <= MAX_GAP
              && extent.to() - requests.getLast().getFirst().extent().from() <= MAX_REQUEST;
      if (!joins) {
        requests.add(new ArrayList<>());
        end = extent.to();
      }
      requests.getLast().add(load);
      end = Math.max(end, extent.to());
    }
    try {
      long bytes =
          Parallel.map(requests, request -> Retry.whileCorrupt(() -> request(request))).stream()
              .mapToLong(n -> n)
              .sum();
      ReadTrace.current().ifPresent(trace -> trace.wave(requests.size(), bytes));
    } catch (RuntimeException | Error e) {
      loads.forEach(load -> load.promise().completeExceptionally(new LoadFailed(e)));
      throw e;
    }
  }

  private long request(List<Load> loads) {
    long from = loads.getFirst().extent().from();
    long to = loads.stream().mapToLong(load -> load.extent().to()).max().orElseThrow();
    StoredObject object =
        storage
            .get(name, new ByteRange(from, to - from))
            .orElseThrow(() -> ElacsymException.corrupt("object " + name + " is missing"));
    byte[] bytes = object.bytes();
    if (bytes.length != to - from) {
      throw ElacsymException.corrupt(
          "object " + name + " ends at " + (from + bytes.length) + ", expected " + size());
    }
    long damage = checksums.firstDamage(from, bytes, 0, bytes.length);
    if (damage >= 0) {
      throw ElacsymException.corrupt(
          "object " + name + " is damaged: the checksum of block " + damage + " does not hold");
    }
    MemorySegment all = MemorySegment.ofArray(bytes).asReadOnly();
    for (Load load : loads) {
      Extent extent = load.extent();
      MemorySegment part = all.asSlice(extent.from() - from, extent.to() - extent.from());
      // A slice would keep the bytes of its neighbours alive beyond what the cache has weighed.
      load.promise().complete(loads.size() == 1 ? part : copyOf(part));
    }
    return bytes.length;
  }

  private static MemorySegment copyOf(MemorySegment part) {
    return MemorySegment.ofArray(part.toArray(ValueLayout.JAVA_BYTE)).asReadOnly();
  }
}
