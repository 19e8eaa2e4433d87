package io.elacsym.storage.local;

import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Gives every new file a modification time that no file written by this process had before, so that
 * the time is a tag. Safe for use by many threads.
 */
final class TagClock {
  private final Clock clock;
  private final long tick;
  private final AtomicLong last = new AtomicLong(Long.MIN_VALUE);

  /**
   * @param tick the finest step of time that the file system keeps, in nanoseconds
   */
  TagClock(Clock clock, long tick) {
    this.clock = clock;
    this.tick = tick;
  }

  /** A time that this clock has not given before, never earlier than the last one. */
  FileTime next() {
    Instant instant = clock.instant();
    long now =
        Math.addExact(
            Math.multiplyExact(instant.getEpochSecond(), 1_000_000_000L), instant.getNano());
    long whole = now - Math.floorMod(now, tick);
    return time(last.accumulateAndGet(whole, (before, wall) -> Math.max(wall, before + tick)));
  }

  /**
   * A new time that is also later than {@code replaced}: a wall clock that was set back must not
   * give an object a tag that it had before. The clock itself does not jump: one file from the
   * future must not date all others.
   */
  FileTime nextAfter(FileTime replaced) {
    FileTime next = next();
    return next.compareTo(replaced) > 0 ? next : time(nanos(replaced) + tick);
  }

  /** The tag of the file that has these attributes. */
  static String tag(BasicFileAttributes attributes) {
    return tag(attributes.lastModifiedTime(), attributes.size());
  }

  static String tag(FileTime modified, long size) {
    return Long.toHexString(nanos(modified)) + "-" + Long.toHexString(size);
  }

  private static long nanos(FileTime time) {
    return time.to(TimeUnit.NANOSECONDS);
  }

  private static FileTime time(long nanos) {
    return FileTime.from(nanos, TimeUnit.NANOSECONDS);
  }
}
