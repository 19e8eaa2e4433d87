package io.elacsym.engine.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.elacsym.api.ElacsymException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScratchTest {
  @TempDir Path given;

  @Test
  void enginesOfAProcessShareAFolderThatGoesWithTheLast() throws IOException {
    Scratch one = Scratch.open(List.of(given));
    Scratch two = Scratch.open(List.of(given));
    assertThat(one.folder()).isEqualTo(two.folder()).isDirectoryContaining(isFile("lock"));
    Files.writeString(two.newFile(".blob"), "half written");
    one.close();
    assertThat(two.folder()).isDirectory();
    Path folder = two.folder();
    two.close();
    assertThat(folder).doesNotExist();
  }

  @Test
  void whatAKilledProcessLeftIsDeletedAndNothingElse() throws IOException {
    Path left = Files.createDirectories(given.resolve("scratch/0123456789abcdef"));
    Files.createFile(left.resolve("lock"));
    Files.writeString(left.resolve("1.blob"), "half written");
    Path elsewhere = Files.createDirectory(given.resolve("elsewhere"));
    Files.createFile(elsewhere.resolve("lock"));
    Path link = Files.createSymbolicLink(given.resolve("scratch/link"), elsewhere);
    Path other = Files.writeString(given.resolve("scratch/readme"), "an operator's");
    try (Scratch scratch = Scratch.open(List.of(given))) {
      assertThat(left).doesNotExist();
      assertThat(scratch.folder()).isDirectory();
      assertThat(elsewhere.resolve("lock")).exists();
      assertThat(List.of(link, other)).allMatch(Files::exists);
    }
  }

  @Test
  void filesAreForTheirOwnerOnly() throws IOException {
    try (Scratch scratch = Scratch.open(List.of(given))) {
      assertThat(permissions(scratch.folder())).isEqualTo("rwx------");
      assertThat(permissions(scratch.newFile(".blob"))).isEqualTo("rw-------");
    }
  }

  @Test
  void anOperatorWhoTidiesUpDoesNoHarm() throws IOException {
    try (Scratch scratch = Scratch.open(List.of(given))) {
      Files.delete(scratch.folder().resolve("lock"));
      Files.delete(scratch.folder());
      assertThat(scratch.newFile(".blob")).exists();
      assertThat(scratch.folder()).isDirectoryContaining(isFile("lock"));
    }
  }

  @Test
  void theFirstFolderThatCanBeUsedIsTakenAndNoneIsAnErrorThatSaysWhatToDo() throws IOException {
    Path file = Files.createFile(given.resolve("file"));
    try (Scratch scratch = Scratch.open(List.of(file, given))) {
      assertThat(scratch.folder()).startsWith(given.toAbsolutePath().resolve("scratch"));
    }
    assertThatThrownBy(() -> Scratch.open(List.of(file, file.resolve("below"))))
        .isInstanceOf(ElacsymException.class)
        .hasMessageContainingAll(file.toString(), "cache.disk_path");
  }

  private static java.util.function.Predicate<Path> isFile(String name) {
    return path -> path.endsWith(name);
  }

  private static String permissions(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }
}
