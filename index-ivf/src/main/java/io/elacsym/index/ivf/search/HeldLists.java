package io.elacsym.index.ivf.search;

import java.lang.foreign.MemorySegment;
import java.lang.ref.SoftReference;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Lists that were read before. The source may have to copy what it hands out; holding on to it
 * makes a warm search free of that. Softly: the garbage collector takes lists back when memory is
 * short, those not used for long first. Safe for use by many threads.
 */
final class HeldLists {
  private final AtomicReferenceArray<SoftReference<MemorySegment>> lists;

  HeldLists(int count) {
    this.lists = new AtomicReferenceArray<>(count);
  }

  Optional<MemorySegment> find(int list) {
    SoftReference<MemorySegment> reference = lists.get(list);
    return reference == null ? Optional.empty() : Optional.ofNullable(reference.get());
  }

  void hold(int list, MemorySegment items) {
    lists.set(list, new SoftReference<>(items));
  }

  void clear() {
    for (int list = 0; list < lists.length(); list++) {
      lists.setRelease(list, new SoftReference<>(null));
    }
  }
}
