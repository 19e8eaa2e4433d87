package io.elacsym.storage.local;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.concurrent.TimeUnit;

/**
 * Proves, on the file system of the root itself, that it tells upper from lower case, that a rename
 * replaces a file, and that modification times are kept exactly enough to be tags.
 */
final class FileSystemProbe {
  /**
   * Steps of time that file systems keep, finest first. Coarser ones could not tell writes apart.
   */
  private static final long[] TICKS = {1, 100, 1_000, 1_000_000};

  private static final long SAMPLE = 1_700_000_000_123_456_789L;

  private FileSystemProbe() {}

  /** Files whose modification time is set and read back. */
  interface Times {
    FileTime setAndRead(FileTime time) throws IOException;
  }

  /**
   * Tries the file system in an empty folder that only this process uses.
   *
   * @return the finest step of modification times, in nanoseconds
   * @throws FileSystemException that says what is missing
   */
  static long run(Path folder) throws IOException {
    Path lower = folder.resolve("probe");
    Path upper = folder.resolve("PROBE");
    Files.writeString(lower, "new");
    if (Files.exists(upper)) {
      throw missing(folder, "it does not tell upper from lower case, but object names do");
    }
    Files.writeString(upper, "old");
    Files.move(lower, upper, StandardCopyOption.ATOMIC_MOVE);
    if (!Files.readString(upper).equals("new")) {
      throw missing(folder, "it does not replace a file by a rename");
    }
    Durability.syncFolder(folder);
    long tick =
        tick(
            folder,
            time -> {
              Files.setLastModifiedTime(upper, time);
              return Files.getLastModifiedTime(upper);
            });
    Files.delete(upper);
    return tick;
  }

  static long tick(Path folder, Times times) throws IOException {
    for (long tick : TICKS) {
      FileTime sample = FileTime.from(SAMPLE - SAMPLE % tick, TimeUnit.NANOSECONDS);
      if (times.setAndRead(sample).equals(sample)) {
        return tick;
      }
    }
    throw missing(
        folder, "it keeps modification times less exactly than 1 ms, but tags are made of them");
  }

  private static FileSystemException missing(Path folder, String what) {
    return new FileSystemException(folder.toString(), null, what);
  }
}
