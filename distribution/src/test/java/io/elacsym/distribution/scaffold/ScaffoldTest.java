package io.elacsym.distribution.scaffold;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ScaffoldTest {
  @TempDir Path temp;

  private static List<Path> files(Path directory) throws IOException {
    try (Stream<Path> all = Files.walk(directory)) {
      return all.filter(Files::isRegularFile).toList();
    }
  }

  @ParameterizedTest
  @EnumSource(ScaffoldKind.class)
  void nothingOfTheTemplatesIsLeftOver(ScaffoldKind kind) throws IOException {
    Scaffold scaffold = new Scaffold(kind, "a-name", "org.sample");
    Path project = temp.resolve("project");
    scaffold.writeTo(project);
    for (Path file : files(project)) {
      assertThat(Files.readString(file))
          .as(file.toString())
          .doesNotContainPattern("%[A-Za-z]+%|@[a-z]+\\.version@")
          .doesNotContain("io.elacsym.tck.memory", "io.elacsym.tck.oracle", "com.example")
          .doesNotContain("\"rows\"", "\"flat\"", "\"plain-text\"");
    }
    assertThat(project.resolve("src/main/java/org/sample/elacsym/a_name/Packing.java")).exists();
    assertThat(Files.readString(project.resolve("src/main/java/module-info.java")))
        .contains("module org.sample.elacsym.a_name", kind.spi());
  }

  @Test
  void whatIsThereIsNotOverwritten() throws IOException {
    Files.writeString(temp.resolve("precious"), "");
    Scaffold scaffold = new Scaffold(ScaffoldKind.STORAGE, "x", "org.sample");
    assertThatThrownBy(() -> scaffold.writeTo(temp)).hasMessageContaining("is not empty");
    assertThat(files(temp)).hasSize(1);
  }

  @Test
  void namesThatCannotWorkAreRefused() {
    for (String name : List.of("X", "1a", "a--b", "a-", "a_b", "a".repeat(33), "")) {
      assertThatThrownBy(() -> new Scaffold(ScaffoldKind.FORMAT, name, "org.sample"))
          .hasMessageContaining("the name is '" + name + "'");
    }
    assertThatThrownBy(() -> new Scaffold(ScaffoldKind.FORMAT, "x", "Org.sample"))
        .hasMessageContaining("the group is 'Org.sample'");
  }

  @Test
  void wordsOfJavasOwnAreNoNamesOfPackages() {
    for (String word : List.of("class", "new", "int", "null", "true", "default")) {
      assertThatThrownBy(() -> new Scaffold(ScaffoldKind.STORAGE, word, "org.sample"))
          .hasMessageContaining("the name is '" + word + "'")
          .hasMessageContaining("a word of Java's own");
      assertThatThrownBy(() -> new Scaffold(ScaffoldKind.STORAGE, "x", "org." + word + ".sample"))
          .hasMessageContaining("the group is 'org." + word + ".sample'");
    }
    assertThatThrownBy(() -> new Scaffold(ScaffoldKind.STORAGE, "x", "java.sample"))
        .hasMessageContaining("are Java's own");
    // Words only in some places of the language may be names.
    assertThat(new Scaffold(ScaffoldKind.STORAGE, "record", "org.module").artifact())
        .isEqualTo("elacsym-storage-record");
    assertThat(new Scaffold(ScaffoldKind.STORAGE, "new-class", "org.sample").artifact())
        .isEqualTo("elacsym-storage-new-class");
  }

  @Test
  void aClassCannotBeCalledAsTheInterfaceThatItIsMadeFor() {
    record Taken(ScaffoldKind kind, String name, String type) {}
    for (Taken taken :
        List.of(
            new Taken(ScaffoldKind.VECTOR_INDEX, "vector", "VectorIndexProvider"),
            new Taken(ScaffoldKind.VECTOR_INDEX, "vector-index", "VectorIndexBuild"),
            new Taken(ScaffoldKind.TEXT_INDEX, "text", "TextIndexProvider"),
            new Taken(ScaffoldKind.FORMAT, "segment", "SegmentFormatProvider"))) {
      assertThatThrownBy(() -> new Scaffold(taken.kind(), taken.name(), "org.sample"))
          .hasMessageContaining("the name is '" + taken.name() + "'")
          .hasMessageContaining("makes a class " + taken.type());
    }
    // The names that the sources have where they come from.
    assertThat(new Scaffold(ScaffoldKind.VECTOR_INDEX, "flat", "org.sample")).isNotNull();
    assertThat(new Scaffold(ScaffoldKind.FORMAT, "rows", "org.sample")).isNotNull();
    assertThat(new Scaffold(ScaffoldKind.STORAGE, "memory", "org.sample")).isNotNull();
  }
}
