package io.elacsym.distribution.install;

import io.elacsym.api.ElacsymException;
import io.elacsym.distribution.plugins.InstalledPlugin;
import io.elacsym.distribution.plugins.InstalledPlugins;
import io.elacsym.distribution.plugins.PluginLock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * A directory that holds one directory per plugin, and the lock with their checksums. A plugin is
 * loaded and tried beside the others first, and then takes its place in one step, so that a server
 * that starts meanwhile finds the old one or the new one.
 *
 * @param plugins the directory
 */
public record PluginStore(Path plugins) {
  /**
   * What became of an installation.
   *
   * @param directory where it is now
   * @param replaced whether another version was there before
   * @param provides the plugins in it
   */
  public record Added(Path directory, boolean replaced, List<InstalledPlugin> provides) {}

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
    try {
      Files.createDirectories(plugins);
      Path work = Files.createTempDirectory(plugins, ".install-");
      try {
        Path fresh = Files.createDirectory(work.resolve("new"));
        Optional<String> own = packed.unpackInto(fresh);
        String name = wanted.or(() -> own).orElseGet(packed::nameOfFile);
        checkName(name);
        Path place = plugins.resolve(name);
        List<InstalledPlugin> provides = tried(fresh, place, trial);
        checkAlone(name, provides);
        boolean replaced = Files.isDirectory(place);
        if (replaced) {
          Files.move(place, work.resolve("old"));
        }
        Files.move(fresh, place);
        lock(name);
        return new Added(place, replaced, provides);
      } finally {
        delete(work);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Removes a plugin's directory.
   *
   * @throws ElacsymException {@code NOT_FOUND} listing the directories there are
   */
  public void remove(String name) {
    Path place = plugins.resolve(name);
    if (!PluginPackage.isName(name) || !Files.isDirectory(place)) {
      throw ElacsymException.notFound(
          "no plugin's directory is called '"
              + name
              + "' in "
              + plugins
              + "; there are "
              + names());
    }
    try {
      // One step, so that no server that starts meanwhile finds half of it.
      Path work = Files.createTempDirectory(plugins, ".remove-");
      Files.move(place, work.resolve("old"));
      lock(name);
      delete(work);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The names of the plugins' directories. */
  public List<String> names() {
    if (!Files.isDirectory(plugins)) {
      return List.of();
    }
    try (Stream<Path> below = Files.list(plugins)) {
      return below
          .filter(Files::isDirectory)
          .map(path -> path.getFileName().toString())
          .filter(PluginPackage::isName)
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void checkName(String name) {
    if (!PluginPackage.isName(name)) {
      throw ElacsymException.invalid(
          "a plugin's directory cannot be called '" + name + "'; say another with --name");
    }
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

  /** Two of one kind and name could not both be loaded. */
  private void checkAlone(String name, List<InstalledPlugin> provides) {
    for (InstalledPlugin other : InstalledPlugins.load(List.of(plugins)).plugins()) {
      boolean stays = !other.jar().startsWith(plugins.resolve(name).toAbsolutePath());
      for (InstalledPlugin plugin : provides) {
        if (stays && plugin.kind() == other.kind() && plugin.name().equals(other.name())) {
          throw ElacsymException.conflict(
              "a "
                  + plugin.kind().label()
                  + " plugin '"
                  + plugin.name()
                  + "' is in "
                  + other.directory()
                  + " already; to replace it add --name "
                  + other.directory().getFileName());
        }
      }
    }
  }

  private void lock(String changed) {
    // The first lock takes down all that is there: a part of it would protect nobody.
    (PluginLock.isIn(plugins)
            ? PluginLock.of(plugins).with(changed)
            : PluginLock.of(plugins).withAll())
        .write();
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> all = Files.walk(directory)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
