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
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
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

  /**
   * The directories of plugins in one that is searched.
   *
   * @param plugins what the names and the lock are of: the directory itself, or the one around it
   * @param directories by the plugins' names
   */
  record Found(Path plugins, SortedMap<String, Path> directories) {}

  /** The directories below {@code searched} that hold one plugin each, or that one. */
  static Found pluginsIn(Path searched, List<String> problems) {
    if (!Files.isDirectory(searched)) {
      problems.add(searched + ": no such directory; plugins cannot be read from it");
      return new Found(searched, new TreeMap<>());
    }
    List<Path> jars = jarsIn(searched, problems);
    SortedMap<String, Path> below = below(searched, problems);
    if (!jars.isEmpty() && below.values().stream().allMatch(path -> isPartOf(searched, path))) {
      Path around = searched.toAbsolutePath().normalize();
      return new Found(
          Objects.requireNonNullElse(around.getParent(), around),
          new TreeMap<>(Map.of(String.valueOf(around.getFileName()), searched)));
    }
    for (Path jar : jars) {
      problems.add(jar + ": a plugin is a directory; move the jar into a directory of its own");
    }
    return new Found(searched, below);
  }

  /**
   * The plugins' directories in a directory of plugins, by their names. A change that is decided
   * and not finished counts as made.
   *
   * @throws ElacsymException {@code NOT_FOUND} when there is no such directory
   */
  public static SortedMap<String, Path> below(Path plugins) {
    List<String> problems = new ArrayList<>();
    if (!Files.isDirectory(plugins)) {
      throw ElacsymException.notFound(plugins + " is no directory of plugins");
    }
    SortedMap<String, Path> below = below(plugins, problems);
    if (!problems.isEmpty()) {
      throw ElacsymException.invalid(String.join(System.lineSeparator(), problems));
    }
    return below;
  }

  private static SortedMap<String, Path> below(Path plugins, List<String> problems) {
    SortedMap<String, Path> below = new TreeMap<>();
    try {
      list(plugins).stream()
          .filter(Files::isDirectory)
          .filter(path -> !path.getFileName().toString().startsWith("."))
          .forEach(path -> below.put(path.getFileName().toString(), path));
      for (PluginChange change : PluginChange.pending(plugins)) {
        below.remove(change.name());
        change.files().ifPresent(files -> below.put(change.name(), files));
      }
    } catch (IOException e) {
      problems.add(unlisted(plugins, e));
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
    try {
      return list(directory);
    } catch (IOException e) {
      problems.add(unlisted(directory, e));
      return List.of();
    }
  }

  private static String unlisted(Path directory, IOException e) {
    return directory + ": cannot be listed (" + e + "); check its permissions";
  }

  private static List<Path> list(Path directory) throws IOException {
    try (Stream<Path> children = Files.list(directory)) {
      return children.sorted().toList();
    }
  }
}
