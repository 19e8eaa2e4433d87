package io.elacsym.benchmarks.rivals;

import io.elacsym.benchmarks.rivals.contenders.Contender;
import io.elacsym.benchmarks.rivals.contenders.Lineup;
import io.elacsym.benchmarks.sets.VectorSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Builds everything of this process once without measuring it, so that the first build does not pay
 * for compiling what the others use too. A server has been running for a while as well.
 */
final class WarmUp {
  private static final int VECTORS = 5_000;

  private WarmUp() {}

  /**
   * Leaves nothing behind.
   *
   * @param wanted as of {@link Lineup#contenders}
   */
  static void run(VectorSet set, List<String> wanted, Path work) throws Exception {
    VectorSet some = set.first(VECTORS);
    Path files = Files.createTempDirectory(work, "warm-up");
    System.err.println("  warming up ...");
    for (Contender contender : new Lineup(some, files).contenders(wanted, Optional.empty())) {
      try (contender) {
        var _ = contender.build(some);
      }
    }
    delete(files);
  }

  /** A directory and all in it. */
  static void delete(Path directory) throws IOException {
    try (var files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
