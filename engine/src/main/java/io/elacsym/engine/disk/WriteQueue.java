package io.elacsym.engine.disk;

import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Blocks that wait to be written to the disk cache, bounded in bytes: what the disk cannot keep up
 * with is not written. Safe for use by many threads.
 */
final class WriteQueue {
  private static final long MAX_BYTES = 64L << 20;

  private final Queue<Write> writes = new ConcurrentLinkedQueue<>();
  private final AtomicLong bytes = new AtomicLong();

  /**
   * Consecutive blocks of a blob.
   *
   * @param first the first block, or {@link ChunkId#TRAILER}
   */
  record Write(DiskBlob blob, int first, byte[] bytes, int offset, int length) {}

  /** Takes a write in, unless there is too much already. */
  boolean offer(Write write) {
    if (bytes.addAndGet(write.length()) > MAX_BYTES) {
      bytes.addAndGet(-write.length());
      return false;
    }
    writes.add(write);
    return true;
  }

  /** The oldest write, which is the caller's from now on. */
  Optional<Write> poll() {
    Optional<Write> next = Optional.ofNullable(writes.poll());
    next.ifPresent(write -> bytes.addAndGet(-write.length()));
    return next;
  }

  boolean isEmpty() {
    return writes.isEmpty();
  }
}
