package io.elacsym.distribution.files;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WholeFileTest {
  @TempDir Path temp;

  private void write(Path file, String content, boolean commits) throws IOException {
    try (WholeFile whole = WholeFile.create(file)) {
      whole.stream().write(content.getBytes(UTF_8));
      whole.stream().flush();
      if (commits) {
        whole.commit();
      }
    }
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(temp)) {
      return files.map(path -> path.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void theOldFileStaysUntilTheNewOneIsWhole() throws IOException {
    Path file = Files.writeString(temp.resolve("a"), "old");
    try (WholeFile whole = WholeFile.create(file)) {
      whole.stream().write("ne".getBytes(UTF_8));
      whole.stream().flush();
      assertThat(file).hasContent("old");
      whole.stream().write('w');
      whole.commit();
      assertThat(file).hasContent("new");
    }
    assertThat(names()).containsExactly("a");
  }

  @Test
  void whatIsNotFinishedLeavesNothing() throws IOException {
    write(temp.resolve("new"), "half", false);
    Path old = Files.writeString(temp.resolve("old"), "old");
    write(old, "half", false);
    assertThat(names()).containsExactly("old");
    assertThat(old).hasContent("old");
  }

  @Test
  void aLinkStaysALinkAndPermissionsStayWhatTheyWere() throws IOException {
    Path file = Files.writeString(temp.resolve("a"), "old");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
    Path link = Files.createSymbolicLink(temp.resolve("link"), Path.of("a"));
    write(link, "new", true);
    assertThat(Files.isSymbolicLink(link)).isTrue();
    assertThat(file).hasContent("new");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-r-----");
    Path dangling = Files.createSymbolicLink(temp.resolve("dangling"), Path.of("target"));
    write(dangling, "new", true);
    assertThat(Files.isSymbolicLink(dangling)).isTrue();
    assertThat(temp.resolve("target")).hasContent("new");
  }

  @Test
  void whatIsNotFinishedIsAsSecretAsWhatItReplaces() throws IOException {
    Path file = Files.writeString(temp.resolve("a"), "secret");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    try (WholeFile whole = WholeFile.create(file)) {
      whole.stream().write("secret, too".getBytes(UTF_8));
      whole.stream().flush();
      assertThat(names()).hasSize(2);
      for (String name : names()) {
        assertThat(Files.getPosixFilePermissions(temp.resolve(name)))
            .as(name)
            .isEqualTo(PosixFilePermissions.fromString("rw-------"));
      }
    }
  }

  @Test
  void whatIsNoPlainFileIsWrittenToAsItIs() throws IOException {
    write(Path.of("/dev/null"), "gone", true);
    assertThat(Files.isRegularFile(Path.of("/dev/null"))).isFalse();
  }

  @Test
  void aPlaceThatCannotBeIsExplained() throws IOException {
    assertThatThrownBy(() -> WholeFile.create(temp)).hasMessageContaining("is a directory");
    assertThatThrownBy(() -> WholeFile.create(temp.resolve("no/such/file")))
        .hasMessageContaining("there is no such directory");
    assertThat(names()).isEmpty();
  }
}
