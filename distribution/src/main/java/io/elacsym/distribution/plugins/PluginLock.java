package io.elacsym.distribution.plugins;

import io.elacsym.api.ElacsymException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The checksums of all jars in a directory of plugins, in its file {@value #FILE}: lines as {@code
 * sha256sum} writes and checks them. Where there is such a file, no code of a jar that differs from
 * it is run.
 */
public final class PluginLock {
  /** Its name in the directory of plugins. */
  public static final String FILE = "plugins.lock";

  private static final Pattern LINE = Pattern.compile("([0-9a-f]{64}) [ *]([^/]+)/([^/]+)");
  private static final String HEAD =
      """
      # Checksums of the plugins here, which Elacsym holds to them. Written by `elacsym plugins`;
      # `sha256sum --check plugins.lock` checks them, too.
      """;

  private final Path plugins;
  private final SortedMap<String, String> sums;

  private PluginLock(Path plugins, SortedMap<String, String> sums) {
    this.plugins = plugins;
    this.sums = sums;
  }

  /** Whether a directory of plugins has one. */
  public static boolean isIn(Path plugins) {
    return Files.exists(plugins.resolve(FILE));
  }

  /**
   * The one of a directory of plugins; without any line when it has none.
   *
   * @throws ElacsymException {@code INVALID_REQUEST} naming the line that is none
   */
  public static PluginLock of(Path plugins) {
    SortedMap<String, String> sums = new TreeMap<>();
    if (isIn(plugins)) {
      int number = 0;
      for (String line : lines(plugins.resolve(FILE))) {
        number++;
        Matcher sum = LINE.matcher(line);
        if (sum.matches()) {
          sums.put(sum.group(2) + "/" + sum.group(3), sum.group(1));
        } else if (!line.isBlank() && !line.startsWith("#")) {
          throw ElacsymException.invalid(
              plugins.resolve(FILE)
                  + ":"
                  + number
                  + ": no line of checksums; `elacsym plugins lock` writes the file again");
        }
      }
    }
    return new PluginLock(plugins, sums);
  }

  /** One without any line. */
  public static PluginLock none(Path plugins) {
    return new PluginLock(plugins, new TreeMap<>());
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      throw ElacsymException.invalid(file + ": cannot be read (" + e + ")");
    }
  }

  /** Takes down the jars of one plugin as they are now; for one that is gone, that it is. */
  public PluginLock with(String plugin) {
    SortedMap<String, String> changed = new TreeMap<>(sums);
    changed.keySet().removeIf(name -> name.startsWith(plugin + "/"));
    changed.putAll(sumsOf(plugins.resolve(plugin)));
    return new PluginLock(plugins, changed);
  }

  /** Takes down all plugins as they are now. */
  public PluginLock withAll() {
    PluginLock all = new PluginLock(plugins, new TreeMap<>());
    try (Stream<Path> below = Files.list(plugins)) {
      for (Path directory : below.filter(PluginLock::isPlugin).sorted().toList()) {
        all.sums.putAll(sumsOf(directory));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return all;
  }

  private static boolean isPlugin(Path path) {
    return Files.isDirectory(path) && !path.getFileName().toString().startsWith(".");
  }

  /** Writes the file, whole or not at all. */
  public void write() {
    StringBuilder text = new StringBuilder(HEAD);
    sums.forEach((name, sum) -> text.append(sum).append("  ").append(name).append('\n'));
    try {
      Path made = Files.writeString(plugins.resolve("." + FILE + ".new"), text);
      try {
        Files.move(made, plugins.resolve(FILE), StandardCopyOption.ATOMIC_MOVE);
      } catch (AtomicMoveNotSupportedException e) {
        Files.move(made, plugins.resolve(FILE), StandardCopyOption.REPLACE_EXISTING);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** How many jars it has. */
  public int size() {
    return sums.size();
  }

  /** What is not as it was taken down in a plugin's directory, one line each. */
  List<String> differences(Path directory) {
    SortedMap<String, String> now = sumsOf(directory);
    String plugin = directory.getFileName().toString();
    List<String> differences = new ArrayList<>();
    now.forEach((name, sum) -> {
      String known = sums.get(name);
      if (!sum.equals(known)) {
        differences.add(
            plugins.resolve(name)
                + (known == null
                    ? " is not in "
                    : " is not what was installed: its SHA-256 is "
                        + sum
                        + ", expected "
                        + known
                        + " as in ")
                + plugins.resolve(FILE)
                + "; install the plugin again, or if the change is yours, `elacsym plugins lock`");
      }
    });
    sums.keySet().stream()
        .filter(name -> name.startsWith(plugin + "/") && !now.containsKey(name))
        .forEach(name ->
            differences.add(
                plugins.resolve(name)
                    + " is missing and stands in "
                    + plugins.resolve(FILE)
                    + "; install the plugin again, or if you have removed it,"
                    + " `elacsym plugins lock`"));
    return differences;
  }

  /** Plugins that are taken down and have no directory any more, one line each. */
  List<String> gone() {
    return sums.keySet().stream()
        .map(name -> name.substring(0, name.indexOf('/')))
        .distinct()
        .filter(plugin -> !Files.isDirectory(plugins.resolve(plugin)))
        .map(plugin ->
            plugins.resolve(plugin)
                + " is missing and stands in "
                + plugins.resolve(FILE)
                + "; install the plugin again, or if you have removed it, `elacsym plugins lock`")
        .toList();
  }

  private static SortedMap<String, String> sumsOf(Path directory) {
    SortedMap<String, String> sums = new TreeMap<>();
    if (Files.isDirectory(directory)) {
      for (Path jar : PluginDirectories.jarsIn(directory, new ArrayList<>())) {
        sums.put(directory.getFileName() + "/" + jar.getFileName(), sha256(jar));
      }
    }
    return sums;
  }

  private static String sha256(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      new DigestInputStream(in, digest).transferTo(OutputStream.nullOutputStream());
      return HexFormat.of().formatHex(digest.digest());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
