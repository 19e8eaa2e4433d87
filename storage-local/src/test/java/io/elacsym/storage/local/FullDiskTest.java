package io.elacsym.storage.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A file size limit of the operating system stands in for a full disk: the write fails half way.
 */
class FullDiskTest {
  @TempDir Path root;

  @Test
  void aPutThatDoesNotFitFailsSayingWhatToDoAndLeavesNothingBehind() throws Exception {
    assumeTrue(hasUlimit(), "skipped: there is no bash with ulimit to limit the size of files");
    Process writer = ChildJvm.startWithFileLimit(100, Opener.class, root);
    try (BufferedReader output = writer.inputReader();
        Writer sizes = writer.outputWriter()) {
      assertThat(output.readLine()).isEqualTo("open");
      sizes.write("50000\n1000000\n60000\n");
      sizes.flush();
      assertThat(output.readLine()).isEqualTo("WON");
      assertThat(output.readLine())
          .startsWith("UNAVAILABLE cannot write object 'object-1000000' of 1000000 bytes")
          .contains("no space left")
          .contains("free space, or raise the quota");
      assertThat(output.readLine()).isEqualTo("WON");
      assertThat(root.resolve(Layout.TEMPORARY)).isEmptyDirectory();
      assertThat(root.resolve("object-50000")).hasSize(50_000);
      assertThat(root.resolve("object-1000000")).doesNotExist();
      assertThat(root.resolve("object-60000")).hasSize(60_000);
    } finally {
      writer.destroyForcibly().onExit().join();
    }
  }

  private static boolean hasUlimit() {
    try {
      return Files.isExecutable(Path.of("/bin/bash"))
          && new ProcessBuilder("bash", "-c", "ulimit -f 100").start().onExit().join().exitValue()
              == 0;
    } catch (IOException e) {
      return false;
    }
  }
}
