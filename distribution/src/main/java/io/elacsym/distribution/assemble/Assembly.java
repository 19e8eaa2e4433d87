package io.elacsym.distribution.assemble;

import io.elacsym.api.ElacsymException;
import io.elacsym.distribution.files.Directories;
import io.elacsym.distribution.plugins.PluginDirectories;
import io.elacsym.distribution.plugins.PluginLock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A directory like the one that this program was started from, with other plugins in it.
 *
 * @param home what is copied: {@code bin/ lib/ conf/ share/}
 * @param plugins the directories of the chosen plugins, by their names
 * @param demo whether the quickstart's data and language model are in it, 143 MB
 */
public record Assembly(Path home, SortedMap<String, Path> plugins, boolean demo) {
  private static final List<String> PARTS = List.of("bin", "lib", "conf", "share", "LICENSE");

  /** The directories of plugins that can be chosen; of two with one name the first counts. */
  public static SortedMap<String, Path> choices(List<Path> directoriesOfPlugins) {
    SortedMap<String, Path> choices = new TreeMap<>();
    for (Path plugins : directoriesOfPlugins) {
      PluginDirectories.below(plugins)
          .forEach((name, directory) -> {
            if (!plugins.equals(directory.getParent())) {
              throw ElacsymException.conflict(
                  "a change of the plugin '"
                      + name
                      + "' in "
                      + plugins
                      + " was not finished; `elacsym plugins lock` finishes it");
            }
            choices.putIfAbsent(name, directory);
          });
    }
    return choices;
  }

  /**
   * Writes it. Where plugins are held to a lock, their copies are, too, and have one.
   *
   * @param out is made, and must not be there or be empty; after a failure nothing is in it
   * @throws ElacsymException {@code CONFLICT} when something is in it, {@code INVALID_REQUEST} when
   *     a plugin is not as its lock has it
   */
  public void writeTo(Path out) {
    if (Files.exists(out) && (!Files.isDirectory(out) || !children(out).isEmpty())) {
      throw ElacsymException.conflict(out + " is not empty; name another directory with --out");
    }
    try {
      Files.createDirectories(out);
      boolean whole = false;
      try {
        fill(out);
        whole = true;
      } finally {
        if (!whole) {
          Directories.delete(out);
        }
      }
    } catch (IOException e) {
      throw ElacsymException.unavailable(out + " cannot be written (" + e + ")", e);
    }
  }

  private void fill(Path out) throws IOException {
    for (String part : PARTS) {
      Directories.copy(home.resolve(part), out.resolve(part));
    }
    Path copies = Files.createDirectories(out.resolve("plugins"));
    boolean locked = false;
    for (var plugin : plugins.entrySet()) {
      Path copy = copies.resolve(plugin.getKey());
      Directories.copy(plugin.getValue(), copy);
      Path around = plugin.getValue().resolveSibling("");
      if (PluginLock.isIn(around)) {
        locked = true;
        hold(PluginLock.of(around).differences(plugin.getKey(), copy));
      }
    }
    if (locked) {
      PluginLock.none(copies).withAll().write();
    }
    if (demo) {
      Directories.copy(home.resolve("demo"), out.resolve("demo"));
    }
  }

  private static void hold(List<String> differences) {
    if (!differences.isEmpty()) {
      throw ElacsymException.invalid(String.join(System.lineSeparator(), differences));
    }
  }

  private static List<Path> children(Path directory) {
    try (Stream<Path> children = Files.list(directory)) {
      return children.sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** How many bytes the files of a directory have. */
  public static long size(Path directory) {
    try (Stream<Path> files = Files.walk(directory)) {
      return files.filter(Files::isRegularFile).mapToLong(Assembly::length).sum();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static long length(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The quickstart's data, if this installation has it. */
  public static Optional<Path> demoOf(Path home) {
    return Optional.of(home.resolve("demo")).filter(Files::isDirectory);
  }
}
