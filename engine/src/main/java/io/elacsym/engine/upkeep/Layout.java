package io.elacsym.engine.upkeep;

import io.elacsym.engine.settings.TaskRunner;
import io.elacsym.engine.task.Held;
import io.elacsym.engine.writer.NamespaceContext;
import java.time.Duration;
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
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final Duration LOOK = Duration.ofMillis(20);

  private final ReentrantLock lock = new ReentrantLock();
  private final Set<String> building = ConcurrentHashMap.newKeySet();

  /**
   * Begins a change that must not overlap with another; closing the result ends it. Nothing is
   * begun for a caller that has no time left when its turn comes.
   */
  public Held change() {
    return Held.of(lock);
  }

  /**
   * Begins a change that ends all others: once it is made they have nothing left to commit to, so
   * it waits only a while for the one under way, which may be of a plugin that never comes back.
   */
  public Held lastChange(TaskRunner tasks) {
    try {
      for (Duration waited = Duration.ZERO;
          waited.compareTo(PATIENCE) < 0;
          waited = waited.plus(LOOK)) {
        if (lock.tryLock()) {
          return lock::unlock;
        }
        tasks.sleep(LOOK);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return () -> {};
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
