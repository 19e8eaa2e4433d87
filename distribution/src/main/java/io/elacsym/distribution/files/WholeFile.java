package io.elacsym.distribution.files;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A file that is written beside its place and put there at the end: whoever looks finds the old
 * file or the new one. What was begun and not {@linkplain #commit committed} is deleted again, also
 * when the process is told to end. For one thread.
 */
public final class WholeFile implements AutoCloseable {
  private static final int BUFFER = 1 << 18;
  private static final int ATTEMPTS = 100;

  private final Path place;
  private final Optional<Path> beside;
  private final FileChannel channel;
  private final OutputStream stream;
  private final Optional<Thread> cleaner;

  private WholeFile(Path place, Optional<Path> beside, FileChannel channel) {
    this.place = place;
    this.beside = beside;
    this.channel = channel;
    this.stream = new BufferedOutputStream(Channels.newOutputStream(channel), BUFFER);
    this.cleaner = beside.map(WholeFile::deletedAtTheEnd);
  }

  /**
   * Begins a file. A link is followed: what it names is replaced, not the link. Something that is
   * no plain file, a pipe or {@code /dev/stdout}, is written to as it is.
   *
   * @throws IOException that says what is wrong with the place: nothing is written then
   */
  public static WholeFile create(Path file) throws IOException {
    if (Files.isDirectory(file)) {
      throw new IOException(file + " is a directory, expected a file");
    }
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      return new WholeFile(
          file, Optional.empty(), FileChannel.open(file, StandardOpenOption.WRITE));
    }
    Path place = place(file);
    if (Files.exists(place) && !Files.isWritable(place)) {
      throw new IOException(file + " is not writable");
    }
    try {
      return besides(place);
    } catch (NoSuchFileException e) {
      throw new IOException(file + ": there is no such directory", e);
    } catch (AccessDeniedException e) {
      throw new IOException(file + ": its directory is not writable", e);
    }
  }

  /** Where a path leads through links, also when there is nothing yet. */
  private static Path place(Path file) throws IOException {
    if (Files.exists(file)) {
      return file.toRealPath();
    }
    Path target = file.toAbsolutePath();
    for (int i = 0; i < ATTEMPTS && Files.isSymbolicLink(target); i++) {
      target = target.resolveSibling(Files.readSymbolicLink(target));
    }
    return target;
  }

  private static WholeFile besides(Path place) throws IOException {
    while (true) {
      String suffix = Integer.toHexString(ThreadLocalRandom.current().nextInt());
      Path beside = place.resolveSibling("." + place.getFileName() + "." + suffix + ".part");
      try {
        FileChannel channel =
            FileChannel.open(
                beside,
                Set.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW),
                permissions(place));
        return new WholeFile(place, Optional.of(beside), channel);
      } catch (FileAlreadyExistsException e) {
        // The name is taken, perhaps by another process: try the next one.
      }
    }
  }

  /**
   * The permissions of the file that is replaced, for the new file from its beginning: whoever may
   * not read the old file must not read the unfinished new one.
   */
  private static FileAttribute<?>[] permissions(Path place) throws IOException {
    PosixFileAttributeView view = Files.getFileAttributeView(place, PosixFileAttributeView.class);
    if (view == null || !Files.isRegularFile(place)) {
      return new FileAttribute<?>[0];
    }
    return new FileAttribute<?>[] {
      PosixFilePermissions.asFileAttribute(view.readAttributes().permissions())
    };
  }

  private static Thread deletedAtTheEnd(Path beside) {
    Thread cleaner =
        new Thread(
            () -> {
              try {
                Files.deleteIfExists(beside);
              } catch (IOException e) {
                // The process is ending, and there is nobody left to tell. The unfinished file
                // stays.
              }
            },
            "delete-unfinished-file");
    Runtime.getRuntime().addShutdownHook(cleaner);
    return cleaner;
  }

  /** Where the content is written. */
  public OutputStream stream() {
    return stream;
  }

  /** Puts the file in its place, with the permissions of the one that is there. */
  public void commit() throws IOException {
    stream.flush();
    if (beside.isEmpty()) {
      return;
    }
    Path written = beside.get();
    keepPermissions(written);
    channel.force(true);
    channel.close();
    Files.move(written, place, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    forceDirectory();
  }

  /** Forces the directory to disk, so that the new name survives a loss of power. */
  private void forceDirectory() {
    Path directory = Optional.ofNullable(place.getParent()).orElse(Path.of(""));
    try (FileChannel names = FileChannel.open(directory, StandardOpenOption.READ)) {
      names.force(true);
    } catch (IOException e) {
      // This system cannot open directories. The content is on disk in any case.
    }
  }

  private void keepPermissions(Path written) throws IOException {
    PosixFileAttributeView view = Files.getFileAttributeView(written, PosixFileAttributeView.class);
    if (view != null && Files.isRegularFile(place)) {
      view.setPermissions(Files.getPosixFilePermissions(place, LinkOption.NOFOLLOW_LINKS));
    }
  }

  @Override
  public void close() throws IOException {
    try (channel) {
      if (beside.isPresent()) {
        Files.deleteIfExists(beside.get());
      }
    } finally {
      cleaner.ifPresent(WholeFile::forget);
    }
  }

  private static void forget(Thread cleaner) {
    try {
      Runtime.getRuntime().removeShutdownHook(cleaner);
    } catch (IllegalStateException e) {
      // The process is ending: the hook runs or has run, and need not be removed.
    }
  }
}
