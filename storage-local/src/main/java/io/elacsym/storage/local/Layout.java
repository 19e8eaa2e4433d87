package io.elacsym.storage.local;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.storage.Storage;
import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Where objects are below the root. The object {@code a/b} is the file {@code a/b}, but for two
 * cases that a file system does not know:
 *
 * <ul>
 *   <li>{@code a} and {@code a/b} are both objects: whichever came second has {@code a~} in place
 *       of {@code a}.
 *   <li>A part of a name is longer than a file name can be: it is cut into pieces, and all but the
 *       last are folders {@code piece+}.
 * </ul>
 *
 * <p>Of {@code a} and {@code a~}, at most one is a folder and at most one is a file; {@link
 * FolderTree} sees to it. Neither {@code ~} nor {@code +} can be in the name of an object.
 *
 * @param root the real path of the root
 */
record Layout(Path root) {
  static final String TEMPORARY = ".tmp";
  static final String LOCK = ".elacsym.lock";

  static final String SECOND = "~";
  static final String CONTINUED = "+";

  /** Well below the 255 bytes that most file systems allow. */
  private static final int LONGEST_PIECE = 200;

  /**
   * An object's file.
   *
   * @param file where it is
   * @param attributes of a regular file
   */
  record Found(Path file, BasicFileAttributes attributes) {}

  /**
   * The steps from the root to an object's file, if nothing is in its way. The last one is the
   * file.
   *
   * @throws ElacsymException {@code INVALID_REQUEST} for a name that cannot be an object
   */
  static List<String> steps(String name) {
    Storage.checkName(name);
    List<String> steps = pieces(name);
    if (isReserved(steps.getFirst())) {
      throw ElacsymException.invalid(
          "object name '"
              + name
              + "' starts with '"
              + steps.getFirst()
              + "', which local storage"
              + " keeps for itself; choose another name");
    }
    return steps;
  }

  private static List<String> pieces(String name) {
    List<String> pieces = new ArrayList<>();
    for (String part : name.split("/", -1)) {
      int from = 0;
      for (; part.length() - from > LONGEST_PIECE; from += LONGEST_PIECE) {
        pieces.add(part.substring(from, from + LONGEST_PIECE) + CONTINUED);
      }
      pieces.add(part.substring(from));
    }
    return pieces;
  }

  /** Whether a name in the root is ours. */
  static boolean isReserved(String firstStep) {
    return firstStep.equals(TEMPORARY) || firstStep.equals(LOCK);
  }

  /** The object's file; empty when there is no such object. */
  Optional<Found> find(String name) throws IOException {
    List<String> steps = steps(name);
    Path plain = root.resolve(String.join("/", steps));
    Optional<Found> found = file(plain);
    if (found.isPresent()) {
      return found;
    }
    Optional<Path> folder = folder(steps.subList(0, steps.size() - 1));
    if (folder.isEmpty()) {
      return Optional.empty();
    }
    Path first = folder.get().resolve(steps.getLast());
    return first.equals(plain) ? file(second(first)) : fileIn(folder.get(), steps.getLast());
  }

  /** The folder behind these steps; empty when there is none. */
  Optional<Path> folder(List<String> steps) throws IOException {
    Path plain = root.resolve(String.join("/", steps));
    if (isFolder(plain)) {
      return Optional.of(plain); // all steps are plain: no second name on the way
    }
    Path at = root;
    for (String step : steps) {
      Optional<Path> next = folderIn(at, step);
      if (next.isEmpty()) {
        return next;
      }
      at = next.get();
    }
    return Optional.of(at);
  }

  static Optional<Path> folderIn(Path folder, String step) throws IOException {
    Path first = folder.resolve(step);
    if (isFolder(first)) {
      return Optional.of(first);
    }
    Path second = second(first);
    return isFolder(second) ? Optional.of(second) : Optional.empty();
  }

  static Optional<Found> fileIn(Path folder, String step) throws IOException {
    Path first = folder.resolve(step);
    Optional<Found> found = file(first);
    return found.isPresent() ? found : file(second(first));
  }

  /** What stands in for {@code first} when that is taken. */
  static Path second(Path first) {
    return first.resolveSibling(first.getFileName() + SECOND);
  }

  private static Optional<Found> file(Path path) throws IOException {
    return FileFacts.of(path)
        .filter(BasicFileAttributes::isRegularFile)
        .map(attributes -> new Found(path, attributes));
  }

  static boolean isFolder(Path path) throws IOException {
    return FileFacts.of(path).filter(BasicFileAttributes::isDirectory).isPresent();
  }

  Path temporary() {
    return root.resolve(TEMPORARY);
  }

  Path lock() {
    return root.resolve(LOCK);
  }
}
