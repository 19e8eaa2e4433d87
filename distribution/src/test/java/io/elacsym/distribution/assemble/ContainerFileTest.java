package io.elacsym.distribution.assemble;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An image of an assembled directory is run as that of a clone is. */
class ContainerFileTest {
  @TempDir private Path temp;

  private static String fromTheUserOn(String file) {
    return file.substring(file.indexOf("USER elacsym\n"));
  }

  @Test
  void itEndsAsTheDockerfileOfTheRepositoryDoes() throws IOException {
    ContainerFile.writeInto(temp, true);
    assertThat(fromTheUserOn(Files.readString(temp.resolve("Dockerfile"))))
        .isEqualTo(fromTheUserOn(Files.readString(Path.of("..", "Dockerfile"))))
        .contains("HEALTHCHECK", "ENTRYPOINT");
  }
}
