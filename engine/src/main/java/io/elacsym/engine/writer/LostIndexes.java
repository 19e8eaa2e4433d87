package io.elacsym.engine.writer;

import io.elacsym.engine.manifest.SegmentEntry.IndexEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Indexes that could not be read, reported by the readers that met them, until somebody takes them
 * to build them anew. Safe for use by many threads.
 */
public final class LostIndexes {
  private final Queue<Lost> found = new ConcurrentLinkedQueue<>();

  /** A lost index of a segment. */
  public record Lost(String segmentId, IndexEntry index) {}

  void report(Lost index) {
    found.add(index);
  }

  /** What was reported since this was last called; some may be in it twice. */
  public List<Lost> take() {
    if (found.isEmpty()) {
      return List.of(); // as after nearly every query
    }
    List<Lost> taken = new ArrayList<>();
    for (Lost index = found.poll(); index != null; index = found.poll()) {
      taken.add(index);
    }
    return taken;
  }
}
