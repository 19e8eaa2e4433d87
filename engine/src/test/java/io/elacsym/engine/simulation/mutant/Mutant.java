package io.elacsym.engine.simulation.mutant;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A bug put into the engine on purpose.
 *
 * @param bug what is wrong
 * @param file below the engine's package
 * @param find text of the file, which must be there exactly once
 * @param replace what stands in its place
 */
record Mutant(String bug, String file, String find, String replace) {
  private static final Path SOURCES = Path.of("src/main/java/io/elacsym/engine");

  /** Name of the class that is changed. */
  String className() {
    return "io.elacsym.engine." + file.substring(0, file.lastIndexOf('.')).replace('/', '.');
  }

  /**
   * The changed source.
   *
   * @throws AssertionError when the code has changed so that the bug does not fit in any more
   */
  String source() {
    String text;
    try {
      text = Files.readString(SOURCES.resolve(file));
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
