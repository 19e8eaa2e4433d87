package io.elacsym.storage.local;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * The folders that object names imply: they appear with the first object in them and go with the last.
 * Safe for use by many threads.
 *
 * <p>Files are placed while {@link #inUse} is held, folders are removed while nobody holds it, so no
 * folder disappears between its creation and the rename into it.
 */
final class FolderTree {
  // Forgetting only costs an fsync; a bound keeps millions of namespaces from filling the memory.
  private static final int MAX_REMEMBERED = 100_000;

  private final Path root;
  private final Set<Path> durable = ConcurrentHashMap.newKeySet();
  private final ReadWriteLock removal = new ReentrantReadWriteLock();

  FolderTree(Path root) {
    this.root = root;
  }

  /** A step that may fail with an {@link IOException}. */
  @FunctionalInterface
  interface Step<T> {
    T run() throws IOException;
  }

  /** Runs a step during which no folder is removed. */
  <T> T inUse(Step<T> step) throws IOException {
    removal.readLock().lock();
    try {
      return step.run();
    } finally {
      removal.readLock().unlock();
    }
  }

  /** Runs a step once nobody uses the tree, while nobody can start to. */
  void alone(Runnable step) {
    removal.writeLock().lock();
    try {
      step.run();
    } finally {
      removal.writeLock().unlock();
    }
  }

  /**
   * Creates a folder with its parents, so that all of them survive a power cut. Call it {@link
   * #inUse}.
   *
   * @throws FileAlreadyExistsException when one of them is a file
   */
  void createDurably(Path folder) throws IOException {
    if (folder.equals(root) || durable.contains(folder)) {
      return;
    }
    Path parent = folder.getParent();
    createDurably(parent);
    try {
      Files.createDirectory(folder);
    } catch (FileAlreadyExistsException e) {
      if (!Files.isDirectory(folder)) {
        throw e;
      }
      // Somebody else made it and may not have synced it yet, or an earlier process never did.
    }
    Durability.syncFolder(parent);
    if (durable.size() >= MAX_REMEMBERED) {
      durable.clear();
    }
    durable.add(folder);
  }

  /** Forgets which folders are known to exist: somebody has removed one behind our back. */
  void forget() {
    durable.clear();
  }

  /**
   * After deletes from these folders: removes those that are empty, with their empty parents, and makes
   * the deletes survive a power cut.
   */
  void settle(Collection<Path> folders) throws IOException {
    Set<Path> remaining = new HashSet<>();
    removal.writeLock().lock();
    try {
      for (Path folder : folders) {
        remaining.add(prune(folder));
      }
    } finally {
      removal.writeLock().unlock();
    }
    for (Path folder : remaining) {
      try {
        Durability.syncFolder(folder);
      } catch (NoSuchFileException e) {
        // Pruned meanwhile by another delete, which syncs the parent.
      }
    }
  }

  /** Removes empty folders upwards; returns the first that stays. */
  private Path prune(Path folder) throws IOException {
    Path at = folder;
    while (!at.equals(root)) {
      if (Files.isSymbolicLink(at)) {
        return at; // deleting it would remove an operator's link, not an empty folder
      }
      try {
        durable.remove(at);
        Files.delete(at);
      } catch (NoSuchFileException e) {
        // Gone already.
      } catch (DirectoryNotEmptyException e) {
        return at;
      }
      at = at.getParent();
    }
    return root;
  }

  /**
   * Removes a folder in which are only folders: a put that failed may have left them. A put that is
   * about to rename into them notices.
   *
   * @throws DirectoryNotEmptyException when there are files
   */
  void removeIfEmpty(Path folder) throws IOException {
    forget();
    try (DirectoryStream<Path> children = Files.newDirectoryStream(folder, Files::isDirectory)) {
      for (Path child : children) {
        removeIfEmpty(child);
      }
    }
    Files.deleteIfExists(folder);
  }
}
