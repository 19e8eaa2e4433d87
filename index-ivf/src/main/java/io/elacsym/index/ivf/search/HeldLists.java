package io.elacsym.index.ivf.search;

import java.lang.ref.SoftReference;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Lists that were read before. The source may have to copy what it hands out; holding on to it
 * makes a warm search free of that. Softly: the garbage collector takes lists back when memory is
 * short, those not used for long first. Safe for use by many threads.
 *
 * @param <T> what is held of a list
 */
final class HeldLists<T> {
  private final AtomicReferenceArray<SoftReference<T>> lists;

  HeldLists(int count) {
    this.lists = new AtomicReferenceArray<>(count);
  }

  Optional<T> find(int list) {
    SoftReference<T> reference = lists.get(list);
    return reference == null ? Optional.empty() : Optional.ofNullable(reference.get());
  }

  void hold(int list, T items) {
    lists.set(list, new SoftReference<>(items));
  }

  void clear() {
    for (int list = 0; list < lists.length(); list++) {
      lists.setRelease(list, new SoftReference<>(null));
    }
  }
}
