package io.elacsym.engine.upkeep;

import io.elacsym.engine.task.Held;
import io.elacsym.engine.writer.NamespaceContext;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Which segments exist is changed by one task at a time, and segments under construction are known,
 * so that the reaper leaves their objects alone. Shared by the tasks of one open namespace.
 */
public final class Layout {
  private final ReentrantLock lock = new ReentrantLock();
  private final Set<String> building = ConcurrentHashMap.newKeySet();

  /**
   * Begins a change that must not overlap with another; closing the result ends it. Nothing is
   * begun for a caller that has no time left when its turn comes.
   */
  public Held change() {
    return Held.of(lock);
  }

  /** A segment id that was never used: time first, so that names sort by age. */
  String newSegmentId(NamespaceContext context) {
    String id =
        String.format(
            Locale.ROOT, "%013d-%s", context.now().toEpochMilli(), context.seams().ids().get());
    building.add(id);
    return id;
  }

  /** Says that a segment is committed, or given up. */
  void done(String segmentId) {
    building.remove(segmentId);
  }

  /**
   * Whether an object belongs to a segment that this process is building now.
   *
   * @param name of the object below its folder; it begins with the segment's id
   */
  boolean isBuilding(String name) {
    return building.stream().anyMatch(name::startsWith);
  }
}
