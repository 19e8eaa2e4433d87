package io.elacsym.distribution.plugins;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.Provider;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.zip.ZipFile;

/**
 * Looks whether every class that the modules of a plugin name is there: in the plugin's own jars,
 * in our api, or in the JDK. Java itself finds out only when a class is used, and that may be in
 * the middle of a flush. Libraries are not looked through: many name classes that they can do
 * without.
 */
final class NamedClasses {
  private static final int JAVA_1 = 44;

  private final Path directory;
  private final List<JarFile> jars;
  private final Map<String, Boolean> found = new HashMap<>();

  private NamedClasses(Path directory, List<JarFile> jars) {
    this.directory = directory;
    this.jars = jars;
  }

  /** Adds a line to {@code problems} for each module that lacks something. */
  static void check(
      Path directory, List<PluginJar> parts, List<PluginJar> libraries, List<String> problems) {
    List<JarFile> open = new ArrayList<>();
    try {
      for (PluginJar part : parts) {
        open.add(open(part.path()));
      }
      for (PluginJar library : libraries) {
        open.add(open(library.path()));
      }
      NamedClasses classes = new NamedClasses(directory, open);
      for (int i = 0; i < parts.size(); i++) {
        Path part = parts.get(i).path();
        try {
          classes.check(part, open.get(i), problems);
        } catch (IOException e) {
          throw PluginJar.unreadable(part, e);
        }
      }
    } catch (ElacsymException e) {
      problems.add(e.getMessage());
    } finally {
      open.forEach(NamedClasses::close);
    }
  }

  private void check(Path path, JarFile jar, List<String> problems) throws IOException {
    Map<String, String> missing = new TreeMap<>();
    for (JarEntry entry : jar.versionedStream().filter(NamedClasses::isClass).toList()) {
      byte[] bytes;
      try (InputStream in = jar.getInputStream(entry)) {
        bytes = in.readAllBytes();
      }
      String name = entry.getName().replace('/', '.').replaceFirst("\\.class$", "");
      int java = bytes.length < 8 ? 0 : ((bytes[6] & 0xff) << 8 | (bytes[7] & 0xff)) - JAVA_1;
      if (java > Runtime.version().feature()) {
        problems.add(
            path
                + ": its class "
                + name
                + " is made for Java "
                + java
                + ", and this is Java "
                + Runtime.version().feature()
                + "; build it with `--release "
                + Runtime.version().feature()
                + "`, or run Elacsym with a newer Java");
        return;
      }
      for (String named : named(bytes)) {
        if (!found.computeIfAbsent(named, this::isThere)) {
          missing.putIfAbsent(named, name);
        }
      }
    }
    if (!missing.isEmpty()) {
      problems.add(line(path, missing));
    }
  }

  private String line(Path path, Map<String, String> missing) {
    Map.Entry<String, String> first = missing.entrySet().iterator().next();
    String named = first.getKey().replace('/', '.');
    String who = path + ": its class " + first.getValue() + " names " + named + more(missing);
    return ownerInTheCore(first.getKey())
        .map(module ->
            who
                + ", which is of "
                + module
                + ", a module of Elacsym's own: a plugin sees "
                + PluginJar.API
                + ", the JDK and the jars in its directory; put the library's jar into "
                + directory
                + ", or do without")
        .orElse(
            who
                + ", which is in no jar of "
                + directory
                + " and not in the JDK; put the jar of that library there");
  }

  private static String more(Map<String, String> missing) {
    int others = missing.size() - 1;
    return others == 0
        ? ""
        : " (and " + others + " more that " + (others == 1 ? "is" : "are") + " missing)";
  }

  private static Optional<String> ownerInTheCore(String internalName) {
    String name = packageOf(internalName).replace('/', '.');
    return ModuleLayer.boot().modules().stream()
        .filter(module -> module.getPackages().contains(name))
        .map(Module::getName)
        .findFirst();
  }

  private static Set<String> named(byte[] bytes) {
    try {
      return ConstantPool.classes(bytes).stream()
          .map(NamedClasses::element)
          .filter(name -> name.contains("/"))
          .collect(Collectors.toSet());
    } catch (IOException | IndexOutOfBoundsException e) {
      // No class file at all. Java refuses it, with the reason, when it is used.
      return Set.of();
    }
  }

  /** Of an array, the class of its elements; nothing for arrays of primitives. */
  private static String element(String internal) {
    int dimensions = internal.lastIndexOf('[') + 1;
    if (dimensions == 0) {
      return internal;
    }
    return internal.charAt(dimensions) == 'L'
        ? internal.substring(dimensions + 1, internal.length() - 1)
        : "";
  }

  private boolean isThere(String internal) {
    String name = packageOf(internal).replace('/', '.');
    return JdkOnlyLoader.INSTANCE.hasPackage(name)
        || Provider.class.getModule().getPackages().contains(name)
        || jars.stream().anyMatch(jar -> jar.getEntry(internal + ".class") != null);
  }

  private static String packageOf(String internal) {
    return internal.substring(0, Math.max(0, internal.lastIndexOf('/')));
  }

  private static boolean isClass(JarEntry entry) {
    return entry.getName().endsWith(".class")
        && !entry.getName().endsWith("module-info.class")
        && !entry.getName().startsWith("META-INF/");
  }

  private static JarFile open(Path path) {
    try {
      return new JarFile(path.toFile(), false, ZipFile.OPEN_READ, Runtime.version());
    } catch (IOException e) {
      throw PluginJar.unreadable(path, e);
    }
  }

  private static void close(JarFile jar) {
    try {
      jar.close();
    } catch (IOException e) {
      // It was only read.
    }
  }
}
