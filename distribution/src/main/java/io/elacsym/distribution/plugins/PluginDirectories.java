package io.elacsym.distribution.plugins;

import io.elacsym.api.ElacsymException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Where plugins are looked for: {@code plugins/} of the installation, then every directory given
 * with {@code --plugins} or {@code ELACSYM_PLUGINS}. Each holds one directory per plugin; a
 * directory given explicitly may also be a plugin's directory itself.
 */
public final class PluginDirectories {
  /** The system property in which the launcher says where it is installed. */
  private static final String HOME = "elacsym.home";

  /** More directories, separated as in PATH. */
  public static final String VARIABLE = "ELACSYM_PLUGINS";

  private PluginDirectories() {}

  /** The directory of the installation, if the launcher has said which. */
  public static Optional<Path> home() {
    return Optional.ofNullable(System.getProperty(HOME)).map(Path::of);
  }

  /**
   * The directories to search.
   *
   * @param given with {@code --plugins}
   * @param variable the value of {@code ELACSYM_PLUGINS}
   */
  public static List<Path> searched(List<Path> given, Optional<String> variable) {
    List<Path> searched = new ArrayList<>();
    home().map(home -> home.resolve("plugins")).filter(Files::isDirectory).ifPresent(searched::add);
    variable.stream()
        .flatMap(value -> Arrays.stream(value.split(File.pathSeparator)))
        .filter(part -> !part.isBlank())
        .map(Path::of)
        .forEach(searched::add);
    searched.addAll(given);
    return searched.stream()
        .map(path -> path.toAbsolutePath().normalize())
        .collect(
            Collectors.toMap(
                PluginDirectories::real, path -> path, (a, b) -> a, LinkedHashMap::new))
        .values()
        .stream()
        .toList();
  }

  /** The same place however it is named, through links too. */
  static Path real(Path path) {
    try {
      return path.toRealPath();
    } catch (IOException e) {
      // It is not there or not readable, of which whoever lists it complains.
      return path.toAbsolutePath().normalize();
    }
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
    if (!jars.isEmpty() && below.stream().allMatch(path -> isPartOf(searched, path))) {
      return List.of(searched);
    }
    for (Path jar : jars) {
      problems.add(jar + ": a plugin is a directory; move the jar into a directory of its own");
    }
    return below;
  }

  /**
   * Whether a folder belongs to the plugin around it, because it has no plugin's jar of its own.
   */
  private static boolean isPartOf(Path plugin, Path below) {
    List<Path> jars = named(below, ".jar");
    return named(plugin, ".jar").stream().anyMatch(PluginDirectories::providesPlugin)
        && jars.stream().noneMatch(PluginDirectories::providesPlugin);
  }

  private static boolean providesPlugin(Path jar) {
    try {
      return PluginJar.read(jar).isPlugin();
    } catch (ElacsymException e) {
      // Whoever loads it tells what is wrong with it.
      return false;
    }
  }

  /** The jars of a directory. What lies beside them and was probably meant to be one is told. */
  static List<Path> jarsIn(Path directory, List<String> problems) {
    List<Path> jars = new ArrayList<>();
    for (Path path : list(directory, problems)) {
      String name = path.getFileName().toString();
      if (name.endsWith(".jar")) {
        jars.add(path);
      } else if (name.toLowerCase(Locale.ROOT).endsWith(".jar")) {
        problems.add(path + ": the name of a jar ends with .jar in small letters; rename it");
      }
    }
    return jars;
  }

  /** Tells of what lies in a plugin's directory and would not be looked at. */
  static void checkStray(Path plugin, List<String> problems) {
    for (Path path : list(plugin, problems)) {
      String name = path.getFileName().toString();
      if (name.endsWith(".zip")) {
        problems.add(path + ": a packed plugin; `elacsym plugins install` unpacks it");
      }
      if (Files.isDirectory(path) && !named(path, ".jar").isEmpty()) {
        problems.add(
            path
                + ": jars are not looked for in folders of a plugin's directory; move them into "
                + plugin);
      }
      if (name.equals("module-info.class") || name.equals("META-INF")) {
        problems.add(
            path
                + ": an unpacked jar; pack it (`jar --create --file NAME.jar -C FOLDER .`) and put"
                + " the jar into "
                + plugin);
      }
    }
  }

  private static List<Path> named(Path directory, String end) {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    return list(directory, new ArrayList<>()).stream()
        .filter(path -> path.getFileName().toString().endsWith(end))
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
