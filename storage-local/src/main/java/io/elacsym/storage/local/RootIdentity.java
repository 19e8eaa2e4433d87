package io.elacsym.storage.local;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.ErrorKind;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;

/**
 * Knows the root again. A volume that is unmounted, or a folder that is moved away, leaves its path
 * behind, and what is written there then is lost when the real one comes back; what is not found
 * there may well exist. The lock file, which is made with the root and never replaced, stands for
 * the root: its device and number are compared.
 */
final class RootIdentity {
  private final Path lock;
  private final Object identity;

  private RootIdentity(Path lock, Object identity) {
    this.lock = lock;
    this.identity = identity;
  }

  /** The identity of a root whose lock file is held. */
  static RootIdentity of(Path lock) throws IOException {
    return new RootIdentity(lock, identity(lock));
  }

  /**
   * Goes on if the path of the root still leads to what was opened.
   *
   * @throws ElacsymException {@code UNAVAILABLE} when it does not
   */
  void check() {
    IOException reason;
    try {
      if (identity(lock).equals(identity)) {
        return;
      }
      reason = new FileSystemException(lock.toString(), null, "is another file");
    } catch (IOException e) {
      reason = e;
    }
    throw ElacsymException.withDetail(
        ErrorKind.UNAVAILABLE,
        "the data folder is not the one that was opened: it was unmounted, moved or emptied; bring"
            + " it back, or restart the server if it is lost",
        reason.toString(),
        reason);
  }

  private static Object identity(Path lock) throws IOException {
    BasicFileAttributes attributes =
        Files.readAttributes(lock, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    // Windows has no key of a file; there the time of its creation, which nobody sets, must do.
    return Objects.requireNonNullElse(attributes.fileKey(), attributes.creationTime());
  }
}
