package io.elacsym.distribution.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The built distribution, started the way users start it. */
public final class Installation {
  public static final Path HOME = Path.of("target", "elacsym").toAbsolutePath();

  /** How users start it. */
  public static final List<String> LAUNCHER =
      List.of(HOME.resolve("bin").resolve("elacsym").toString());

  /** Long enough for a loaded machine; nothing waits for it to pass. */
  public static final long PATIENCE_SECONDS = 120;

  private Installation() {}

  /** Starts a command in {@code directory}, its output in the files {@code out} and {@code err}. */
  public static Process start(
      Path directory, Map<String, String> environment, String... arguments) {
    return start(LAUNCHER, directory, environment, arguments);
  }

  /**
   * The same with another launcher.
   *
   * @param launcher the words of the command before {@code arguments}
   */
  public static Process start(
      List<String> launcher, Path directory, Map<String, String> environment, String... arguments) {
    ProcessBuilder builder =
        new ProcessBuilder(Stream.concat(launcher.stream(), Stream.of(arguments)).toList());
    builder.directory(directory.toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("ELACSYM_"));
    builder.environment().remove("RUST_LOG");
    builder.environment().put("ELACSYM_JAVA_OPTS", "-Xmx1g -XX:+UseSerialGC");
    builder.environment().putAll(environment);
    builder.redirectOutput(directory.resolve("out").toFile());
    builder.redirectError(directory.resolve("err").toFile());
    try {
      return builder.start();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** Runs a command to its end. */
  public static Ended run(Path directory, Map<String, String> environment, String... arguments) {
    return run(LAUNCHER, directory, environment, arguments);
  }

  /** The same with another launcher. */
  public static Ended run(
      List<String> launcher, Path directory, Map<String, String> environment, String... arguments) {
    Process process = start(launcher, directory, environment, arguments);
    int code = exitCode(process);
    return new Ended(code, lines(directory.resolve("out")), lines(directory.resolve("err")));
  }

  /** What a command left. */
  public record Ended(int code, List<String> out, List<String> err) {}

  public static int exitCode(Process process) {
    try {
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError("still running: " + process.info());
      }
      return process.exitValue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  public static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
