package io.elacsym.engine.disk;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The folder of a disk cache. Everything in it is the cache's own, and one process at a time has
 * the use of it. For one thread at a time, but for {@link #file}.
 */
final class CacheFolder {
  /** Below the configured folder, which may hold other things; another layout gets another name. */
  private static final String NAME = "blocks-1";

  private static final String LOCK = "lock";

  private final Path root;
  private Optional<FileChannel> locked = Optional.empty();

  CacheFolder(Path configured) {
    this.root = configured.toAbsolutePath().normalize().resolve(NAME);
  }

  Path root() {
    return root;
  }

  /**
   * Creates the folder if need be and takes it for this process.
   *
   * @return false when another cache has it
   */
  boolean acquire() throws IOException {
    release();
    PrivateFolders.create(root);
    FileChannel channel =
        FileChannel.open(root.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    boolean taken = false;
    try {
      FileLock lock = channel.tryLock();
      taken = lock != null;
    } catch (OverlappingFileLockException e) {
      // Another cache of this very process has it.
      return false;
    } finally {
      if (!taken) {
        channel.close();
      }
    }
    locked = Optional.of(channel);
    return taken;
  }

  /** Gives the folder up, so that another process can acquire it. */
  void release() throws IOException {
    if (locked.isPresent()) {
      FileChannel channel = locked.get();
      locked = Optional.empty();
      channel.close();
    }
  }

  /** Whether the folder is there; it may have been deleted. */
  boolean exists() {
    return Files.exists(root.resolve(LOCK));
  }

  Path file(ChunkId id) {
    return root.resolve(id.shard()).resolve(id.fileName());
  }

  /** Creates the folder of a file. */
  void createShard(ChunkId id) throws IOException {
    PrivateFolders.create(root.resolve(id.shard()));
  }

  /** The folders of files. */
  List<Path> shards() throws IOException {
    List<Path> shards = new ArrayList<>();
    try (DirectoryStream<Path> all = Files.newDirectoryStream(root, CacheFolder::isFolder)) {
      all.forEach(shards::add);
    }
    return shards;
  }

  static List<Path> files(Path shard) throws IOException {
    List<Path> files = new ArrayList<>();
    try (DirectoryStream<Path> all = Files.newDirectoryStream(shard, CacheFolder::isFile)) {
      all.forEach(files::add);
    }
    return files;
  }

  // The cache makes no links; what a link leads to belongs to somebody else and must not be
  // deleted.
  private static boolean isFolder(Path path) {
    return Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS);
  }

  private static boolean isFile(Path path) {
    return Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS);
  }
}
