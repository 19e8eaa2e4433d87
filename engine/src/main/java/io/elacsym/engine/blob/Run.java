package io.elacsym.engine.blob;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.ErrorKind;
import io.elacsym.engine.task.Waits;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/**
 * Consecutive blocks of a blob that lie side by side in memory, or are on their way there. What was
 * read together stays together, so that reading it again copies nothing. Compared by identity.
 */
final class Run {
  private final int first;
  private final CompletableFuture<MemorySegment> bytes = new CompletableFuture<>();
  private int end;
  private volatile boolean requested;

  /** A run that is to be loaded, as yet of no block; see {@link #endsAt}. */
  Run(int first) {
    this.first = first;
    this.end = first;
  }

  /** A run that is there. */
  static Run of(int first, int end, MemorySegment bytes) {
    Run run = new Run(first);
    run.end = end;
    run.bytes.complete(bytes);
    return run;
  }

  /** Sets the block after the last one. The thread that loads the run calls it before it loads. */
  void endsAt(int block) {
    end = block;
  }

  /** Its first block. */
  int first() {
    return first;
  }

  /**
   * The block after the last one. Threads other than the one that loads the run may ask only once
   * it is loaded.
   */
  int end() {
    return end;
  }

  /** Says that the storage is asked for it, or for a part of it. */
  void request() {
    requested = true;
  }

  /** Whether the storage was asked for it; final once it is loaded. */
  boolean isRequested() {
    return requested;
  }

  boolean isLoaded() {
    return bytes.isDone();
  }

  void complete(MemorySegment loaded) {
    bytes.complete(loaded);
  }

  void fail(Throwable why) {
    bytes.completeExceptionally(why);
  }

  /** Waits for the load under way, however it ends. */
  void awaitQuietly() {
    try {
      var _ = Waits.result(bytes);
    } catch (ExecutionException e) {
      // A reader that needs the bytes gets the failure from await().
    }
  }

  /**
   * Waits for the load under way. A failure is thrown as a new exception, so that each reader sees
   * its own stack trace.
   */
  MemorySegment await() {
    try {
      return Waits.result(bytes);
    } catch (ExecutionException e) {
      Throwable why = e.getCause() == null ? e : e.getCause();
      ErrorKind kind = why instanceof ElacsymException known ? known.kind() : ErrorKind.INTERNAL;
      throw new ElacsymException(kind, String.valueOf(why.getMessage()), why);
    }
  }
}
