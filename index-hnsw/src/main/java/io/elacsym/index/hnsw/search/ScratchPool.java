package io.elacsym.index.hnsw.search;

import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Supplier;

/**
 * A few scratch memories that searches share. Not thread-locals: searches come from virtual
 * threads, of which there are many more than can run.
 */
final class ScratchPool {
  private final AtomicReferenceArray<Scratch> idle;
  private final Supplier<Scratch> make;

  ScratchPool(int size, Supplier<Scratch> make) {
    this.idle = new AtomicReferenceArray<>(size);
    this.make = make;
  }

  /** One that nobody else uses; a new one when none is idle. */
  Scratch take() {
    for (int i = 0; i < idle.length(); i++) {
      if (idle.get(i) != null) {
        Scratch scratch = idle.getAndSet(i, null);
        if (scratch != null) {
          return scratch;
        }
      }
    }
    return make.get();
  }

  /** Takes it back; drops it when the pool is full. */
  void give(Scratch scratch) {
    for (int i = 0; i < idle.length(); i++) {
      if (idle.get(i) == null && idle.compareAndSet(i, null, scratch)) {
        return;
      }
    }
  }
}
