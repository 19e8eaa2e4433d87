package io.elacsym.benchmarks.sets;

import java.nio.file.Path;

/**
 * The files of a set. Vectors and queries are little-endian 32-bit floats, row after row, and
 * nothing else, so that any tool can map them.
 *
 * @param directory of this set alone
 */
record SetFiles(Path directory) {
  static SetFiles of(Path data, String set) {
    return new SetFiles(data.resolve("sets").resolve(set));
  }

  Path vectors() {
    return directory.resolve("vectors.f32");
  }

  Path queries() {
    return directory.resolve("queries.f32");
  }

  /** What the other two hold; written last, so a set without it is not finished. */
  Path head() {
    return directory.resolve("set.json");
  }
}
