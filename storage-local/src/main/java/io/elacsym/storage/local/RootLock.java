package io.elacsym.storage.local;

import io.elacsym.api.ElacsymException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Keeps a root for one process. The lock is the operating system's and ends with the process; what
 * the lock file says of its holder is for people.
 */
final class RootLock implements AutoCloseable {
  // Far behind the text, so that others can read it where locks are mandatory (Windows).
  private static final long LOCKED_BYTE = Long.MAX_VALUE - 1;
  private static final int MAX_TEXT = 1024;

  // A POSIX lock belongs to the process and is lost when ANY descriptor of the file is closed. So a
  // second open in this process must be refused before it touches the file...
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();
  // ...and an attempt that is stopped only by the lock itself (the same folder under two paths, or
  // this class loaded twice) must never close its descriptor.
  private static final Queue<FileChannel> NEVER_CLOSED = new ConcurrentLinkedQueue<>();

  private final Path root;
  private final FileChannel channel;
  private final AtomicBoolean closed = new AtomicBoolean();

  private RootLock(Path root, FileChannel channel) {
    this.root = root;
    this.channel = channel;
  }

  /**
   * Takes the lock or fails at once.
   *
   * @param root a real path
   * @throws ElacsymException {@code CONFLICT} naming the root and, if known, its holder
   */
  static RootLock take(Path root, Path file, Clock clock) throws IOException {
    if (!HELD.add(root)) {
      throw heldHere(root);
    }
    boolean taken = false;
    try {
      RootLock lock = new RootLock(root, lockedChannel(root, file));
      taken = true;
      lock.describeHolder(clock);
      return lock;
    } finally {
      if (!taken) {
        HELD.remove(root);
      }
    }
  }

  private static FileChannel lockedChannel(Path root, Path file) throws IOException {
    FileChannel channel = PrivateFiles.openFile(file);
    try {
      if (channel.tryLock(LOCKED_BYTE, 1, false) != null) {
        return channel;
      }
      String holder = holder(channel);
      channel.close();
      throw ElacsymException.conflict(
          "root_path "
              + root
              + " is in use by another process ("
              + holder
              + "); stop it, or choose another folder");
    } catch (OverlappingFileLockException e) {
      NEVER_CLOSED.add(channel);
      throw heldHere(root);
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  private static ElacsymException heldHere(Path root) {
    return ElacsymException.conflict(
        "root_path "
            + root
            + " is already open in this process (pid "
            + ProcessHandle.current().pid()
            + "); close it first, or choose another folder");
  }

  private static String holder(FileChannel channel) throws IOException {
    ByteBuffer text = ByteBuffer.allocate(MAX_TEXT);
    channel.read(text, 0);
    String holder = new String(text.array(), 0, text.position(), StandardCharsets.UTF_8).strip();
    return holder.isEmpty() ? "not known which" : holder;
  }

  private void describeHolder(Clock clock) throws IOException {
    String holder =
        "pid "
            + ProcessHandle.current().pid()
            + " on host "
            + host()
            + " since "
            + clock.instant().truncatedTo(ChronoUnit.SECONDS)
            + "\n";
    channel.truncate(0);
    channel.write(ByteBuffer.wrap(holder.getBytes(StandardCharsets.UTF_8)), 0);
  }

  private static String host() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "(unnamed)";
    }
  }

  /**
   * A second call does nothing: by then this process may hold the root again through another lock,
   * and that one must stay.
   */
  @Override
  public void close() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    try {
      channel.close();
    } catch (IOException e) {
      // The lock goes with the process at the latest; there is nothing else to undo.
    } finally {
      HELD.remove(root);
    }
  }
}
