package io.elacsym.engine.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.elacsym.api.ElacsymException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScratchTest {
  @TempDir Path given;

  @Test
  void enginesOfAProcessShareAFolderThatGoesWithTheLast() throws IOException {
    Scratch one = open(given);
    Scratch two = open(given);
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
    try (Scratch scratch = open(given)) {
      assertThat(left).doesNotExist();
      assertThat(scratch.folder()).isDirectory();
      assertThat(elsewhere.resolve("lock")).exists();
      assertThat(List.of(link, other)).allMatch(Files::exists);
    }
  }

  /** Such as one that another process takes away at this moment, or that nobody may open. */
  @Test
  void aFolderOfOthersThatCannotBeLookedIntoIsNoHindrance() throws IOException {
    Path other = Files.createDirectories(given.resolve("scratch/other"));
    Files.createSymbolicLink(other.resolve("lock"), given.resolve("nowhere"));
    try (Scratch scratch = open(given)) {
      assertThat(Files.exists(scratch.newFile(".blob"))).isTrue();
    }
    assertThat(other).exists();
  }

  @Test
  void filesAreForTheirOwnerOnly() throws IOException {
    try (Scratch scratch = open(given)) {
      assertThat(permissions(scratch.folder())).isEqualTo("rwx------");
      assertThat(permissions(scratch.newFile(".blob"))).isEqualTo("rw-------");
    }
  }

  @Test
  void anOperatorWhoTidiesUpDoesNoHarm() throws IOException {
    try (Scratch scratch = open(given)) {
      Files.delete(scratch.folder().resolve("lock"));
      Files.delete(scratch.folder());
      Files.delete(given.resolve("scratch"));
      assertThat(scratch.newFile(".blob")).exists();
      assertThat(scratch.folder()).isDirectoryContaining(isFile("lock"));
    }
  }

  @Test
  void theFirstFolderThatCanBeUsedIsTakenAndNoneIsAnErrorThatSaysWhatToDo() throws IOException {
    Path file = Files.createFile(given.resolve("file"));
    try (Scratch scratch = open(file, given)) {
      assertThat(scratch.folder()).startsWith(given.toAbsolutePath().resolve("scratch"));
    }
    assertThatThrownBy(() -> open(file, file.resolve("below")))
        .isInstanceOf(ElacsymException.class)
        .hasMessageContainingAll(file.toString(), "cache.disk_path");
  }

  @Test
  void whatItLiesInIsNotMadeAnewWhenThatHasGone() throws IOException {
    Path mounted = Files.createDirectory(given.resolve("mounted"));
    Path inner = mounted.resolve("tmp");
    Scratch.Making making =
        () -> {
          if (!Files.exists(mounted.resolve("mark"))) {
            throw ElacsymException.unavailable("gone", new IOException("no mark"));
          }
          PrivateFolders.createOne(inner);
        };
    Files.createFile(mounted.resolve("mark"));
    try (Scratch scratch = Scratch.open(List.of(new Scratch.Place(inner, making)))) {
      Path away = given.resolve("away");
      Files.move(mounted, away);
      assertThatThrownBy(() -> scratch.newFile(".blob")).hasMessage("gone");
      assertThat(mounted).doesNotExist();

      Files.createDirectory(mounted); // the empty folder that a volume is mounted on
      assertThatThrownBy(() -> scratch.newFile(".blob")).hasMessage("gone");
      assertThat(mounted).isEmptyDirectory();

      Files.delete(mounted);
      Files.move(away, mounted);
      Files.delete(scratch.newFile(".blob"));
    }
    assertThat(inner.resolve("scratch")).isEmptyDirectory();
  }

  private static Scratch open(Path... folders) {
    return Scratch.open(Stream.of(folders).map(Scratch.Place::at).toList());
  }

  private static java.util.function.Predicate<Path> isFile(String name) {
    return path -> path.endsWith(name);
  }

  private static String permissions(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }
}
