package io.elacsym.storage.local;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.storage.ObjectInfo;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;

/**
 * One page of a listing, in byte order of the names. Folders that cannot hold a wanted name are not
 * opened, and files beyond the page are not looked at.
 *
 * <p>What is still to be looked at waits in one queue, ordered by the least name that it can have
 * or hold: a folder {@code d} stands where {@code d/} sorts, after {@code d.txt} and before {@code
 * d0}. Names are ASCII, so the order of {@link String} is the order of bytes.
 */
final class FolderWalk {
  /**
   * The character that follows the slash: {@code d} and this character sort behind all names in the
   * folder {@code d}.
   */
  private static final char BEHIND_SLASH = '/' + 1;

  private final Layout layout;
  private final String prefix;
  private final String after;
  private final PriorityQueue<Pending> queue =
      new PriorityQueue<>(Comparator.comparing(Pending::start));

  private FolderWalk(Layout layout, String prefix, String after) {
    this.layout = layout;
    this.prefix = prefix;
    this.after = after;
  }

  /**
   * Something to look at.
   *
   * @param start its name, if it turns out to be a file; what the names in it start with, if it is
   *     known to be a folder
   */
  private record Pending(String start, Path path, boolean isFolder) {}

  static List<ObjectInfo> list(Layout layout, String prefix, String after, int limit)
      throws IOException {
    FolderWalk walk = new FolderWalk(layout, prefix, after);
    walk.begin();
    List<ObjectInfo> found = new ArrayList<>();
    while (found.size() < limit && !walk.queue.isEmpty()) {
      walk.look(walk.queue.remove()).ifPresent(found::add);
    }
    return found;
  }

  /**
   * One page of the folders right behind a prefix, in the order of their objects. Of each only so
   * much is looked at as shows that it holds an object.
   */
  static List<String> listFolders(Layout layout, String prefix, String after, int limit)
      throws IOException {
    // The page starts behind everything in the folder that was the last one of the page before.
    FolderWalk walk = new FolderWalk(layout, prefix, after.isEmpty() ? "" : after + BEHIND_SLASH);
    walk.begin();
    List<String> found = new ArrayList<>();
    while (found.size() < limit && !walk.queue.isEmpty()) {
      Pending next = walk.queue.remove();
      int slash = next.start().indexOf('/', prefix.length());
      if (slash < 0) {
        walk.look(next); // an object beside the folders, or a part of a long name
      } else if (walk.holdsAny(next)) {
        found.add(next.start().substring(0, slash));
      }
    }
    return found;
  }

  private boolean holdsAny(Pending folder) throws IOException {
    FolderWalk inside = new FolderWalk(layout, prefix, after);
    inside.queue.add(folder);
    while (!inside.queue.isEmpty()) {
      if (inside.look(inside.queue.remove()).isPresent()) {
        return true;
      }
    }
    return false;
  }

  /** Starts in the deepest folder that holds all names with the prefix. */
  private void begin() throws IOException {
    int slash = prefix.lastIndexOf('/');
    if (slash < 0) {
      queue.add(new Pending("", layout.root(), true));
      return;
    }
    try {
      List<String> steps = Layout.steps(prefix.substring(0, slash));
      layout
          .folder(steps)
          .ifPresent(path -> queue.add(new Pending(prefix.substring(0, slash + 1), path, true)));
    } catch (ElacsymException e) {
      // No object can have a name with this prefix.
    }
  }

  private Optional<ObjectInfo> look(Pending pending) throws IOException {
    if (pending.isFolder()) {
      openFolder(pending);
      return Optional.empty();
    }
    Optional<BasicFileAttributes> attributes = FileFacts.of(pending.path());
    if (attributes.isEmpty()) {
      return Optional.empty(); // deleted since its folder was read
    }
    String name = pending.start();
    if (attributes.get().isDirectory()) {
      if (mayHold(name + "/")) {
        queue.add(new Pending(name + "/", pending.path(), true));
      }
      return Optional.empty();
    }
    boolean isObject = isWanted(name) && attributes.get().isRegularFile();
    return isObject ? Optional.of(FileFacts.info(name, attributes.get())) : Optional.empty();
  }

  private void openFolder(Pending folder) throws IOException {
    try (DirectoryStream<Path> children = Files.newDirectoryStream(folder.path())) {
      for (Path child : children) {
        add(folder.start(), child);
      }
    } catch (NoSuchFileException | NotDirectoryException e) {
      // The folder was removed since its parent was read: there is nothing in it to list.
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
  }

  private void add(String start, Path child) {
    String step = child.getFileName().toString();
    if (start.isEmpty() && Layout.isReserved(step)) {
      return;
    }
    boolean isContinued = step.endsWith(Layout.CONTINUED);
    boolean isMarked = isContinued || step.endsWith(Layout.SECOND);
    String part = isMarked ? step.substring(0, step.length() - 1) : step;
    String name = start + part;
    if (!isNamePart(part)) {
      return; // an operator's file, or one of the file system: lost+found, say
    }
    if (isContinued ? mayHold(name) : isWanted(name) || mayHold(name + "/")) {
      queue.add(new Pending(name, child, isContinued));
    }
  }

  /** Whether a file or folder of this name can be an object or a part of one's name. */
  private static boolean isNamePart(String part) {
    for (int i = 0; i < part.length(); i++) {
      char c = part.charAt(i);
      boolean plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
      if (!plain && "-_.".indexOf(c) < 0) {
        return false;
      }
    }
    return !part.isEmpty();
  }

  private boolean isWanted(String name) {
    return name.startsWith(prefix) && name.compareTo(after) > 0;
  }

  /** Whether a name that starts with {@code start} can be wanted. */
  private boolean mayHold(String start) {
    boolean hasPrefix = start.startsWith(prefix) || prefix.startsWith(start);
    boolean isLater = start.compareTo(after) > 0 || after.startsWith(start);
    return hasPrefix && isLater;
  }
}
