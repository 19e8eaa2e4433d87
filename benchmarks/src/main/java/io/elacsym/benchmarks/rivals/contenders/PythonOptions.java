package io.elacsym.benchmarks.rivals.contenders;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Help;
import picocli.CommandLine.Option;

/** Which Python has the libraries that are measured. */
public final class PythonOptions {
  private static final Path VENV = Path.of("benchmarks", "target", "venv", "bin", "python3");
  private static final Path SCRIPT = Path.of("benchmarks", "rivals", "rivals.py");

  @Option(
      names = "--python",
      paramLabel = "FILE",
      showDefaultValue = Help.Visibility.NEVER,
      description =
          "For the contenders in Python; benchmarks/target/venv/bin/python3 if it is there, else"
              + " python3.")
  private Optional<String> python = Optional.empty();

  @Option(
      names = "--patience",
      paramLabel = "MINUTES",
      description = "How long Python may take for a build or a search before it is ended.")
  private int patience = 120;

  /** The program. */
  public String program() {
    return python.orElseGet(() -> Files.isExecutable(VENV) ? VENV.toString() : "python3");
  }

  /**
   * Starts the script with the libraries.
   *
   * @throws IOException when it does not start or does not answer
   */
  public Script start() throws IOException {
    return Script.start(List.of(program(), SCRIPT.toString()), Duration.ofMinutes(patience));
  }

  /** What to do when libraries are missing. */
  public static String remedy() {
    return """
    to have them:
      python3 -m venv benchmarks/target/venv
      benchmarks/target/venv/bin/pip install -r benchmarks/rivals/requirements.txt
    """;
  }
}
