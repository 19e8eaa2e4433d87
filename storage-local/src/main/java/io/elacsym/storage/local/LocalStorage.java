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
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Clock;
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
  private final ObjectFiles files;
  private final FolderTree tree;
  private final NameLocks locks = new NameLocks();
  private final ObjectWriter writer;
  private final RootLock rootLock;
  private volatile boolean closed;

  private LocalStorage(ObjectFiles files, VersionClock versions, RootLock rootLock) {
    this.root = files.root();
    this.files = files;
    this.tree = new FolderTree(root);
    this.writer = new ObjectWriter(files, tree, versions, locks);
    this.rootLock = rootLock;
  }

  static LocalStorage open(Path folder, Clock clock) {
    Path root = existing(folder.toAbsolutePath().normalize());
    ObjectFiles files = new ObjectFiles(root);
    RootLock lock;
    try {
      lock = RootLock.take(root, files.lock(), clock);
    } catch (IOException e) {
      throw IoFailures.unusable(root, "its lock file cannot be written", e);
    }
    boolean opened = false;
    try {
      Files.createDirectories(files.temporary());
      removeLeftovers(files.temporary());
      long tick = FileSystemProbe.run(files.temporary());
      LocalStorage storage = new LocalStorage(files, new VersionClock(clock, tick), lock);
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
      Path existing = folder;
      while (existing.getParent() != null && !Files.exists(existing)) {
        existing = existing.getParent();
      }
      Files.createDirectories(folder);
      for (Path made = folder; !made.equals(existing); made = made.getParent()) {
        Durability.syncFolder(made.getParent());
      }
      if (!Files.isWritable(folder) || !Files.isReadable(folder)) {
        throw new AccessDeniedException(folder.toString());
      }
      return folder.toRealPath();
    } catch (IOException e) {
      throw IoFailures.unusable(
          folder, "expected a folder that this user can read and write, or create", e);
    }
  }

  /** What a process that ended in the middle of a put has left. */
  private static void removeLeftovers(Path temporary) throws IOException {
    try (DirectoryStream<Path> leftovers = Files.newDirectoryStream(temporary)) {
      for (Path leftover : leftovers) {
        Files.delete(leftover);
      }
    }
  }

  @Override
  public Optional<StoredObject> get(String name, ByteRange range) {
    checkOpen();
    Path file = files.file(name);
    try {
      return ObjectReads.read(name, file, range);
    } catch (IOException e) {
      throw IoFailures.access("cannot read object '" + name + "'", root, e);
    }
  }

  @Override
  public Optional<ObjectInfo> head(String name) {
    checkOpen();
    Path file = files.file(name);
    try {
      return FileFacts.ofObject(file).map(attributes -> FileFacts.info(name, attributes));
    } catch (IOException e) {
      throw IoFailures.access("cannot look up object '" + name + "'", root, e);
    }
  }

  @Override
  public PutResult put(String name, Payload payload, PutMode mode) {
    checkOpen();
    return writer.put(name, files.file(name), payload, mode, this::checkOpen);
  }

  @Override
  public List<ObjectInfo> list(String prefix, String after, int limit) {
    checkOpen();
    if (limit < 1) {
      throw ElacsymException.invalid("limit is " + limit + ", expected at least 1");
    }
    try {
      return FolderWalk.list(root, prefix, after, limit);
    } catch (IOException e) {
      throw IoFailures.access("cannot list objects with prefix '" + prefix + "'", root, e);
    }
  }

  @Override
  public void delete(List<String> names) {
    checkOpen();
    List<Path> doomed = names.stream().map(files::file).toList();
    Set<Path> touched = new LinkedHashSet<>();
    try {
      for (int i = 0; i < doomed.size(); i++) {
        if (delete(names.get(i), doomed.get(i))) {
          touched.add(doomed.get(i).getParent());
        }
      }
      tree.settle(touched);
    } catch (IOException e) {
      throw IoFailures.access("cannot delete objects", root, e);
    }
  }

  private boolean delete(String name, Path file) throws IOException {
    Lock lock = locks.of(name);
    lock.lock();
    try {
      Optional<BasicFileAttributes> attributes = FileFacts.ofObject(file);
      return attributes.isPresent() && Files.deleteIfExists(file);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public StorageCapabilities capabilities() {
    return CAPABILITIES;
  }

  @Override
  public void close() {
    closed = true;
    // A put that is about to rename finishes first: the next process finds its root at rest.
    tree.alone(rootLock::close);
  }

  private void checkOpen() {
    if (closed) {
      throw new ElacsymException(
          ErrorKind.UNAVAILABLE, "local storage " + root + " is closed; open it again");
    }
  }
}
