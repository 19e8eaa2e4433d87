package io.elacsym.benchmarks.judged;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** Runs where {@code -Delacsym.judged=DIR} tells where a judged collection is. */
class JudgedTest {
  private static final Path INSTALLATION = Path.of("..", "distribution", "target", "elacsym");

  @Test
  void rankingsAreAsGoodAsThoseOfPlainLuceneInEveryState() {
    String data = System.getProperty("elacsym.judged", "");
    assumeTrue(!data.isEmpty(), "skipped: elacsym.judged does not name a judged collection");
    assumeTrue(Files.isDirectory(INSTALLATION), "skipped: Elacsym is not packaged");
    int code =
        new CommandLine(new JudgedCommand())
            .execute("--data", data, "--elacsym", INSTALLATION.toString(), "--no-vectors");
    assertThat(code).isZero();
  }
}
