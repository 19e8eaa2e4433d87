package io.elacsym.engine.blob;

import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Which blocks of one blob are in memory, or on their way, and in which {@link Run}. The table
 * names at most one run for each block. Safe for use by many threads.
 */
final class BlobBlocks {
  private final AtomicReferenceArray<@Nullable Run> runs;

  /**
   * @param count blocks of the blob
   */
  BlobBlocks(int count) {
    this.runs = new AtomicReferenceArray<>(count);
  }

  /** The run that has a block; null when none has. */
  @Nullable Run at(int block) {
    return runs.get(block);
  }

  /** Enters a run for a block; false when the block has a run already. */
  boolean claim(int block, Run run) {
    return runs.compareAndSet(block, null, run);
  }

  /**
   * Enters {@code by}, which has all blocks of {@code old}, wherever {@code old} stands; false when
   * it stands nowhere any more.
   */
  boolean replace(Run old, Run by) {
    boolean any = false;
    for (int block = old.first(); block < old.end(); block++) {
      any |= runs.compareAndSet(block, old, by);
    }
    return any;
  }

  /** Takes a run out of the table; blocks for which another run stands keep that one. */
  void forget(Run run) {
    for (int block = run.first(); block < run.end(); block++) {
      runs.compareAndSet(block, run, null);
    }
  }
}
