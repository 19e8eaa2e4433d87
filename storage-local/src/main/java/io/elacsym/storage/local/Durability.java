package io.elacsym.storage.local;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;

/** Makes what is in a folder survive a power cut. */
final class Durability {
  // Windows cannot open a folder as a file; NTFS logs renames by itself.
  private static final boolean FOLDERS_CAN_BE_SYNCED =
      !System.getProperty("os.name", "").startsWith("Windows");

  private Durability() {}

  static void syncFolder(Path folder) throws IOException {
    if (FOLDERS_CAN_BE_SYNCED) {
      try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
        channel.force(true);
      }
    }
  }

  /** Makes the entry of {@code path} in its folder durable. */
  static void syncEntry(Path path) throws IOException {
    syncFolder(Objects.requireNonNull(path.getParent()));
  }
}
