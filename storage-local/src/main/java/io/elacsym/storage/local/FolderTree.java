package io.elacsym.storage.local;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * The folders that object names imply: they appear with the first object in them and go with the
 * last. Safe for use by many threads.
 *
 * <p>Folders are created and removed by one thread at a time, while no file is placed or deleted;
 * so whoever {@linkplain #inFolder places a file} knows that what is a folder stays one.
 */
final class FolderTree {
  // A folder that is forgotten costs one more fsync when it is used again. Without a bound, the
  // folders of millions of namespaces would fill the memory.
  private static final int MAX_REMEMBERED = 100_000;

  private final Layout layout;
  private final Set<Path> durable = ConcurrentHashMap.newKeySet();
  private final ReadWriteLock structure = new ReentrantReadWriteLock();

  FolderTree(Layout layout) {
    this.layout = layout;
  }

  /** Work on a folder that exists and is durable. */
  @FunctionalInterface
  interface Work<T> {
    T in(Path folder) throws IOException;
  }

  /** Works in a folder that exists, and survives a power cut, as long as the work takes. */
  <T> T inFolder(List<String> steps, Work<T> work) throws IOException {
    structure.readLock().lock();
    try {
      Optional<Path> folder = layout.folder(steps).filter(this::isDurable);
      if (folder.isPresent()) {
        return work.in(folder.get());
      }
    } finally {
      structure.readLock().unlock();
    }
    return inNewFolder(steps, work);
  }

  private <T> T inNewFolder(List<String> steps, Work<T> work) throws IOException {
    Path folder = layout.root();
    structure.writeLock().lock();
    try {
      for (String step : steps) {
        folder = createDurably(folder, step);
      }
      structure.readLock().lock(); // kept, when the write lock is given back
    } finally {
      structure.writeLock().unlock();
    }
    try {
      return work.in(folder);
    } finally {
      structure.readLock().unlock();
    }
  }

  /** Runs a step while nobody changes folders. */
  <T> T inUse(Work<T> work) throws IOException {
    structure.readLock().lock();
    try {
      return work.in(layout.root());
    } finally {
      structure.readLock().unlock();
    }
  }

  /** Runs a step once nobody works in a folder, while nobody can start to. */
  void alone(Runnable step) {
    structure.writeLock().lock();
    try {
      step.run();
    } finally {
      structure.writeLock().unlock();
    }
  }

  private boolean isDurable(Path folder) {
    return folder.equals(layout.root()) || durable.contains(folder);
  }

  private Path createDurably(Path parent, String step) throws IOException {
    Optional<Path> existing = Layout.folderIn(parent, step);
    if (existing.isPresent() && durable.contains(existing.get())) {
      return existing.get();
    }
    Path folder;
    if (existing.isPresent()) {
      folder = existing.get(); // an earlier process may have made it and died before the fsync
    } else {
      Path first = parent.resolve(step);
      folder = FileFacts.of(first).isPresent() ? Layout.second(first) : first;
      PrivateFiles.createFolder(folder);
    }
    Durability.syncFolder(parent);
    if (durable.size() >= MAX_REMEMBERED) {
      durable.clear();
    }
    durable.add(folder);
    return folder;
  }

  /**
   * After deletes from these folders: removes those that are empty, with their empty parents, and
   * makes the deletes survive a power cut.
   */
  void settle(Collection<Path> folders) throws IOException {
    Set<Path> remaining = new HashSet<>();
    structure.writeLock().lock();
    try {
      for (Path folder : folders) {
        remaining.add(prune(folder));
      }
    } finally {
      structure.writeLock().unlock();
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
    while (!at.equals(layout.root())) {
      if (Files.isSymbolicLink(at)) {
        return at; // deleting it would remove an operator's link, not an empty folder
      }
      try {
        Files.delete(at);
      } catch (NoSuchFileException e) {
        // Gone already.
      } catch (DirectoryNotEmptyException e) {
        return at;
      }
      durable.remove(at);
      at = Objects.requireNonNull(at.getParent()); // we are below the root
    }
    return layout.root();
  }
}
