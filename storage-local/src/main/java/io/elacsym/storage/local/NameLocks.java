package io.elacsym.storage.local;

import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

/** One lock for each name, shared with some other names. A thread holds at most one at a time. */
final class NameLocks {
  private static final int STRIPES = 1024; // a power of two

  private final Lock[] stripes =
      Stream.generate(ReentrantLock::new).limit(STRIPES).toArray(Lock[]::new);

  Lock of(String name) {
    int hash = name.hashCode();
    return stripes[(hash ^ (hash >>> 16)) & (STRIPES - 1)];
  }
}
