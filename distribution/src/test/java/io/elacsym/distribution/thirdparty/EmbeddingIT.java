package io.elacsym.distribution.thirdparty;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program of {@code examples/embedding}, built by its own build from published artifacts. */
class EmbeddingIT {
  private static final Path EXAMPLE =
      Path.of("..").toAbsolutePath().normalize().resolve("examples").resolve("embedding");
  private static final String MAIN = "com.example.embedding.Main";
  private static final String VECTORS = "jdk.incubator.vector";

  @TempDir private static Path shared;
  private static Path built;

  @TempDir private Path temp;

  @BeforeAll
  static void build() throws Exception {
    Path project = shared.resolve("embedding");
    Files.createDirectories(project);
    Files.copy(EXAMPLE.resolve("pom.xml"), project.resolve("pom.xml"));
    Directories.copy(EXAMPLE.resolve("src"), project.resolve("src"));
    built = PluginBuild.verified(project, PublishedArtifacts.staged());
  }

  private String run(List<String> options) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("--enable-native-access=ALL-UNNAMED");
    command.addAll(options);
    command.add(temp.toString());
    Path output = temp.resolve("output.txt");
    Process process =
        new ProcessBuilder(command)
            .directory(built.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    int code = process.waitFor();
    String text = Files.readString(output);
    assertThat(code).as(text).isZero();
    assertThat(text)
        .containsSubsequence("nearest: 1 ", "A field guide to sea birds", "nearest: 3 ")
        .containsSubsequence("with words: 3 ", "Birds on old maps", "with words: 2 ");
    return text;
  }

  @Test
  void onTheClassPath() throws Exception {
    String text =
        run(List.of("--add-modules", VECTORS, "-cp", "classes:modules/*:plugins/*", MAIN));
    assertThat(text).contains("vector kernels: SIMD");
  }

  @Test
  void asAModuleWithPluginsOnTheClassPath() throws Exception {
    String text =
        run(
            List.of(
                "--add-modules",
                VECTORS,
                "-p",
                "classes:modules",
                "-cp",
                "plugins/*",
                "-m",
                "com.example.embedding/" + MAIN));
    assertThat(text).contains("vector kernels: SIMD");
  }

  @Test
  void withoutTheModuleOfVectorsWithPlainLoops() throws Exception {
    String text = run(List.of("-cp", "classes:modules/*:plugins/*", MAIN));
    assertThat(text).contains("vector kernels: scalar", "--add-modules " + VECTORS);
  }
}
