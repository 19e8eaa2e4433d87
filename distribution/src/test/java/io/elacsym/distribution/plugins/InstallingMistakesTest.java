package io.elacsym.distribution.plugins;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever is done wrong when a plugin is installed is one line with the file and the cure. */
class InstallingMistakesTest {
  @TempDir Path temp;

  private Path plugins;
  private PluginJars jars;

  @BeforeEach
  void makeDirectories() throws IOException {
    plugins = Files.createDirectories(temp.resolve("plugins"));
    jars = new PluginJars(temp.resolve("work"));
  }

  private InstalledPlugins load() {
    return InstalledPlugins.load(List.of(plugins));
  }

  private String onlyProblem() {
    List<String> problems = load().problems();
    assertThat(problems).hasSize(1);
    assertThat(problems.getFirst()).doesNotContain("\n");
    return problems.getFirst();
  }

  private static Map<String, String> storageWith(String code) {
    Map<String, String> sources = new HashMap<>(PluginJars.storage("test.one", "one"));
    sources.replaceAll((file, text) ->
        text.replace("return \"A storage of the test\";", "return \"\" + " + code + ";"));
    return sources;
  }

  private Path jarWithLibrary() {
    Path library =
        jars.jar(
            temp.resolve("elsewhere"),
            "library.jar",
            Map.of(
                "library/Version.java",
                "package library; public class Version { public static int get() { return 7; } }",
                "library/Other.java",
                "package library; public class Other { public static int get() { return 8; } }"));
    return jars.jar(
        plugins.resolve("one"),
        "one.jar",
        storageWith("new int[] {library.Version.get(), library.Other.get()}[0]"),
        "--class-path",
        library.toString(),
        "--add-reads",
        "test.one=ALL-UNNAMED");
  }

  @Test
  void aMissingLibraryIsNamedBeforeItIsNeeded() throws IOException {
    Path jar = jarWithLibrary();
    assertThat(onlyProblem())
        .startsWith(jar + ": its class test.one.TestStorage names library.Other")
        .contains("(and 1 more that is missing)")
        .contains("put the jar of that library there");
    Files.copy(temp.resolve("elsewhere/library.jar"), plugins.resolve("one/library.jar"));
    assertThat(load().problems()).isEmpty();
  }

  @Test
  void aClassOfTheCoreIsNotThere() {
    Path jar =
        jars.jar(
            plugins.resolve("one"),
            "one.jar",
            storageWith("com.fasterxml.jackson.core.JsonToken.NOT_AVAILABLE.id()"),
            "--class-path",
            locationOf("com.fasterxml.jackson.core"),
            "--add-reads",
            "test.one=ALL-UNNAMED");
    assertThat(onlyProblem())
        .contains(jar.toString(), "com.fasterxml.jackson.core.JsonToken")
        .contains("which is of com.fasterxml.jackson.core, a module of Elacsym's own");
  }

  private static String locationOf(String module) {
    return Path.of(
            ModuleLayer.boot()
                .configuration()
                .findModule(module)
                .orElseThrow()
                .reference()
                .location()
                .orElseThrow())
        .toString();
  }

  @Test
  void aClassMadeForANewerJavaIsNamedWithBothVersions() throws IOException {
    Path jar = jars.jar(plugins.resolve("one"), "one.jar", PluginJars.storage("test.one", "one"));
    try (FileSystem zip = FileSystems.newFileSystem(jar)) {
      Path file = zip.getPath("test/one/TestStorage.class");
      byte[] bytes = Files.readAllBytes(file);
      bytes[7] = 99;
      Files.write(file, bytes);
    }
    assertThat(onlyProblem())
        .contains(jar.toString(), "test.one.TestStorage is made for Java 55")
        .contains("this is Java " + Runtime.version().feature(), "--release");
  }

  @Test
  void aCopyOfAModuleOfTheProgramIsToldToGo() {
    jars.jar(plugins.resolve("one"), "one.jar", PluginJars.storage("test.one", "one"));
    Path copy =
        jars.jar(plugins.resolve("one"), "tck.jar", PluginJars.storage("io.elacsym.tck", "memory"));
    assertThat(onlyProblem()).startsWith(copy + " is io.elacsym.tck").contains("remove it");
    assertThat(load().plugins()).isEmpty();
  }

  @Test
  void classesOfOurApiInALibraryAreToldToGo() {
    jars.jar(plugins.resolve("one"), "one.jar", PluginJars.storage("test.one", "one"));
    Path copy =
        jars.jar(
            plugins.resolve("one"), "fat.jar", Map.of("io/elacsym/api/Provider.class", "shaded"));
    assertThat(onlyProblem())
        .startsWith(copy + " has classes of io.elacsym.api")
        .contains("remove it", "scope `provided`");
  }

