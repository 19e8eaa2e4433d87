package io.elacsym.distribution.install;

import io.elacsym.api.ElacsymException;
import io.elacsym.distribution.files.Directories;
import io.elacsym.distribution.plugins.InstalledPlugin;
import io.elacsym.distribution.plugins.InstalledPlugins;
import io.elacsym.distribution.plugins.PluginChange;
import io.elacsym.distribution.plugins.PluginDirectories;
import io.elacsym.distribution.plugins.PluginLock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A directory that holds one directory per plugin, and the lock with their checksums. A plugin is
 * loaded and tried beside the others first, and then takes its place in one step, so that a server
 * that starts meanwhile finds the old one or the new one: see {@link PluginChange}.
 *
 * @param plugins the directory
 */
public record PluginStore(Path plugins) {
  public PluginStore {
    plugins = plugins.toAbsolutePath().normalize();
  }

  /**
   * What became of an installation.
   *
   * @param directory where it is now
   * @param replaced whether another version was there before
   * @param provides the plugins in it
   */
  public record Added(Path directory, boolean replaced, List<InstalledPlugin> provides) {}

  /** Work on files, which may fail as they do. */
  @FunctionalInterface
  private interface FileWork<T> {
    T run() throws IOException;
  }

  /**
   * Installs a plugin, or another version of one.
   *
   * @param source a zip, a directory or a jar
   * @param wanted the name of its directory; empty to take the one it says itself
   * @param trial what each provider has to pass; throws otherwise
   * @throws ElacsymException {@code INVALID_REQUEST} with everything that is wrong with it, one
   *     line each; nothing was changed then
   */
  public Added add(Path source, Optional<String> wanted, Consumer<InstalledPlugin> trial) {
    PluginPackage packed = new PluginPackage(source);
    return changed(() -> {
      Files.createDirectories(plugins);
      PluginChange.finishAll(plugins);
      return prepared(work -> {
        Path fresh = Files.createDirectory(PluginChange.filesIn(work));
        Optional<String> own = packed.unpackInto(fresh);
        String name = wanted.or(() -> own).orElseGet(packed::nameOfFile);
        Path place = place(name);
        List<InstalledPlugin> provides = tried(fresh, place, trial);
        checkAlone(name, provides);
        boolean replaced = isThere(place);
        // The first lock takes down all that is there: a part of it would protect nobody.
        (PluginLock.isIn(plugins) ? PluginLock.of(plugins) : PluginLock.none(plugins).withAll())
            .with(name, fresh)
            .writeInto(work);
        PluginChange.install(plugins, name, work);
        return new Added(place, replaced, provides);
      });
    });
  }

  /**
   * Removes a plugin's directory. Of one that is a link, the link is removed.
   *
   * @throws ElacsymException {@code NOT_FOUND} listing the directories there are
   */
  public void remove(String name) {
    boolean removed =
        Files.isDirectory(plugins)
            && changed(() -> {
              PluginChange.finishAll(plugins);
              return has(name)
                  && prepared(work -> {
                    if (PluginLock.isIn(plugins)) {
                      PluginLock.of(plugins).without(name).writeInto(work);
                    }
                    PluginChange.remove(plugins, name, work);
                    return true;
                  });
            });
    if (!removed) {
      throw ElacsymException.notFound(
          "no plugin's directory is called '"
              + name
              + "' in "
              + plugins
              + "; there are "
              + names());
    }
  }

  /**
   * Takes down the checksums of all plugins as they are now.
   *
   * @return how many jars they have
   * @throws ElacsymException {@code NOT_FOUND} when there is no such directory
   */
  public int lock() {
    return changed(() -> {
      PluginLock lock = PluginLock.none(plugins).withAll();
      PluginChange.finishAll(plugins);
      lock.write();
      return lock.size();
    });
  }

  /** The names of the plugins' directories. */
  public List<String> names() {
    return Files.isDirectory(plugins)
        ? PluginDirectories.below(plugins).keySet().stream().filter(PluginPackage::isName).toList()
        : List.of();
  }

  /** Whether there is a plugin's directory of this name, or a link that leads to none any more. */
  public boolean has(String name) {
    return names().contains(name)
        || (PluginPackage.isName(name) && Files.isSymbolicLink(plugins.resolve(name)));
  }

  private Path place(String name) {
    if (!PluginPackage.isName(name)) {
      throw ElacsymException.invalid(
          "a plugin's directory cannot be called '" + name + "'; say another with --name");
    }
    Path place = plugins.resolve(name);
    if (Files.isRegularFile(place)) {
      throw ElacsymException.conflict(
          place + " is a file, expected a plugin's directory or nothing; say another with --name");
    }
    return place;
  }

  private static boolean isThere(Path place) {
    return Files.exists(place, LinkOption.NOFOLLOW_LINKS);
  }

  private static List<InstalledPlugin> tried(
      Path fresh, Path place, Consumer<InstalledPlugin> trial) {
    InstalledPlugins loaded = InstalledPlugins.load(List.of(fresh));
    if (!loaded.problems().isEmpty()) {
      String line = System.lineSeparator();
      throw ElacsymException.invalid(
          "not installed:"
              + line
              + String.join(line, loaded.problems()).replace(fresh.toString(), place.toString()));
    }
    loaded.plugins().forEach(trial);
    return loaded.plugins();
  }

  /** Plugins that collide could not all be loaded. */
  private void checkAlone(String name, List<InstalledPlugin> provides) {
    for (InstalledPlugin other : InstalledPlugins.load(List.of(plugins)).plugins()) {
      String directory = other.directory().getFileName().toString();
      for (InstalledPlugin plugin : provides) {
        Optional<String> collision = plugin.collision(other);
        if (!directory.equals(name) && collision.isPresent()) {
          throw ElacsymException.conflict(
              "not installed, because "
                  + collision.get()
                  + ": the other is in "
                  + other.directory()
                  + "; to replace it add --name "
                  + directory
                  + ", or remove it");
        }
      }
    }
  }

  @FunctionalInterface
  private interface Preparation<T> {
    T run(Path work) throws IOException;
  }

  /** Prepares a change in a directory that nobody looks into, and that is gone in the end. */
  private <T> T prepared(Preparation<T> preparation) throws IOException {
    Path work = Files.createTempDirectory(plugins, ".work-");
    try (Prepared _ = new Prepared(work)) {
      return preparation.run(work);
    }
  }

  /** So that a failure to delete it does not hide why it is deleted. */
  private record Prepared(Path work) implements AutoCloseable {
    @Override
    public void close() throws IOException {
      if (isThere(work)) {
        Directories.delete(work);
      }
    }
  }

  private <T> T changed(FileWork<T> work) {
    try {
      return work.run();
    } catch (IOException e) {
      throw ElacsymException.unavailable(
          "the plugins in " + plugins + " cannot be changed (" + e + ")", e);
    }
  }
}
