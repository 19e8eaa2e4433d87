package io.elacsym.engine.disk;

import java.nio.file.Path;
import java.util.List;

/** Folders for temporary files, for tests of what uses them. */
public final class Scratches {
  private Scratches() {}

  /** One in the machine's temporary folder, which the process shares. */
  public static Scratch shared() {
    Path folder = Path.of(System.getProperty("java.io.tmpdir"), "elacsym-tests");
    return Scratch.open(List.of(Scratch.Place.at(folder)));
  }
}
