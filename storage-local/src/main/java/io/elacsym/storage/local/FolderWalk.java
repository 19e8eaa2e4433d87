package io.elacsym.storage.local;

import io.elacsym.api.storage.ObjectInfo;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;

/**
 * One page of a listing, in byte order of the names. Folders that cannot hold a wanted name are not
 * opened, and files beyond the page are not looked at.
 *
 * <p>Names are ASCII, so the order of {@link String} is the order of bytes. A folder {@code d} stands
 * where {@code d/} sorts: after {@code d.txt}, before {@code d0}.
 */
final class FolderWalk {
  private final Path root;
  private final String prefix;
  private final String after;
  private final int limit;
  private final List<ObjectInfo> found = new ArrayList<>();

  private FolderWalk(Path root, String prefix, String after, int limit) {
    this.root = root;
    this.prefix = prefix;
    this.after = after;
    this.limit = limit;
  }

  static List<ObjectInfo> list(Path root, String prefix, String after, int limit)
      throws IOException {
    FolderWalk walk = new FolderWalk(root, prefix, after, limit);
    walk.folder(prefix.substring(0, prefix.lastIndexOf('/') + 1));
    return walk.found;
  }

  /** Lists a folder, given as the start of all names in it: empty or ending in a slash. */
  private void folder(String start) throws IOException {
    PriorityQueue<String> pending = new PriorityQueue<>(children(start));
    while (found.size() < limit && !pending.isEmpty()) {
      String name = pending.remove();
      if (name.endsWith("/")) {
        folder(name);
        continue;
      }
      Optional<BasicFileAttributes> attributes = FileFacts.of(root.resolve(name));
      if (attributes.isEmpty()) {
        continue; // deleted since the folder was read
      }
      if (attributes.get().isDirectory()) {
        String inside = name + "/";
        if (mayHold(inside)) {
          pending.add(inside);
        }
      } else if (isWanted(name) && attributes.get().isRegularFile()) {
        found.add(FileFacts.info(name, attributes.get()));
      }
    }
  }

  /** Names in a folder that are wanted, or would be if they were folders. */
  private List<String> children(String start) throws IOException {
    List<String> names = new ArrayList<>();
    try (DirectoryStream<Path> folder = Files.newDirectoryStream(root.resolve(start))) {
      for (Path child : folder) {
        String part = child.getFileName().toString();
        String name = start + part;
        boolean ours = start.isEmpty() && ObjectFiles.isReserved(part);
        if (!ours && ObjectFiles.isNamePart(part) && (isWanted(name) || mayHold(name + "/"))) {
          names.add(name);
        }
      }
    } catch (NoSuchFileException | NotDirectoryException e) {
      return List.of();
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    } catch (FileSystemException e) {
      if (FileFacts.isBelowFile(root, root.resolve(start))) {
        return List.of();
      }
      throw e;
    }
    return names;
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
