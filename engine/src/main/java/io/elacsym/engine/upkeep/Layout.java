package io.elacsym.engine.upkeep;

import io.elacsym.engine.task.Held;
import io.elacsym.engine.writer.NamespaceContext;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Which segments exist, and which indexes they have, is changed by one task at a time; and what is
 * under construction is known, so that the reaper leaves its objects alone. Shared by the tasks of
 * one open namespace.
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

  /** What tells a rebuilt index from the one that it replaces; it was never used. */
  String newAttempt(NamespaceContext context) {
    String attempt = context.seams().ids().get();
    building.add(attempt);
    return attempt;
  }

  /**
   * Says that a segment, or an index, is committed or given up.
   *
   * @param unique its segment id or its attempt
   */
  void done(String unique) {
    building.remove(unique);
  }

  /**
   * Whether an object belongs to a segment or an index that this process is building now.
   *
   * @param name of the object, which has the segment's id or the index's attempt in it
   */
  boolean isBuilding(String name) {
    return building.stream().anyMatch(name::contains);
  }
}
