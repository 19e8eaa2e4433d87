package io.elacsym.storage.local;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.ErrorKind;
import io.elacsym.api.blob.ByteRange;
import io.elacsym.api.storage.ObjectInfo;
import io.elacsym.api.storage.Payload;
import io.elacsym.api.storage.PutMode;
import io.elacsym.api.storage.PutResult;
import io.elacsym.api.storage.Storage;
import io.elacsym.api.storage.StorageCapabilities;
import io.elacsym.api.storage.StoredObject;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.Lock;

/** A folder as object storage; the module's page says how. */
final class LocalStorage implements Storage {
  private static final StorageCapabilities CAPABILITIES =
      new StorageCapabilities(Long.MAX_VALUE, false);

  private final Path root;
  private final Layout layout;
  private final Clock clock;
  private final FolderTree tree;
  private final NameLocks locks = new NameLocks();
  private final ObjectWriter writer;
  private final RootLock rootLock;
  private final RootIdentity identity;
  private volatile boolean closed;

  private LocalStorage(
      Layout layout, Clock clock, TagClock tags, RootLock rootLock, RootIdentity identity) {
    this.root = layout.root();
    this.clock = clock;
    this.layout = layout;
    this.tree = new FolderTree(layout);
    this.writer = new ObjectWriter(layout, tree, tags, locks);
    this.rootLock = rootLock;
    this.identity = identity;
  }

  static LocalStorage open(Path folder, Clock clock) {
    Path root = existing(folder.toAbsolutePath().normalize());
    Layout layout = new Layout(root);
    RootLock lock;
    try {
      lock = RootLock.take(root, layout.lock(), clock);
    } catch (IOException e) {
      throw IoFailures.unusable(root, "its lock file cannot be written", e);
    }
    boolean opened = false;
    try {
      emptyTemporary(layout.temporary());
      long tick = FileSystemProbe.run(layout.temporary());
      LocalStorage storage =
          new LocalStorage(
              layout, clock, new TagClock(clock, tick), lock, RootIdentity.of(layout.lock()));
      opened = true;
      return storage;
    } catch (IOException e) {
      throw IoFailures.unusable(root, "the file system does not do what is needed", e);
    } finally {
      if (!opened) {
        lock.close();
      }
    }
  }

  private static Path existing(Path folder) {
    try {
      createDurably(folder);
      if (!Files.isWritable(folder) || !Files.isReadable(folder)) {
        throw new AccessDeniedException(folder.toString());
      }
      return folder.toRealPath();
    } catch (IOException e) {
      throw IoFailures.unusable(
          folder, "expected a folder that this user can read and write, or create", e);
    }
  }

  private static void createDurably(Path folder) throws IOException {
    Path parent = folder.getParent();
    if (parent == null || Files.isDirectory(folder)) {
      return;
    }
    createDurably(parent);
    PrivateFiles.createFolder(folder);
    Durability.syncEntry(folder);
  }

  /**
   * Makes the folder of temporary files and deletes what a process that ended in the middle of a
   * put has left in it. A link is refused: the files it leads to may not be ours, and would be
   * deleted.
   */
  private static void emptyTemporary(Path temporary) throws IOException {
    if (!Files.exists(temporary, LinkOption.NOFOLLOW_LINKS)) {
      PrivateFiles.createFolder(temporary);
      return;
    }
    if (!Files.isDirectory(temporary, LinkOption.NOFOLLOW_LINKS)) {
      throw new FileSystemException(
          temporary.toString(), null, "'.tmp' in it is a link or a file; remove that");
    }
    Files.walkFileTree(temporary, new Emptying(temporary));
  }

  @Override
  public Optional<StoredObject> get(String name, ByteRange range) {
    checkOpen();
    try {
      return present(ObjectReads.read(layout, name, range));
    } catch (IOException e) {
      throw IoFailures.access("cannot read object '" + name + "'", root, e);
    }
  }

  @Override
  public Optional<ObjectInfo> head(String name) {
    checkOpen();
    try {
      return present(layout.find(name).map(found -> FileFacts.info(name, found.attributes())));
    } catch (IOException e) {
      throw IoFailures.access("cannot look up object '" + name + "'", root, e);
    }
  }