  @Test
  void aConstructorThatBlocksIsNamedWithThePlaceWhereItDoes() {
    Path jar =
        jars.jar(
            plugins.resolve("one"),
            "one.jar",
            PluginJars.storage(
                "test.one",
                "one",
                "return SpiLevel.CURRENT;",
                "return List.of();",
                "try { new java.util.concurrent.CountDownLatch(1).await(); }"
                    + " catch (InterruptedException e) { throw new IllegalStateException(e); }"));
    assertThat(InstalledPlugins.load(List.of(plugins), Duration.ofMillis(200)).problems())
        .singleElement()
        .asString()
        .contains(jar.toString(), "test.one.TestStorage has not returned", "(at ", "remove");
  }

  @Test
  void aConstructorThatEndsTheProcessIsNamedAndTheExitCodeIsAFailure() throws Exception {
    Path jar =
        jars.jar(
            plugins.resolve("one"),
            "one.jar",
            PluginJars.storage(
                "test.one",
                "one",
                "return SpiLevel.CURRENT;",
                "return List.of();",
                "System.exit(0);"));
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--module-path",
                System.getProperty("jdk.module.path"),
                "--module",
                "io.elacsym.distribution/io.elacsym.distribution.Main",
                "plugins",
                "--plugins",
                plugins.toString())
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).isEqualTo(1);
    assertThat(output).contains(jar.toString(), "ended the process (System.exit)");
  }

  @Test
  void onePlaceNamedTwiceIsOnePlace() throws IOException {
    jars.jar(plugins.resolve("one"), "one.jar", PluginJars.storage("test.one", "one"));
    Path link = Files.createSymbolicLink(temp.resolve("link"), plugins);
    Path inside = Files.createSymbolicLink(plugins.resolve("uno"), plugins.resolve("one"));
    assertThat(PluginDirectories.searched(List.of(plugins, link), Optional.empty()))
        .containsExactly(plugins);
    InstalledPlugins installed =
        InstalledPlugins.load(List.of(plugins, link, inside, plugins.resolve("one")));
    assertThat(installed.problems()).isEmpty();
    assertThat(installed.plugins()).hasSize(1);
  }

  @Test
  void aJarWithCapitalsInItsEndingIsToldToBeRenamed() throws IOException {
    Path jar = jars.jar(plugins.resolve("one"), "one.jar", PluginJars.storage("test.one", "one"));
    Path loud = Files.move(jar, jar.resolveSibling("one.JAR"));
    assertThat(load().problems())
        .anySatisfy(problem -> assertThat(problem).startsWith(loud.toString()).contains("rename"));
  }

  @Test
  void jarsBelowAPluginsDirectoryAreToldToMoveUp() throws IOException {
    jarWithLibrary();
    Path below = Files.createDirectories(plugins.resolve("one/lib"));
    Files.move(temp.resolve("elsewhere/library.jar"), below.resolve("library.jar"));
    assertThat(onlyProblem())
        .startsWith(below.toString())
        .contains("move them into " + plugins.resolve("one"));
    assertThat(InstalledPlugins.load(List.of(plugins.resolve("one"))).problems())
        .singleElement()
        .asString()
        .startsWith(below.toString());
  }

  @Test
  void anUnpackedJarIsToldToBePacked() throws IOException {
    Path one = Files.createDirectories(plugins.resolve("one"));
    try (OutputStream out = Files.newOutputStream(one.resolve("module-info.class"))) {
      out.write(0);
    }
    assertThat(load().problems())
        .anySatisfy(problem ->
            assertThat(problem)
                .startsWith(one.resolve("module-info.class").toString())
                .contains("an unpacked jar", "jar --create"));
  }

  @Test
  void anEmptyDirectoryHasNoJar() throws IOException {
    Path empty = Files.createDirectories(plugins.resolve("empty"));
    assertThat(onlyProblem()).startsWith(empty + ": it has no jar");
  }

  @Test
  void nullFromAProviderIsNamedWithTheMethod() {
    Map<String, String> sources = new HashMap<>(PluginJars.storage("test.one", "one"));
    sources.replaceAll((file, text) -> text.replace("return \"one\";", "return null;"));
    Path jar = jars.jar(plugins.resolve("one"), "one.jar", sources);
    assertThat(onlyProblem()).contains(jar.toString(), "returns null from name()");
  }

  @Test
  void aPackageOpenedToALibraryOfTheCoreIsRefused() {
    Map<String, String> sources = new HashMap<>(PluginJars.storage("test.one", "one"));
    sources.computeIfPresent(
        "module-info.java",
        (file, text) ->
            text.replace(
                "requires io.elacsym.api;",
                "requires io.elacsym.api; opens test.one to com.fasterxml.jackson.databind;"));
    Path jar = jars.jar(plugins.resolve("one"), "one.jar", sources, "-Xlint:-module");
    assertThat(onlyProblem()).contains(jar.toString(), "to com.fasterxml.jackson.databind");
  }
}
