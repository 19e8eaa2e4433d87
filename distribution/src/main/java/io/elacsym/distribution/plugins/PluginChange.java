package io.elacsym.distribution.plugins;

import io.elacsym.distribution.files.Directories;
import java.io.IOException;
import java.nio.file.CopyOption;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A plugin's directory that is being exchanged or removed. The change is decided in one step, when
 * a directory appears beside the plugin's that has everything in it: the new files and the new
 * lock. From then on whoever loads plugins sees what will be, also when the process that makes the
 * change has ended half-way; and the next command that changes plugins finishes it.
 *
 * <p>It takes that, because no system exchanges two directories in one step.
 */
public final class PluginChange {
  private static final String INSTALL = ".install-";
  private static final String REMOVE = ".remove-";

  private final Path plugins;
  private final String name;
  private final boolean installs;

  private PluginChange(Path plugins, String name, boolean installs) {
    this.plugins = plugins;
    this.name = name;
    this.installs = installs;
  }

  /** How something is renamed: tests end the process between two of these. */
  @FunctionalInterface
  interface Move {
    void move(Path from, Path to, CopyOption... options) throws IOException;
  }

  /** The new files of a change that is prepared in a directory. */
  public static Path filesIn(Path work) {
    return work.resolve("new");
  }

  /**
   * Installs what is prepared: {@link #filesIn} is the plugin, and {@code plugins.lock} the lock
   * with it.
   *
   * @param work is beside the plugins, and is gone afterwards
   */
  public static void install(Path plugins, String name, Path work) throws IOException {
    new PluginChange(plugins, name, true).make(work, Files::move);
  }

  /**
   * Removes a plugin.
   *
   * @param work may have the lock without it; is beside the plugins, and is gone afterwards
   */
  public static void remove(Path plugins, String name, Path work) throws IOException {
    new PluginChange(plugins, name, false).make(work, Files::move);
  }

  /** Finishes what an earlier process has begun and not finished. */
  public static void finishAll(Path plugins) throws IOException {
    for (PluginChange change : pending(plugins)) {
      change.finish(Files::move);
    }
  }

  /** Those of a directory of plugins that are decided and not finished. */
  static List<PluginChange> pending(Path plugins) throws IOException {
    try (Stream<Path> below = Files.list(plugins)) {
      return below
          .sorted()
          .map(path -> path.getFileName().toString())
          .flatMap(file ->
              Stream.of(INSTALL, REMOVE)
                  .filter(file::startsWith)
                  .map(kind ->
                      new PluginChange(
                          plugins, file.substring(kind.length()), kind.equals(INSTALL))))
          .toList();
    }
  }

  /** The plugin that is changed. */
  String name() {
    return name;
  }

  /** Where its files are now; empty when it is removed. */
  Optional<Path> files() {
    return !installs
        ? Optional.empty()
        : Stream.of(fresh(), place()).filter(Files::isDirectory).findFirst();
  }

  /** The lock that counts, unless it is in its place already. */
  Optional<Path> lock() {
    return Optional.of(directory().resolve(PluginLock.FILE)).filter(Files::exists);
  }

  void make(Path work, Move move) throws IOException {
    move.move(work, directory(), StandardCopyOption.ATOMIC_MOVE);
    try {
      finish(move);
    } catch (IOException e) {
      try {
        undo();
      } catch (IOException another) {
        e.addSuppressed(another);
      }
      throw e;
    }
  }

  private void finish(Move move) throws IOException {
    if (installs && Files.exists(fresh())) {
      if (isThere(place())) {
        move.move(place(), old());
      }
      move.move(fresh(), place());
    }
    if (!installs && isThere(place()) && !isThere(old())) {
      move.move(place(), old());
    }
    Optional<Path> lock = lock();
    if (lock.isPresent()) {
      move.move(
          lock.get(),
          plugins.resolve(PluginLock.FILE),
          StandardCopyOption.ATOMIC_MOVE,
          StandardCopyOption.REPLACE_EXISTING);
    }
    // Renamed first: half of it must not be taken for a change.
    Path rest = Files.createTempDirectory(plugins, ".done-");
    move.move(directory(), rest.resolve("change"));
    Directories.delete(rest);
  }

  /** Goes back, as long as that leaves the old plugin with the old lock. */
  private void undo() throws IOException {
    boolean canBeUndone = installs ? Files.exists(fresh()) : lock().isPresent() || !isThere(old());
    if (canBeUndone) {
      if (isThere(old())) {
        Files.move(old(), place());
      }
      Directories.delete(directory());
    }
  }

  /** Also a link that leads nowhere is there. */
  private static boolean isThere(Path path) {
    return Files.exists(path, LinkOption.NOFOLLOW_LINKS);
  }

  private Path place() {
    return plugins.resolve(name);
  }

  private Path directory() {
    return plugins.resolve((installs ? INSTALL : REMOVE) + name);
  }

  private Path fresh() {
    return filesIn(directory());
  }

  private Path old() {
    return directory().resolve("old");
  }
}
