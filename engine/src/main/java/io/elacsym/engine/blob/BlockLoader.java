package io.elacsym.engine.blob;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.blob.ByteRange;
import io.elacsym.api.storage.Storage;
import io.elacsym.api.storage.StoredObject;
import io.elacsym.engine.disk.DiskBlob;
import io.elacsym.engine.task.Parallel;
import io.elacsym.engine.task.ReadTrace;
import io.elacsym.engine.task.Retry;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Brings blocks of one blob from the disk cache, or else from the storage; each is verified against
 * its checksum. Safe for use by many threads.
 */
final class BlockLoader {
  /** Most blocks of one request; neighbours are not joined beyond it. */
  static final int MAX_REQUEST = (8 << 20) / Checksums.BLOCK;

  /**
   * Most unwanted blocks between two stretches that still share a request: to read a block in vain
   * costs less than another request.
   */
  private static final int MAX_GAP = 1;

  private final Storage storage;
  private final Optional<DiskBlob> disk;
  private final String name;
  private final Checksums checksums;

  /**
   * @param disk the blob on disk; empty when it is not cached there
   */
  BlockLoader(Storage storage, Optional<DiskBlob> disk, String name, Checksums checksums) {
    this.storage = storage;
    this.disk = disk;
    this.name = name;
    this.checksums = checksums;
  }

  String name() {
    return name;
  }

  /** Bytes of the blob. */
  long size() {
    return checksums.blobBytes();
  }

  /** Where a block begins, and the one before it ends. */
  long offset(int block) {
    return Math.min((long) block * Checksums.BLOCK, size());
  }

  private int length(int first, int end) {
    return Math.toIntExact(offset(end) - offset(first));
  }

  /** A run under way. */
  private static final class Loading {
    private final Run run;
    private final AtomicInteger stretches = new AtomicInteger();

    /** Its bytes as far as they are there; null as long as one request may bring them all. */
    private byte @Nullable [] bytes;

    Loading(Run run) {
      this.run = run;
    }
  }

  /** Blocks of a run that must come from the storage. */
  private record Stretch(Loading loading, int first, int end) {}

  /**
   * Loads runs of at most {@link #MAX_REQUEST} blocks each, in one wave; neighbours share a
   * request.
   *
   * @param admit whether what comes from the storage is offered to the disk cache
   * @param loaded gets each run as soon as it is there, on any thread
   * @return how many requests to the storage it took
   * @throws ElacsymException the first failure, when some runs could not be loaded; the other runs
   *     were loaded
   */
  int load(List<Run> runs, boolean admit, BiConsumer<Run, MemorySegment> loaded) {
    List<Stretch> missing = new ArrayList<>();
    if (disk.isEmpty()) {
      runs.forEach(run -> missing.add(whole(run)));
    } else {
      DiskBlob cached = disk.get();
      Parallel.map(runs, run -> fromDisk(cached, run, loaded)).forEach(missing::addAll);
    }
    if (missing.isEmpty()) {
      return 0;
    }
    missing.forEach(stretch -> stretch.loading().run.request());
    List<List<Stretch>> requests = requests(missing);
    Parallel.run(
        requests.stream().<Runnable>map(group -> () -> request(group, admit, loaded)).toList());
    return requests.size();
  }

  /** Waits until the disk cache has written what it was offered. */
  void settle() {
    disk.ifPresent(DiskBlob::settle);
  }

  private static Stretch whole(Run run) {
    Loading loading = new Loading(run);
    loading.stretches.set(1);
    return new Stretch(loading, run.first(), run.end());
  }

  /** Takes the blocks of a run that are on disk; returns the stretches that are not. */
  private List<Stretch> fromDisk(DiskBlob cached, Run run, BiConsumer<Run, MemorySegment> loaded) {
    if (!cached.hasSome(run.first(), run.end())) {
      return List.of(whole(run));
    }
    byte[] bytes = new byte[length(run.first(), run.end())];
    BitSet found = cached.read(run.first(), run.end(), bytes, checksums::holds);
    if (!found.isEmpty()) {
      CacheMisses.log(name, (long) found.cardinality() * Checksums.BLOCK, "the disk cache");
    }
    ReadTrace.current().ifPresent(trace -> trace.diskHits(found.cardinality()));
    int count = run.end() - run.first();
    if (found.cardinality() == count) {
      loaded.accept(run, MemorySegment.ofArray(bytes).asReadOnly());
      return List.of();
    }
    if (found.isEmpty()) {
      return List.of(whole(run));
    }
    Loading loading = new Loading(run);
    loading.bytes = bytes;
    List<Stretch> missing = new ArrayList<>();
    for (int from = found.nextClearBit(0); from < count; ) {
      int next = found.nextSetBit(from);
      int to = next < 0 ? count : next;
      missing.add(new Stretch(loading, run.first() + from, run.first() + to));
      from = found.nextClearBit(to);
    }
    loading.stretches.set(missing.size());
    return missing;
  }

  private static List<List<Stretch>> requests(List<Stretch> missing) {
    List<List<Stretch>> requests = new ArrayList<>();
    missing.sort(Comparator.comparingInt(Stretch::first));
    for (Stretch stretch : missing) {
      boolean joins =
          !requests.isEmpty()
              && stretch.first() - requests.getLast().getLast().end() <= MAX_GAP
              && stretch.end() - requests.getLast().getFirst().first() <= MAX_REQUEST;
      if (!joins) {
        requests.add(new ArrayList<>());
      }
      requests.getLast().add(stretch);
    }
    return requests;
  }

  private void request(List<Stretch> group, boolean admit, BiConsumer<Run, MemorySegment> loaded) {
    int first = group.getFirst().first();
    byte[] bytes = Retry.whileCorrupt(() -> blocks(first, group.getLast().end()));
    for (Stretch stretch : group) {
      int at = length(first, stretch.first());
      int length = length(stretch.first(), stretch.end());
      if (admit) {
        disk.ifPresent(cached -> cached.offer(stretch.first(), bytes, at, length));
      }
      Loading loading = stretch.loading();
      Run run = loading.run;
      byte[] target = loading.bytes;
      if (target == null && group.size() == 1) {
        target = bytes;
      } else {
        // A slice would keep the bytes of its neighbours alive beyond what the cache has weighed.
        target = target == null ? new byte[length] : target;
        System.arraycopy(bytes, at, target, length(run.first(), stretch.first()), length);
      }
      if (loading.stretches.decrementAndGet() == 0) {
        loaded.accept(run, MemorySegment.ofArray(target).asReadOnly());
      }
    }
  }

  /** Reads and verifies blocks {@code first} to {@code end} (exclusive) in one request. */
  private byte[] blocks(int first, int end) {
    long from = offset(first);
    long to = offset(end);
    CacheMisses.log(name, to - from, "the storage");
    StoredObject object =
        storage
            .get(name, new ByteRange(from, to - from))
            .orElseThrow(() -> ElacsymException.corrupt("object " + name + " is missing"));
    byte[] bytes = object.bytes();
    ReadTrace.request(bytes.length);
    if (bytes.length != to - from) {
      throw ElacsymException.corrupt(
          "object " + name + " ends at " + (from + bytes.length) + ", expected " + size());
    }
    long damage = checksums.firstDamage(from, bytes, 0, bytes.length);
    if (damage >= 0) {
      throw ElacsymException.corrupt(
          "object " + name + " is damaged: the checksum of block " + damage + " does not hold");
    }
    return bytes;
  }
}
