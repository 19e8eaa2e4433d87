package io.elacsym.engine.blob;

/** How much may still be brought into the caches ahead of queries. Safe for use by many threads. */
public final class WarmBudget {
  /** Where bytes that are read have room. */
  enum Room {
    MEMORY,
    DISK,
    NOWHERE
  }

  private long memory;
  private long disk;
  private long taken;
  private boolean spent;

  /**
   * @param memory bytes of the memory cache
   * @param disk bytes of the disk cache; 0 when there is none
   */
  public WarmBudget(long memory, long disk) {
    this.memory = memory;
    this.disk = disk;
  }

  /** Takes room: in both caches, or only on disk, where there is more. */
  synchronized Room take(long bytes) {
    boolean inMemory = bytes <= memory;
    boolean onDisk = bytes <= disk;
    if (!inMemory && !onDisk) {
      spent = true;
      return Room.NOWHERE;
    }
    memory -= inMemory ? bytes : 0;
    disk -= onDisk ? bytes : 0;
    taken += bytes;
    return inMemory ? Room.MEMORY : Room.DISK;
  }

  /** Whether there was no room for something. */
  public synchronized boolean isSpent() {
    return spent;
  }

  /** Bytes that room was taken for. */
  public synchronized long taken() {
    return taken;
  }
}
