package io.elacsym.engine.task;

import io.elacsym.engine.model.EngineCounters;
import java.util.concurrent.atomic.LongAdder;

/** Counts what an engine does. Safe for use by many threads. */
public final class Counters {
  private final LongAdder commits = new LongAdder();
  private final LongAdder flushes = new LongAdder();
  private final LongAdder compactions = new LongAdder();
  private final LongAdder lostIndexes = new LongAdder();
  private final LongAdder indexRebuilds = new LongAdder();
  private final LongAdder failedIndexRebuilds = new LongAdder();
  private final LongAdder backgroundFailures = new LongAdder();
  private final LongAdder skippedWalEntries = new LongAdder();
  private final LongAdder walBytes = new LongAdder();
  private final LongAdder blobBytes = new LongAdder();
  private final LongAdder flushBytes = new LongAdder();
  private final LongAdder compactionBytes = new LongAdder();

  public void commit(long bytes) {
    commits.increment();
    walBytes.add(bytes);
  }

  public void flush() {
    flushes.increment();
  }

  public void compaction() {
    compactions.increment();
  }

  public void lostIndex() {
    lostIndexes.increment();
  }

  /** An index was built anew, because it was lost or because another one was asked for. */
  public void indexRebuild() {
    indexRebuilds.increment();
  }

  /** Indexes of a segment could not be built anew. */
  public void failedIndexRebuild() {
    failedIndexRebuilds.increment();
  }

  /** Work in the background of a namespace has failed, and will be tried again. */
  public void backgroundFailure() {
    backgroundFailures.increment();
  }

  public void skippedWalEntry() {
    skippedWalEntries.increment();
  }

  public void blob(long bytes) {
    blobBytes.add(bytes);
  }

  /** Bytes of blobs that a flush has written. */
  public void flushed(long bytes) {
    flushBytes.add(bytes);
  }

  /** Bytes of blobs that a compaction has written. */
  public void compacted(long bytes) {
    compactionBytes.add(bytes);
  }

  public EngineCounters read() {
    return new EngineCounters(
        commits.sum(),
        flushes.sum(),
        compactions.sum(),
        lostIndexes.sum(),
        indexRebuilds.sum(),
        failedIndexRebuilds.sum(),
        backgroundFailures.sum(),
        skippedWalEntries.sum(),
        walBytes.sum(),
        blobBytes.sum(),
        flushBytes.sum(),
        compactionBytes.sum());
  }
}
