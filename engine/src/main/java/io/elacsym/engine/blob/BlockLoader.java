package io.elacsym.engine.blob;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.blob.ByteRange;
import io.elacsym.api.storage.Storage;
import io.elacsym.api.storage.StoredObject;
import io.elacsym.engine.task.Parallel;
import io.elacsym.engine.task.ReadTrace;
import io.elacsym.engine.task.Retry;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.BiConsumer;

/**
 * Brings blocks of one blob from the storage, each verified against its checksum. Safe for use by
 * many threads.
 */
final class BlockLoader {
  /** Most blocks of one request; neighbours are not joined beyond it. */
  static final int MAX_REQUEST = (8 << 20) / Checksums.BLOCK;

  /** Unwanted blocks between two runs that are read along rather than asked for separately. */
  private static final int MAX_GAP = 1;

  private final Storage storage;
  private final String name;
  private final Checksums checksums;

  BlockLoader(Storage storage, String name, Checksums checksums) {
    this.storage = storage;
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

  /**
   * Loads runs of at most {@link #MAX_REQUEST} blocks each, in one wave; neighbours share a
   * request.
   *
   * @param loaded gets each run as soon as it is there, on any thread
   * @return how many requests it took
   * @throws ElacsymException the first failure, when some could not be loaded; the others were
   */
  int load(List<Run> runs, BiConsumer<Run, MemorySegment> loaded) {
    List<List<Run>> requests = new ArrayList<>();
    int end = 0;
    for (Run run : runs.stream().sorted(Comparator.comparingInt(Run::first)).toList()) {
      boolean joins =
          !requests.isEmpty()
              && run.first() - end <= MAX_GAP
              && run.end() - requests.getLast().getFirst().first() <= MAX_REQUEST;
      if (!joins) {
        requests.add(new ArrayList<>());
      }
      requests.getLast().add(run);
      end = run.end();
    }
    Parallel.run(
        requests.stream().<Runnable>map(request -> () -> request(request, loaded)).toList());
    return requests.size();
  }

  private void request(List<Run> runs, BiConsumer<Run, MemorySegment> loaded) {
    int first = runs.getFirst().first();
    int end = runs.getLast().end();
    byte[] bytes = Retry.whileCorrupt(() -> blocks(first, end));
    for (Run run : runs) {
      int from = (run.first() - first) * Checksums.BLOCK;
      int length = Math.toIntExact(offset(run.end()) - offset(run.first()));
      byte[] part = bytes;
      if (runs.size() > 1) {
        // A slice would keep its neighbours' bytes alive beyond what the cache has weighed.
        part = new byte[length];
        System.arraycopy(bytes, from, part, 0, length);
      }
      loaded.accept(run, MemorySegment.ofArray(part).asReadOnly());
    }
  }

  /** Where a block begins, and the one before it ends. */
  private long offset(int block) {
    return Math.min((long) block * Checksums.BLOCK, size());
  }

  /** Reads and verifies blocks {@code first} to {@code end} (exclusive) in one request. */
  private byte[] blocks(int first, int end) {
    long from = offset(first);
    long to = offset(end);
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
