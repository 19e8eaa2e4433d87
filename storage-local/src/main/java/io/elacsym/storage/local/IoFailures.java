package io.elacsym.storage.local;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.ErrorKind;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;

/** Turns what the file system says into what an operator should do. */
final class IoFailures {
  private IoFailures() {}

  /** A failed read, listing or delete below {@code root}. */
  static ElacsymException access(String action, Path root, IOException e) {
    if (e instanceof AccessDeniedException) {
      return unavailable(
          action + ": the server has no permission for that",
          "user '"
              + user()
              + "' needs the rights to read and write everything below "
              + root
              + ", also "
              + e.getMessage(),
          e);
    }
    return unavailable(action + ": " + reason(e), "below " + root, e);
  }

  /** A failed write of {@code size} bytes below {@code root}. */
  static ElacsymException write(String name, long size, Path root, IOException e) {
    String action = "cannot write object '" + name + "' of " + size + " bytes";
    String reason = reason(e);
    if (isNameTooLong(e)) {
      return ElacsymException.invalid(
          action + ": a part of its name is longer than the file system allows (" + reason + ")");
    }
    if (e instanceof AccessDeniedException) {
      return access(action, root, e);
    }
    long free = freeBytes(root);
    String said = reason.toLowerCase(Locale.ROOT);
    boolean full = said.contains("no space left") || said.contains("quota") || free < size;
    if (full || said.contains("file too large")) {
      return unavailable(
          action
              + ": no space left ("
              + reason
              + "; "
              + free
              + " bytes are free); free space, or raise the quota or file size limit",
          "below " + root + ", as user '" + user() + "'",
          e);
    }
    return access(action, root, e);
  }

  /** The root cannot be used at all. */
  static ElacsymException unusable(Path root, String problem, IOException e) {
    return new ElacsymException(
        ErrorKind.INVALID_REQUEST,
        "root_path "
            + root
            + " cannot be used by user '"
            + user()
            + "': "
            + problem
            + " ("
            + reason(e)
            + ")",
        e);
  }

  private static ElacsymException unavailable(String message, String detail, IOException e) {
    return ElacsymException.withDetail(ErrorKind.UNAVAILABLE, message, detail, e);
  }

  private static boolean isNameTooLong(IOException e) {
    return reason(e).toLowerCase(Locale.ROOT).contains("name too long");
  }

  private static String user() {
    return System.getProperty("user.name", "unknown");
  }

  private static String reason(IOException e) {
    String message =
        e instanceof FileSystemException failure ? failure.getReason() : e.getMessage();
    if (message != null) {
      return message;
    }
    return switch (e) { // their message is a path
      case NoSuchFileException gone -> "a folder of it is gone";
      case FileAlreadyExistsException taken -> "something else is in its place";
      default -> "the file system has failed";
    };
  }

  private static long freeBytes(Path root) {
    try {
      return Files.getFileStore(root).getUsableSpace();
    } catch (IOException e) {
      // Only used to word another failure better.
      return Long.MAX_VALUE;
    }
  }
}
