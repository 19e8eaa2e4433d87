package io.elacsym.engine.disk;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.ErrorKind;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Where files lie that are written before they are stored: blobs under construction and vectors
 * that do not fit in memory. A folder of this process's own, which is emptied when the process ends
 * and, should it be killed, by the next one that starts here. Safe for use by many threads.
 */
public final class Scratch implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Scratch.class.getName());

  /** Below the folder that is given, which may hold other things. */
  private static final String NAME = "scratch";

  private static final String LOCK = "lock";
  private static final int ATTEMPTS = 5;

  /**
   * The folders that this process has, one below each folder given. The engines of a process share
   * them, because a lock on a file belongs to a process as a whole: it would be lost when another
   * engine looks whether it is held.
   */
  private static final Map<Path, Scratch> OPEN = new HashMap<>();

  private static final ReentrantLock OPENING = new ReentrantLock();

  private static final Queue<FileChannel> NEVER_CLOSED = new ConcurrentLinkedQueue<>();

  private final Place place;
  private final Path folder;
  private FileChannel lock;
  private int users;

  private Scratch(Place place, Path folder, FileChannel lock) {
    this.place = place;
    this.folder = folder;
    this.lock = lock;
  }

  /**
   * A folder in which a scratch may lie.
   *
   * @param folder may hold other things, too
   * @param making makes it if it is missing, when the scratch is opened, and when it has vanished
   */
  public record Place(Path folder, Making making) {
    /** A folder that is made with all its parents, whenever it is missing. */
    public static Place at(Path folder) {
      return new Place(folder, () -> PrivateFolders.create(folder));
    }

    private Path parent() {
      return folder.toAbsolutePath().normalize().resolve(NAME);
    }

    @Override
    public String toString() {
      return folder.toString();
    }
  }

  /** How a folder is made. */
  @FunctionalInterface
  public interface Making {
    /**
     * Goes on if the folder is there, or has been made.
     *
     * @throws ElacsymException when it must not be made: a volume it lay in has been unmounted,
     *     say, and what is put in its place would be lost when the volume comes back
     */
    void ifMissing() throws IOException;
  }

  /**
   * Opens in the first of some places that can be used.
   *
   * @param places at least one
   * @throws ElacsymException {@code INVALID_REQUEST} when none can be used
   */
  public static Scratch open(List<Place> places) {
    List<String> problems = new ArrayList<>();
    for (Place candidate : places) {
      try {
        Scratch scratch = open(candidate);
        if (!problems.isEmpty()) {
          LOG.log(
              Level.WARNING,
              "temporary files of flushes go to {0}, because {1}",
              scratch.folder,
              String.join("; ", problems));
        }
        return scratch;
      } catch (IOException e) {
        problems.add(candidate + " cannot be used: " + e);
      }
    }
    throw ElacsymException.invalid(
        "there is no folder for the temporary files of flushes ("
            + String.join("; ", problems)
            + "); make cache.disk_path a folder that this user can write to");
  }

  private static Scratch open(Place place) throws IOException {
    Path parent = place.parent();
    OPENING.lock();
    try {
      Scratch scratch = OPEN.get(parent);
      if (scratch == null) {
        place.making().ifMissing();
        PrivateFolders.createOne(parent);
        removeLeftovers(parent);
        scratch = created(place, parent);
        OPEN.put(parent, scratch);
      }
      scratch.users++;
      return scratch;
    } finally {
      OPENING.unlock();
    }
  }

  private static Scratch created(Place place, Path parent) throws IOException {
    for (int attempt = 1; ; attempt++) {
      Path folder = Files.createTempDirectory(parent, ""); // for its owner, as the JDK makes it
      try {
        return new Scratch(place, folder, locked(folder));
      } catch (IOException e) {
        // Another process that starts may have taken it for a leftover before it was locked.
        if (attempt == ATTEMPTS) {
          throw e;
        }
      }
    }
  }

  private static FileChannel locked(Path folder) throws IOException {
    FileChannel lock =
        FileChannel.open(
            folder.resolve(LOCK), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    if (lock.tryLock() == null) {
      lock.close();
      throw new IOException("the lock in it cannot be had");
    }
    return lock;
  }

  /** Deletes the folders of processes that have ended; theirs are those without a lock. */
  private static void removeLeftovers(Path parent) throws IOException {
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(parent)) {
      for (Path folder : folders) {
        try {
          if (Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS) && isLeft(folder)) {
            delete(folder);
          }
        } catch (IOException e) {
          // The folder has just vanished, or another user owns it; nothing depends on deleting it.
          LOG.log(Level.DEBUG, "what is in " + folder + " is left alone", e);
        }
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
  }

  private static boolean isLeft(Path folder) throws IOException {
    Path lock = folder.resolve(LOCK);
    if (!Files.exists(lock, LinkOption.NOFOLLOW_LINKS)) {
      return false; // being created, or none of ours
    }
    FileChannel channel =
        FileChannel.open(lock, Set.of(StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS));
    try {
      boolean left = channel.tryLock() != null;
      channel.close();
      return left;
    } catch (OverlappingFileLockException e) {
      // The same class, loaded a second time in this process, holds the lock. Closing any channel
      // of the file would end that lock.
      NEVER_CLOSED.add(channel);
      return false;
    }
  }

  /** The lock goes last: without it nobody would know that the folder can be deleted. */
  private static void delete(Path folder) throws IOException {
    try (DirectoryStream<Path> files =
        Files.newDirectoryStream(folder, file -> !file.endsWith(LOCK))) {
      for (Path file : files) {
        Files.deleteIfExists(file);
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    Files.deleteIfExists(folder.resolve(LOCK));
    Files.deleteIfExists(folder);
  }

  /**
   * Creates an empty file, which whoever asked for it deletes.
   *
   * @param suffix such as {@code .blob}
   * @throws ElacsymException when the place of this folder has gone
   */
  public Path newFile(String suffix) throws IOException {
    try {
      return Files.createTempFile(folder, "", suffix);
    } catch (NoSuchFileException e) {
      // An operator has deleted the folder, or has unmounted the volume in which it lies.
      restore();
      return Files.createTempFile(folder, "", suffix);
    }
  }

  private void restore() throws IOException {
    OPENING.lock();
    try {
      if (!Files.exists(folder.resolve(LOCK))) {
        place.making().ifMissing();
        // Each folder by itself, without its parents: if a volume is unmounted between these steps,
        // nothing is made in its place.
        PrivateFolders.createOne(place.parent());
        PrivateFolders.createOne(folder);
        FileChannel lost = lock;
        lock = locked(folder);
        lost.close();
      }
    } finally {
      OPENING.unlock();
    }
  }

  /** What to throw when a file of it cannot be written. */
  public ElacsymException failed(IOException e) {
    return ElacsymException.withDetail(
        ErrorKind.UNAVAILABLE,
        "a temporary file cannot be written; the server needs space for them",
        "in " + folder + ": " + e,
        e);
  }

  Path folder() {
    return folder;
  }

  /** When the last engine of this process has closed it, the folder goes. */
  @Override
  public void close() {
    OPENING.lock();
    try {
      users--;
      if (users > 0) {
        return;
      }
      OPEN.remove(place.parent());
      FileChannel last = lock;
      try (last) {
        delete(folder);
      }
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "what is left of " + folder + " goes when the next process starts", e);
    } finally {
      OPENING.unlock();
    }
  }
}
