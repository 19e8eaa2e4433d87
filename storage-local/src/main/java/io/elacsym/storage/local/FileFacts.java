package io.elacsym.storage.local;

import io.elacsym.api.storage.ObjectInfo;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;

/** What the file system knows of a file, and what that means for an object. */
final class FileFacts {
  private FileFacts() {}

  /** The attributes of a path; empty when there is nothing, also because a parent is a file. */
  static Optional<BasicFileAttributes> of(Path path) throws IOException {
    try {
      return Optional.of(Files.readAttributes(path, BasicFileAttributes.class));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (FileSystemException e) {
      if (isBelowFile(path.getRoot(), path)) {
        return Optional.empty(); // "Not a directory", for which Java has no exception
      }
      throw e;
    }
  }

  /** Whether a parent of {@code path} is a file, so that the path cannot exist. */
  static boolean isBelowFile(Path root, Path path) {
    for (Path at = path.getParent(); at != null && !at.equals(root); at = at.getParent()) {
      if (Files.isRegularFile(at)) {
        return true;
      }
    }
    return false;
  }

  static ObjectInfo info(String name, BasicFileAttributes attributes) {
    return new ObjectInfo(
        name,
        attributes.size(),
        VersionClock.version(attributes),
        attributes.lastModifiedTime().toInstant());
  }
}
