package io.elacsym.distribution.thirdparty;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The example plugin's own Maven build, as its author runs it. */
final class PluginBuild {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final Path EXAMPLE = ROOT.resolve("examples").resolve("plugin-index-flat");

  private PluginBuild() {}

  /**
   * Builds and tests the example in a copy, outside our checkout.
   *
   * @return its jar
   */
  static Path run(Path temp, PublishedArtifacts published) throws Exception {
    Path project = temp.resolve("plugin-index-flat");
    Files.createDirectories(project);
    Files.copy(EXAMPLE.resolve("pom.xml"), project.resolve("pom.xml"));
    Directories.copy(EXAMPLE.resolve("src"), project.resolve("src"));
    List<String> command = new ArrayList<>();
    command.add(ROOT.resolve("mvnw").toString());
    command.addAll(List.of("--batch-mode", "--no-transfer-progress", "-Dstyle.color=never"));
    command.add("-Delacsym.version=" + published.version());
    command.add("-Dmaven.repo.local=" + published.directory());
    command.add(
        "-Dmaven.repo.local.tail=" + PublishedArtifacts.property("elacsym.localRepository"));
    command.add("verify");
    Path output = temp.resolve("maven.txt");
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.directory(project.toFile());
    builder.redirectErrorStream(true);
    builder.redirectOutput(output.toFile());
    // What the Maven around this test has left there is not for this one.
    builder.environment().keySet().removeIf(PluginBuild::isOfTheOuterMaven);
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    int code = builder.start().waitFor();
    assertThat(code).as(() -> text(output)).isZero();
    return jar(project.resolve("target"));
  }

  private static boolean isOfTheOuterMaven(String variable) {
    return variable.startsWith("MAVEN_") && !variable.equals("MAVEN_USER_HOME");
  }

  private static Path jar(Path target) throws IOException {
    try (Stream<Path> files = Files.list(target)) {
      List<Path> jars = files.filter(file -> file.toString().endsWith(".jar")).toList();
      assertThat(jars).hasSize(1);
      return jars.getFirst();
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return file + ": " + e;
    }
  }
}
