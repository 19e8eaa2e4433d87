package io.elacsym.storage.local;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.storage.Payload;
import io.elacsym.api.storage.PutMode;
import io.elacsym.api.storage.PutResult;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Lock;

/** Puts objects: write aside and fsync, then under the name's lock check, rename and fsync. */
final class ObjectWriter {
  private static final int PIECE = 1 << 18;

  private final ObjectFiles files;
  private final FolderTree tree;
  private final VersionClock versions;
  private final NameLocks locks;
  private final AtomicLong temporaries = new AtomicLong();

  ObjectWriter(ObjectFiles files, FolderTree tree, VersionClock versions, NameLocks locks) {
    this.files = files;
    this.tree = tree;
    this.versions = versions;
    this.locks = locks;
  }

  /**
   * @param beforeRename throws when the storage has been closed meanwhile
   */
  PutResult put(String name, Path file, Payload payload, PutMode mode, Runnable beforeRename) {
    Path temporary = files.temporary().resolve(Long.toString(temporaries.incrementAndGet(), 36));
    try {
      if (!holds(mode, FileFacts.ofObject(file))) {
        return PutResult.LOST; // spares writing the bytes
      }
      FileTime modified = writeAside(name, temporary, payload);
      return place(new Pending(name, file, temporary, payload.size(), modified), mode, beforeRename);
    } catch (IOException e) {
      throw IoFailures.write(name, payload.size(), files.root(), e);
    } finally {
      discard(temporary);
    }
  }

  /** A file that is complete and durable but has no name yet. */
  private record Pending(String name, Path file, Path temporary, long size, FileTime modified) {
    Pending at(FileTime time) {
      return new Pending(name, file, temporary, size, time);
    }

    PutResult won() {
      return PutResult.won(VersionClock.version(modified, size));
    }
  }

  private static boolean holds(PutMode mode, Optional<BasicFileAttributes> current) {
    if (mode.ifAbsent()) {
      return current.isEmpty();
    }
    return mode.version().isEmpty()
        || current.map(VersionClock::version).equals(mode.version());
  }

  private FileTime writeAside(String name, Path temporary, Payload payload) throws IOException {
    try (FileChannel channel = create(temporary)) {
      copy(name, payload, channel);
      FileTime modified = versions.next();
      stamp(temporary, channel, modified);
      return modified;
    }
  }

  private FileChannel create(Path temporary) throws IOException {
    try {
      return FileChannel.open(
          temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    } catch (NoSuchFileException e) {
      // An operator has tidied up the folder of temporary files.
      Files.createDirectories(files.temporary());
      return FileChannel.open(
          temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    }
  }

  private static void copy(String name, Payload payload, FileChannel channel) throws IOException {
    long size = payload.size();
    byte[] piece = new byte[(int) Math.min(PIECE, Math.max(1, size))];
    long written = 0;
    try (InputStream bytes = openPayload(name, payload)) {
      int read;
      while ((read = readPayload(name, bytes, piece)) >= 0) {
        ByteBuffer buffer = ByteBuffer.wrap(piece, 0, read);
        while (buffer.hasRemaining()) {
          channel.write(buffer);
        }
        written += read;
      }
    }
    if (written != size) {
      throw ElacsymException.invalid(
          "payload of object '" + name + "' yields " + written + " bytes, expected its size of "
              + size);
    }
  }

  // A payload that cannot be read is not a fault of this storage: it must not be worded as one.
  private static InputStream openPayload(String name, Payload payload) {
    try {
      return payload.open();
    } catch (IOException e) {
      throw unreadable(name, e);
    }
  }

  private static int readPayload(String name, InputStream bytes, byte[] piece) {
    try {
      return bytes.read(piece);
    } catch (IOException e) {
      throw unreadable(name, e);
    }
  }

  private static ElacsymException unreadable(String name, IOException e) {
    return ElacsymException.unavailable("cannot read the payload of object '" + name + "': " + e, e);
  }

  /** Gives the file its version and makes bytes and version durable. */
  private static void stamp(Path temporary, FileChannel channel, FileTime modified)
      throws IOException {
    Files.setLastModifiedTime(temporary, modified);
    channel.force(true);
  }

  private PutResult place(Pending pending, PutMode mode, Runnable beforeRename)
      throws IOException {
    Lock lock = locks.of(pending.name());
    lock.lock();
    try {
      return tree.inUse(
          () -> {
            beforeRename.run();
            Optional<BasicFileAttributes> current = FileFacts.of(pending.file());
            if (!holds(mode, current.filter(BasicFileAttributes::isRegularFile))) {
              return PutResult.LOST;
            }
            Pending next =
                current.isPresent() ? later(pending, current.get().lastModifiedTime()) : pending;
            createFolders(next);
            return rename(next);
          });
    } catch (DirectoryNotEmptyException e) {
      throw ElacsymException.invalid(
          "object '" + pending.name() + "' cannot be stored: there are objects below '"
              + pending.name() + "/', and local storage cannot have both; delete them or choose"
              + " another name");
    } finally {
      lock.unlock();
    }
  }

  /** Dates the pending file after the one it replaces, if it is not already. */
  private Pending later(Pending pending, FileTime replaced) throws IOException {
    if (pending.modified().compareTo(replaced) > 0) {
      return pending;
    }
    FileTime time = versions.nextAfter(replaced);
    try (FileChannel channel =
        FileChannel.open(pending.temporary(), StandardOpenOption.WRITE)) {
      stamp(pending.temporary(), channel, time);
    }
    return pending.at(time);
  }

  private void createFolders(Pending pending) throws IOException {
    try {
      tree.createDurably(pending.file().getParent());
    } catch (FileAlreadyExistsException e) {
      throw ElacsymException.invalid(
          "object '" + pending.name() + "' cannot be stored: "
              + files.root().relativize(Path.of(e.getFile())) + " is an object, and local storage"
              + " cannot have objects below an object; delete it or choose another name");
    }
  }

  private PutResult rename(Pending pending) throws IOException {
    if (Files.isDirectory(pending.file())) {
      tree.removeIfEmpty(pending.file());
    }
    try {
      move(pending);
    } catch (NoSuchFileException e) {
      // Somebody has removed a folder behind our back; what we know of folders is worth nothing.
      tree.forget();
      createFolders(pending);
      move(pending);
    } catch (IOException e) {
      if (Files.notExists(pending.temporary())) {
        return PutResult.UNKNOWN; // a network file system may have done it and lost the answer
      }
      throw e;
    }
    return afterRename(pending);
  }

  private static void move(Pending pending) throws IOException {
    Files.move(pending.temporary(), pending.file(), StandardCopyOption.ATOMIC_MOVE);
  }

  private static PutResult afterRename(Pending placed) {
    try {
      Durability.syncFolder(placed.file().getParent());
      return placed.won();
    } catch (IOException e) {
      return PutResult.UNKNOWN; // there now, but it may not survive a power cut
    }
  }

  private static void discard(Path temporary) {
    try {
      Files.deleteIfExists(temporary);
    } catch (IOException e) {
      // Emptied at the next open; the put's own outcome is what counts.
    }
  }
}
