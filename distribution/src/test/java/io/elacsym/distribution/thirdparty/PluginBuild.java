package io.elacsym.distribution.thirdparty;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A plugin's own Maven build, as its author runs it, outside our checkout. */
final class PluginBuild {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final Path EXAMPLE = ROOT.resolve("examples").resolve("plugin-index-flat");

  private PluginBuild() {}

  /**
   * Builds and tests a copy of the example.
   *
   * @return its jar
   */
  static Path run(Path temp, PublishedArtifacts published) throws Exception {
    Path project = temp.resolve("plugin-index-flat");
    Files.createDirectories(project);
    Files.copy(EXAMPLE.resolve("pom.xml"), project.resolve("pom.xml"));
    Directories.copy(EXAMPLE.resolve("src"), project.resolve("src"));
    return only(verified(project, published), ".jar");
  }

  /**
   * Builds and tests a project.
   *
   * @param more arguments for Maven
   * @return the directory of what was built
   */
  static Path verified(Path project, PublishedArtifacts published, String... more)
      throws Exception {
    List<String> command = new ArrayList<>();
    command.add(ROOT.resolve("mvnw").toString());
    command.addAll(List.of("--batch-mode", "--no-transfer-progress", "-Dstyle.color=never"));
    command.add("-Delacsym.version=" + published.version());
    command.add("-Dmaven.repo.local=" + published.directory());
    command.add(
        "-Dmaven.repo.local.tail=" + PublishedArtifacts.property("elacsym.localRepository"));
    command.addAll(List.of(more));
    command.add("verify");
    Path output = project.resolve("maven.txt");
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.directory(project.toFile());
    builder.redirectErrorStream(true);
    builder.redirectOutput(output.toFile());
    // What the Maven around this test has left there is not for this one.
    builder.environment().keySet().removeIf(PluginBuild::isOfTheOuterMaven);
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    int code = builder.start().waitFor();
    assertThat(code).as(() -> text(output)).isZero();
    return project.resolve("target");
  }

  /** The only file with such an end in a directory. */
  static Path only(Path directory, String end) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      List<Path> found = files.filter(file -> file.toString().endsWith(end)).toList();
      assertThat(found).hasSize(1);
      return found.getFirst();
    }
  }

  private static boolean isOfTheOuterMaven(String variable) {
    return variable.startsWith("MAVEN_") && !variable.equals("MAVEN_USER_HOME");
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return file + ": " + e;
    }
  }
}
