package io.elacsym.storage.local;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * Creates files and folders that only their owner can read and write: what is stored is not for
 * every user of the machine. Where the file system has no such permissions (Windows), those of the
 * root count.
 */
final class PrivateFiles {
  private PrivateFiles() {}

  /** Creates one folder, whose parent exists. */
  static void createFolder(Path folder) throws IOException {
    Files.createDirectory(folder, permissions(folder, "rwx------"));
  }

  /** Creates one folder if it is missing; its parent exists. */
  static void restoreFolder(Path folder) throws IOException {
    try {
      createFolder(folder);
    } catch (FileAlreadyExistsException e) {
      // It was there, or another thread was faster.
    }
  }

  /** Creates a file that must not exist, to write to it. */
  static FileChannel createFile(Path file) throws IOException {
    return FileChannel.open(
        file,
        Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
        permissions(file, "rw-------"));
  }

  /** Opens a file to read and write it, and creates it if need be. A link is refused. */
  static FileChannel openFile(Path file) throws IOException {
    Set<OpenOption> options =
        Set.of(
            StandardOpenOption.CREATE,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE,
            LinkOption.NOFOLLOW_LINKS);
    return FileChannel.open(file, options, permissions(file, "rw-------"));
  }

  private static FileAttribute<?>[] permissions(Path path, String permissions) {
    return path.getFileSystem().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        }
        : new FileAttribute<?>[0];
  }
}
