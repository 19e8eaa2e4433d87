package io.elacsym.distribution.plugins;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where plugins are looked for: {@code plugins/} of the installation, then every directory given
 * with {@code --plugins} or {@code ELACSYM_PLUGINS}. Each holds one directory per plugin; a
 * directory given explicitly may also be a plugin's directory itself.
 */
public final class PluginDirectories {
  /** The system property in which the launcher says where it is installed. */
  public static final String HOME = "elacsym.home";

  /** More directories, separated as in PATH. */
  public static final String VARIABLE = "ELACSYM_PLUGINS";

  private PluginDirectories() {}

  /**
   * The directories to search.
   *
   * @param given with {@code --plugins}
   * @param variable the value of {@code ELACSYM_PLUGINS}
   */
  public static List<Path> searched(List<Path> given, Optional<String> variable) {
    List<Path> searched = new ArrayList<>();
    Optional.ofNullable(System.getProperty(HOME))
        .map(home -> Path.of(home, "plugins"))
        .filter(Files::isDirectory)
        .ifPresent(searched::add);
    variable.stream()
        .flatMap(value -> Arrays.stream(value.split(File.pathSeparator)))
        .filter(part -> !part.isBlank())
        .map(Path::of)
        .forEach(searched::add);
    searched.addAll(given);
    return searched.stream().map(path -> path.toAbsolutePath().normalize()).distinct().toList();
  }

  /** The directories below {@code searched} that hold one plugin each, in name order. */
  static List<Path> pluginsIn(Path searched, List<String> problems) {
    if (!Files.isDirectory(searched)) {
      problems.add(searched + ": no such directory; plugins cannot be read from it");
      return List.of();
    }
    List<Path> jars = jarsIn(searched, problems);
    List<Path> below =
        list(searched, problems).stream()
            .filter(Files::isDirectory)
            .filter(path -> !path.getFileName().toString().startsWith("."))
            .toList();
    if (!jars.isEmpty() && below.isEmpty()) {
      return List.of(searched);
    }
    for (Path jar : jars) {
      problems.add(jar + ": a plugin is a directory; move the jar into a directory of its own");
    }
    return below;
  }

  static List<Path> jarsIn(Path directory, List<String> problems) {
    return list(directory, problems).stream()
        .filter(path -> path.getFileName().toString().endsWith(".jar"))
        .toList();
  }

  private static List<Path> list(Path directory, List<String> problems) {
    try (Stream<Path> children = Files.list(directory)) {
      return children.sorted().toList();
    } catch (IOException e) {
      problems.add(directory + ": cannot be listed (" + e + "); check its permissions");
      return List.of();
    }
  }
}
