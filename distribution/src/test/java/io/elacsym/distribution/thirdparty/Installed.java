package io.elacsym.distribution.thirdparty;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * A copy of the built distribution that may be changed.
 *
 * @param home with {@code bin/ lib/ plugins/}
 */
record Installed(Path home) {
  private static final Path BUILT = Path.of("target", "elacsym").toAbsolutePath();

  /** Copies what the server needs; the demo is large and plays no part. */
  static Installed copyTo(Path home) throws IOException {
    for (String part : List.of("bin", "lib", "plugins")) {
      Directories.copy(BUILT.resolve(part), home.resolve(part));
    }
    return new Installed(home);
  }

  /** Puts a plugin's jar where its documentation says. */
  void install(String plugin, Path jar) throws IOException {
    Path directory = home.resolve("plugins").resolve(plugin);
    Files.createDirectories(directory);
    Files.copy(jar, directory.resolve(jar.getFileName()));
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

  /** What a command left behind: its exit code, and all it printed. */
  record Ended(int code, String output) {}

  /** Runs a command to its end. */
  Ended run(String... arguments) throws Exception {
    Process process = start(arguments);
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Ended(process.waitFor(), output);
  }

  /** Starts a command; stdout and stderr come as one. */
  Process start(String... arguments) throws IOException {
    ProcessBuilder builder = command(arguments);
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    return builder.start();
  }

  /** Starts a command that gets nothing of this machine but the usual tools of a shell. */
  Process startWithoutJava(String... arguments) throws IOException {
    ProcessBuilder builder = command(arguments);
    builder.environment().clear();
    builder.environment().put("PATH", "/usr/bin:/bin");
    return builder.start();
  }

  private ProcessBuilder command(String... arguments) {
    ProcessBuilder builder =
        new ProcessBuilder(
            Stream.concat(
                    Stream.of(home.resolve("bin").resolve("elacsym").toString()),
                    Stream.of(arguments))
                .toList());
    builder.redirectErrorStream(true);
    builder.directory(home.toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("ELACSYM_"));
    builder.environment().remove("RUST_LOG");
    builder.environment().put("ELACSYM_JAVA_OPTS", "-Xmx512m -XX:+UseSerialGC");
    return builder;
  }
}