  @Override
  public PutResult put(String name, Payload payload, PutMode mode) {
    checkOpen();
    return writer.put(name, payload, mode, this::checkUsable);
  }

  @Override
  public List<ObjectInfo> list(String prefix, String after, int limit) {
    checkOpen();
    if (limit < 1) {
      throw ElacsymException.invalid("limit is " + limit + ", expected at least 1");
    }
    try {
      List<ObjectInfo> found = FolderWalk.list(layout, prefix, after, limit);
      identity.check(); // after the walk, because what is missing in it must be missing in the root
      return found;
    } catch (IOException e) {
      throw IoFailures.access("cannot list objects with prefix '" + prefix + "'", root, e);
    }
  }

  @Override
  public List<String> listFolders(String prefix, String after, int limit) {
    checkOpen();
    if (limit < 1) {
      throw ElacsymException.invalid("limit is " + limit + ", expected at least 1");
    }
    try {
      List<String> found = FolderWalk.listFolders(layout, prefix, after, limit);
      identity.check(); // as for a list of objects
      return found;
    } catch (IOException e) {
      throw IoFailures.access("cannot list folders with prefix '" + prefix + "'", root, e);
    }
  }

  /**
   * The deadline is compared with this machine's clock just before the file is deleted. That is
   * enough here: only one process at a time has the folder, and no delete of it goes on once the
   * process has ended.
   */
  @Override
  public void deleteBefore(String name, Instant deadline) {
    delete(
        List.of(name),
        () -> {
          if (!clock.instant().isBefore(deadline)) {
            throw new ElacsymException(
                ErrorKind.UNAVAILABLE,
                "cannot delete object '"
                    + name
                    + "': the time for it, until "
                    + deadline
                    + ", is over");
          }
        });
  }

  @Override
  public void delete(List<String> names) {
    delete(names, () -> {});
  }

  /**
   * @param condition throws when an object must not be deleted after all. It is asked while the
   *     object's lock is held: the machine may sleep while it waits for the lock, so an earlier
   *     answer could be out of date.
   */
  private void delete(List<String> names, Runnable condition) {
    checkOpen();
    names.forEach(Layout::steps); // all names are checked before anything is deleted
    Set<Path> touched = new LinkedHashSet<>();
    try {
      for (String name : names) {
        deleted(name, condition).map(Path::getParent).ifPresent(touched::add);
      }
      tree.settle(touched);
    } catch (IOException e) {
      throw IoFailures.access("cannot delete objects", root, e);
    }
  }

  private Optional<Path> deleted(String name, Runnable condition) throws IOException {
    Lock lock = locks.of(name);
    lock.lock();
    try {
      return tree.inUse(top -> {
        checkUsable();
        condition.run();
        Optional<Path> file = layout.find(name).map(Layout.Found::file);
        if (file.isPresent()) {
          Files.deleteIfExists(file.get());
        }
        return file;
      });
    } finally {
      lock.unlock();
    }
  }

  @Override
  public StorageCapabilities capabilities() {
    return CAPABILITIES;
  }

  @Override
  public Optional<Path> temporaryFolder() {
    checkUsable();
    try {
      PrivateFiles.restoreFolder(layout.temporary());
      return Optional.of(layout.temporary());
    } catch (IOException e) {
      throw IoFailures.access("cannot make the folder of temporary files", root, e);
    }
  }

  @Override
  public void close() {
    closed = true;
    // A put that is about to rename finishes first: the next process finds its root at rest.
    tree.alone(rootLock::close);
  }

  /**
   * Passes {@code found} on. When it is empty, it first checks that the root is still the folder
   * that was opened: in another folder, everything seems to be absent.
   */
  private <T> Optional<T> present(Optional<T> found) {
    if (found.isEmpty()) {
      identity.check();
    }
    return found;
  }

  private void checkUsable() {
    checkOpen();
    identity.check();
  }

  private void checkOpen() {
    if (closed) {
      throw new ElacsymException(
          ErrorKind.UNAVAILABLE, "the local storage is closed; open it again");
    }
  }
}
