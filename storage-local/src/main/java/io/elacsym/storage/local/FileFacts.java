package io.elacsym.storage.local;

import io.elacsym.api.storage.ObjectInfo;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;

/** What the file system knows of a file, and what that means for an object. */
final class FileFacts {
  private static final int ATTEMPTS = 10;

  private FileFacts() {}

  /** The attributes of a path; empty when there is nothing, also because a parent is a file. */
  static Optional<BasicFileAttributes> of(Path path) throws IOException {
    for (int attempt = 1; ; attempt++) {
      try {
        // Files.readAttributes throws when there is nothing, and an exception is slow. Looking for
        // objects that do not exist is common, so the provider is asked directly.
        return Optional.ofNullable(
            path.getFileSystem()
                .provider()
                .readAttributesIfExists(path, BasicFileAttributes.class));
      } catch (AccessDeniedException e) {
        throw e;
      } catch (FileSystemException e) {
        // "Not a directory", for which Java has no exception. The file that was in the way may have
        // been deleted since, so a second look must be taken before another reason is believed.
        if (isBelowFile(path)) {
          return Optional.empty();
        }
        if (attempt == ATTEMPTS) {
          throw e;
        }
      }
    }
  }

  /** Whether a parent of {@code path} is a file, so that the path cannot exist. */
  private static boolean isBelowFile(Path path) {
    for (Path at = path.getParent(); at != null; at = at.getParent()) {
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
        TagClock.tag(attributes),
        attributes.lastModifiedTime().toInstant());
  }
}
