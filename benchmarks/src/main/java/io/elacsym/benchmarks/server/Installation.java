package io.elacsym.benchmarks.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;

/**
 * A packaged Elacsym.
 *
 * @param home the directory with {@code bin/}, {@code lib/} and {@code demo/}
 */
public record Installation(Path home) {

  /** How it is named on the command line. */
  public static final class Options {
    @Option(
        names = "--elacsym",
        paramLabel = "DIR",
        description = "The packaged Elacsym: the directory with bin/ and demo/.")
    private Path home = Path.of("distribution", "target", "elacsym");

    public Installation get() throws IOException {
      Installation installation = new Installation(home.toAbsolutePath());
      if (!Files.isExecutable(installation.launcher())) {
        throw new IOException(
            "there is no " + installation.launcher() + "; build it, or name another by --elacsym");
      }
      return installation;
    }
  }

  private Path launcher() {
    return home.resolve("bin").resolve("elacsym");
  }

  /** Runs the demo program; its output is shown. Returns its exit code. */
  public int demo(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("--enable-native-access=ALL-UNNAMED");
    command.add("--sun-misc-unsafe-memory-access=allow");
    command.add("-cp");
    command.add(home.resolve("demo").resolve("*").toString());
    command.add("io.elacsym.examples.dictionary.Main");
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command).inheritIO().start().waitFor();
  }

  /** A command of {@code elacsym} with only these {@code ELACSYM_} variables in its environment. */
  public ProcessBuilder command(Map<String, String> environment, List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(launcher().toString());
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().keySet().removeIf(name -> name.startsWith("ELACSYM_"));
    builder.environment().putAll(environment);
    return builder;
  }
}
