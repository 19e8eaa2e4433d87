package io.elacsym.engine.disk;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * Creates folders that only their owner can enter, so that what lies in them is for nobody else
 * whatever its own permissions are. Where the file system has no such permissions (Windows), those
 * of the parent count.
 */
final class PrivateFolders {
  private PrivateFolders() {}

  /** Creates a folder, and its parents, if they are missing. */
  static void create(Path folder) throws IOException {
    Files.createDirectories(folder, permissions(folder));
  }

  /** Creates a folder if it is missing; its parent must be there. */
  static void createOne(Path folder) throws IOException {
    try {
      Files.createDirectory(folder, permissions(folder));
    } catch (FileAlreadyExistsException e) {
      if (!Files.isDirectory(folder)) {
        throw e;
      }
    }
  }

  private static FileAttribute<?>[] permissions(Path folder) {
    return folder.getFileSystem().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))
        }
        : new FileAttribute<?>[0];
  }
}
