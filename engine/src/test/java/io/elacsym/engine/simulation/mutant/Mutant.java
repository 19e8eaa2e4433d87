package io.elacsym.engine.simulation.mutant;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A bug put into the program on purpose.
 *
 * @param module whose tests run, such as {@code engine}
 * @param bug what is wrong
 * @param file below the module's package
 * @param find text of the file, which must be there exactly once
 * @param replace what stands in its place
 */
public record Mutant(String module, String bug, String file, String find, String replace) {
  /** A bug of the engine. */
  Mutant(String bug, String file, String find, String replace) {
    this("engine", bug, file, find, replace);
  }

  /** Name of the class that is changed. */
  String className() {
    return "io.elacsym."
        + module
        + "."
        + file.substring(0, file.lastIndexOf('.')).replace('/', '.');
  }

  /**
   * The changed source.
   *
   * @throws AssertionError when the code has changed so that the bug does not fit in any more
   */
  String source() {
    String text;
    try {
      text =
          Files.readString(Path.of("..", module, "src/main/java/io/elacsym", module).resolve(file));
    } catch (IOException e) {
      throw new AssertionError(file + " is gone, adapt the mutant '" + bug + "'", e);
    }
    int at = text.indexOf(find);
    if (at < 0 || text.indexOf(find, at + 1) >= 0) {
      throw new AssertionError(
          file + " has changed, adapt the mutant '" + bug + "': not there exactly once: " + find);
    }
    return text.substring(0, at) + replace + text.substring(at + find.length());
  }

  @Override
  public String toString() {
    return bug;
  }
}
