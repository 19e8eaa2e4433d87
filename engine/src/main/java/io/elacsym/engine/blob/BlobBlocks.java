package io.elacsym.engine.blob;

import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Which blocks of one blob are in memory, or on their way, and in which {@link Run}. Each block is
 * in at most one run as far as this table goes. Safe for use by many threads.
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

  /** Makes a run the one that has a block, unless another is. */
  boolean claim(int block, Run run) {
    return runs.compareAndSet(block, null, run);
  }

  /** Puts a run in the place of one whose blocks it has all; false when that one was gone. */
  boolean replace(Run old, Run by) {
    boolean any = false;
    for (int block = old.first(); block < old.end(); block++) {
      any |= runs.compareAndSet(block, old, by);
    }
    return any;
  }

  /** Takes a run out. */
  void forget(Run run) {
    for (int block = run.first(); block < run.end(); block++) {
      runs.compareAndSet(block, run, null);
    }
  }
}
