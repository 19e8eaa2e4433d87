package io.elacsym.distribution.plugins;

import io.elacsym.api.ElacsymException;
import io.elacsym.distribution.files.WholeFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

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
    return Files.exists(file(plugins));
  }

  /** Where it is: with a change of a plugin that is not finished, or in its place. */
  private static Path file(Path plugins) {
    try {
      return PluginChange.pending(plugins).stream()
          .flatMap(change -> change.lock().stream())
          .findFirst()
          .orElse(plugins.resolve(FILE));
    } catch (IOException e) {
      // Not there, or not readable: whoever lists the plugins tells of it.
      return plugins.resolve(FILE);
    }
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
      for (String line : lines(file(plugins))) {
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

  /**
   * Takes down the jars of one plugin.
   *
   * @param directory where they are now
   */
  public PluginLock with(String plugin, Path directory) {
    PluginLock changed = without(plugin);
    changed.sums.putAll(sumsOf(plugin, directory));
    return changed;
  }

  /** Forgets one plugin. */
  public PluginLock without(String plugin) {
    SortedMap<String, String> changed = new TreeMap<>(sums);
    changed.keySet().removeIf(name -> name.startsWith(plugin + "/"));
    return new PluginLock(plugins, changed);
  }

  /** Takes down all plugins as they are now. */
  public PluginLock withAll() {
    PluginLock all = none(plugins);
    PluginDirectories.below(plugins)
        .forEach((name, directory) -> all.sums.putAll(sumsOf(name, directory)));
    return all;
  }

  /** Writes the file into the directory of plugins, whole or not at all. */
  public void write() {
    writeInto(plugins);
  }

  /** Writes the file into another directory, from which it is to come into its place. */
  public void writeInto(Path directory) {
    StringBuilder text = new StringBuilder(HEAD);
    sums.forEach((name, sum) -> text.append(sum).append("  ").append(name).append('\n'));
    try (WholeFile file = WholeFile.create(directory.resolve(FILE))) {
      file.stream().write(text.toString().getBytes(StandardCharsets.UTF_8));
      file.commit();
    } catch (IOException e) {
      throw ElacsymException.unavailable(
          directory.resolve(FILE) + " cannot be written (" + e.getMessage() + ")", e);
    }
  }

  /** How many jars it has. */
  public int size() {
    return sums.size();
  }

  /**
   * What is not as it was taken down of a plugin, one line each.
   *
   * @param directory where its jars are
   * @throws ElacsymException {@code INVALID_REQUEST} naming a jar that cannot be read
   */
  public List<String> differences(String plugin, Path directory) {
    SortedMap<String, String> now = sumsOf(plugin, directory);
    List<String> differences = new ArrayList<>();
    now.forEach((name, sum) -> {
      String known = sums.get(name);
      if (!sum.equals(known)) {
        differences.add(
            directory.resolve(name.substring(name.indexOf('/') + 1))
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

  /**
   * Plugins that are taken down and have no directory any more, one line each.
   *
   * @param there the names of those that have one
   */
  List<String> gone(Set<String> there) {
    return sums.keySet().stream()
        .map(name -> name.substring(0, name.indexOf('/')))
        .distinct()
        .filter(plugin -> !there.contains(plugin))
        .map(plugin ->
            plugins.resolve(plugin)
                + " is missing and stands in "
                + plugins.resolve(FILE)
                + "; install the plugin again, or if you have removed it, `elacsym plugins lock`")
        .toList();
  }

  private static SortedMap<String, String> sumsOf(String plugin, Path directory) {
    SortedMap<String, String> sums = new TreeMap<>();
    for (Path jar : PluginDirectories.jarsIn(directory, new ArrayList<>())) {
      sums.put(plugin + "/" + jar.getFileName(), sha256(jar));
    }
    return sums;
  }

  private static String sha256(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      new DigestInputStream(in, digest).transferTo(OutputStream.nullOutputStream());
      return HexFormat.of().formatHex(digest.digest());
    } catch (IOException e) {
      throw PluginJar.unreadable(file, e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
