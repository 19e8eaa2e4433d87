package io.elacsym.engine.writer;

import io.elacsym.engine.manifest.Garbage;
import io.elacsym.engine.manifest.Manifest;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * Since when this process has known versions of the manifest to be committed. The times that a
 * manifest carries are those at which its commit began, and it may have taken effect long after
 * that. Safe for use by many threads.
 */
final class KnownVersions {
  private final ConcurrentNavigableMap<Long, Instant> since = new ConcurrentSkipListMap<>();

  /** Takes note of a version that was committed before now. */
  void know(Manifest committed, Instant now) {
    since.putIfAbsent(committed.version(), now);
    long oldest =
        committed.garbage().stream().mapToLong(Garbage::version).min().orElse(committed.version());
    since.headMap(oldest).clear();
  }

  /** Since when a version, or a later one, is known; never if it is not. */
  Instant since(long version) {
    Map.Entry<Long, Instant> known = since.ceilingEntry(version);
    return known == null ? Instant.MAX : known.getValue();
  }
}
