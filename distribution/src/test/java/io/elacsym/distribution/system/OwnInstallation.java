package io.elacsym.distribution.system;

import io.elacsym.distribution.it.Installation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;

/** A copy of the distribution, whose plugins can be added and removed as a user would. */
record OwnInstallation(Path home) {
  private static final List<String> PARTS = List.of("bin", "lib", "plugins");

  static OwnInstallation copyTo(Path home) throws IOException {
    for (String part : PARTS) {
      try (Stream<Path> files = Files.walk(Installation.HOME.resolve(part))) {
        for (Path file : files.toList()) {
          Path copy = home.resolve(Installation.HOME.relativize(file).toString());
          Files.createDirectories(copy.getParent());
          Files.copy(file, copy, StandardCopyOption.COPY_ATTRIBUTES);
        }
      }
    }
    return new OwnInstallation(home);
  }

  List<String> launcher() {
    return List.of(home.resolve("bin").resolve("elacsym").toString());
  }

  /** Adds the plugin that this jar is. */
  void add(String plugin, Path jar) throws IOException {
    Path directory = Files.createDirectories(home.resolve("plugins").resolve(plugin));
    Files.copy(jar, directory.resolve(jar.getFileName().toString()));
  }

  void remove(String plugin) throws IOException {
    Path directory = home.resolve("plugins").resolve(plugin);
    try (Stream<Path> jars = Files.list(directory)) {
      for (Path jar : jars.toList()) {
        Files.delete(jar);
      }
    }
    Files.delete(directory);
  }
}
