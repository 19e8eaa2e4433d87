package io.elacsym.distribution.assemble;

import io.elacsym.api.ElacsymException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
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
      if (!Files.isDirectory(plugins)) {
        throw ElacsymException.notFound(plugins + " is no directory of plugins");
      }
      for (Path plugin : children(plugins)) {
        if (Files.isDirectory(plugin) && !plugin.getFileName().toString().startsWith(".")) {
          choices.putIfAbsent(plugin.getFileName().toString(), plugin);
        }
      }
    }
    return choices;
  }

  /**
   * Writes it.
   *
   * @param out is made, and must not be there or be empty
   * @throws ElacsymException {@code CONFLICT} when something is in it
   */
  public void writeTo(Path out) {
    if (Files.exists(out) && (!Files.isDirectory(out) || !children(out).isEmpty())) {
      throw ElacsymException.conflict(out + " is not empty; name another directory with --out");
    }
    try {
      Files.createDirectories(out);
      for (String part : PARTS) {
        copy(home.resolve(part), out.resolve(part));
      }
      Files.createDirectories(out.resolve("plugins"));
      for (var plugin : plugins.entrySet()) {
        copy(plugin.getValue(), out.resolve("plugins").resolve(plugin.getKey()));
      }
      if (demo) {
        copy(home.resolve("demo"), out.resolve("demo"));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Path> children(Path directory) {
    try (Stream<Path> children = Files.list(directory)) {
      return children.sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    List<Path> all;
    try (Stream<Path> walk = Files.walk(from)) {
      all = walk.toList();
    }
    for (Path path : all) {
      Path target = to.resolve(from.relativize(path).toString());
      if (Files.isDirectory(path)) {
        Files.createDirectories(target);
      } else {
        // With the permissions: the launcher is executable.
        Files.copy(path, target, StandardCopyOption.COPY_ATTRIBUTES);
      }
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
