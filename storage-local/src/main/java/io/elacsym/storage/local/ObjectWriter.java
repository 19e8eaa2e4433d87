package io.elacsym.storage.local;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.ErrorKind;
import io.elacsym.api.storage.Payload;
import io.elacsym.api.storage.PutMode;
import io.elacsym.api.storage.PutResult;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Lock;

/** Puts objects: write aside and fsync, then under the name's lock check, rename and fsync. */
final class ObjectWriter {
  private static final int PIECE = 1 << 18;

  private final Layout layout;
  private final FolderTree tree;
  private final TagClock tags;
  private final NameLocks locks;
  private final AtomicLong temporaries = new AtomicLong();

  ObjectWriter(Layout layout, FolderTree tree, TagClock tags, NameLocks locks) {
    this.layout = layout;
    this.tree = tree;
    this.tags = tags;
    this.locks = locks;
  }

  /**
   * @param requireUsable throws when the storage has been closed meanwhile, or its root has gone
   */
  PutResult put(String name, Payload payload, PutMode mode, Runnable requireUsable) {
    List<String> steps = Layout.steps(name);
    Path temporary = layout.temporary().resolve(Long.toString(temporaries.incrementAndGet(), 36));
    requireUsable.run(); // before any folder is made in what may not be the root
    try {
      if (!holds(mode, layout.find(name))) {
        return PutResult.LOST; // spares writing the bytes
      }
      FileTime modified = writeAside(name, temporary, payload, requireUsable);
      return place(
          new Pending(name, steps, temporary, payload.size(), modified), mode, requireUsable);
    } catch (IOException e) {
      throw IoFailures.write(name, payload.size(), layout.root(), e);
    } finally {
      discard(temporary);
    }
  }

  /** A file that is complete and durable but has no name yet. */
  private record Pending(
      String name, List<String> steps, Path temporary, long size, FileTime modified) {
    Pending at(FileTime time) {
      return new Pending(name, steps, temporary, size, time);
    }

    PutResult won() {
      return PutResult.won(TagClock.tag(modified, size));
    }
  }

  private static boolean holds(PutMode mode, Optional<Layout.Found> current) {
    return switch (mode) {
      case PutMode.Overwrite always -> true;
      case PutMode.IfAbsent absent -> current.isEmpty();
      case PutMode.IfMatches(String tag) ->
          current.map(now -> TagClock.tag(now.attributes())).equals(Optional.of(tag));
    };
  }

  private FileTime writeAside(String name, Path temporary, Payload payload, Runnable requireUsable)
      throws IOException {
    try (FileChannel channel = create(temporary, requireUsable)) {
      copy(name, payload, channel);
      FileTime modified = tags.next();
      stamp(temporary, channel, modified);
      return modified;
    }
  }

  private FileChannel create(Path temporary, Runnable requireUsable) throws IOException {
    try {
      return PrivateFiles.createFile(temporary);
    } catch (NoSuchFileException e) {
      // The folder of temporary files is gone: somebody may have tidied up. If the root itself is
      // still the one that was opened, the folder is made again.
      requireUsable.run();
      PrivateFiles.restoreFolder(layout.temporary());
      return PrivateFiles.createFile(temporary);
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
          "payload of object '"
              + name
              + "' yields "
              + written
              + " bytes, expected its size of "
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
    return ElacsymException.withDetail(
        ErrorKind.UNAVAILABLE,
        "cannot read the payload of object '" + name + "'",
        e.toString(), // may name a file of this machine
        e);
  }

  /** Gives the file its tag and makes bytes and tag durable. */
  private static void stamp(Path temporary, FileChannel channel, FileTime modified)
      throws IOException {
    Files.setLastModifiedTime(temporary, modified);
    channel.force(true);
  }

  private PutResult place(Pending pending, PutMode mode, Runnable requireUsable)
      throws IOException {
    Lock lock = locks.of(pending.name());
    lock.lock();
    try {
      return tree.inFolder(
          pending.steps().subList(0, pending.steps().size() - 1),
          folder -> {
            requireUsable.run();
            String step = pending.steps().getLast();
            Optional<Layout.Found> current = Layout.fileIn(folder, step);
            if (!holds(mode, current)) {
              return PutResult.LOST;
            }
            if (current.isPresent()) {
              FileTime replaced = current.get().attributes().lastModifiedTime();
              return rename(later(pending, replaced), current.get().file());
            }
            Path first = folder.resolve(step);
            return rename(pending, Layout.isFolder(first) ? Layout.second(first) : first);
          });
    } finally {
      lock.unlock();
    }
  }

  /** Dates the pending file after the one it replaces, if it is not already. */
  private Pending later(Pending pending, FileTime replaced) throws IOException {
    if (pending.modified().compareTo(replaced) > 0) {
      return pending;
    }
    FileTime time = tags.nextAfter(replaced);
    try (FileChannel channel = FileChannel.open(pending.temporary(), StandardOpenOption.WRITE)) {
      stamp(pending.temporary(), channel, time);
    }
    return pending.at(time);
  }

  private static PutResult rename(Pending pending, Path file) throws IOException {
    try {
      Files.move(pending.temporary(), file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      if (Files.exists(pending.temporary()) || e instanceof NoSuchFileException) {
        throw e;
      }
      return PutResult.UNKNOWN; // a network file system may have done it and lost the answer
    }
    try {
      Durability.syncEntry(file);
      return pending.won();
    } catch (IOException e) {
      return PutResult.UNKNOWN; // there now, but it may not survive a power cut
    }
  }

  private static void discard(Path temporary) {
    try {
      Files.deleteIfExists(temporary);
    } catch (IOException e) {
      // The leftover file is deleted at the next open. What the caller must hear is how the put
      // ended.
    }
  }
}
