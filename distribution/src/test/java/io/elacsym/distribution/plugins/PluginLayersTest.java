package io.elacsym.distribution.plugins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.elacsym.api.SpiLevel;
import io.elacsym.api.storage.StorageProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PluginLayersTest {
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
    return problems.getFirst();
  }

  @Test
  void aPluginIsFoundWithAllItSaysOfItself() {
    Path jar =
        jars.jar(
            plugins.resolve("one"),
            "one.jar",
            PluginJars.storage(
                "test.one",
                "one",
                "return SpiLevel.CURRENT;",
                "return List.of(Option.of(\"path\", OptionType.PATH, \"x\", \"Where.\"));",
                ""),
            "--module-version",
            "1.2.3");
    InstalledPlugins installed = load();
    assertThat(installed.problems()).isEmpty();
    InstalledPlugin plugin = installed.plugins().getFirst();
    assertThat(plugin.kind()).isEqualTo(PluginKind.STORAGE);
    assertThat(plugin.name()).isEqualTo("one");
    assertThat(plugin.version()).isEqualTo("1.2.3");
    assertThat(plugin.spiLevel()).isEqualTo(SpiLevel.CURRENT);
    assertThat(plugin.description()).isEqualTo("A storage of the test");
    assertThat(plugin.jar()).isEqualTo(jar);
    assertThat(plugin.table()).isEqualTo("storage.one");
    assertThat(plugin.options()).extracting(option -> option.key()).containsExactly("path");
    assertThat(installed.providers().storage("one").name()).isEqualTo("one");
  }

  @Test
  void theVersionIsThatOfTheBuildEvenIfTheModuleWasNotCompiledAgain() {
    Map<String, String> sources = new HashMap<>(PluginJars.storage("test.one", "one"));
    sources.put("META-INF/MANIFEST.MF", "Manifest-Version: 1.0\nImplementation-Version: 1.0.1\n");
    jars.jar(plugins.resolve("one"), "one.jar", sources, "--module-version", "1.0.0");
    assertThat(load().plugins()).extracting(InstalledPlugin::version).containsExactly("1.0.1");
  }

  @Test
  void theContextClassLoaderIsThePluginsWhileItsProviderIsCalled() {
    jars.jar(plugins.resolve("one"), "one.jar", PluginJars.storage("test.one", "one"));
    ClassLoader before = Thread.currentThread().getContextClassLoader();
    StorageProvider provider = load().providers().storage("one");
    assertThatThrownBy(() -> provider.open(new NoContext()))
        .hasMessage("context class loader: true");
    assertThat(Thread.currentThread().getContextClassLoader()).isSameAs(before);
  }

  @Test
  void eachPluginSeesItsOwnLibrariesAndNothingOfTheCore() {
    for (String name : List.of("one", "two")) {
      // The same class in both, as with two versions of a library; neither is a module.
      jars.jar(
          plugins.resolve(name),
          "library.jar",
          Map.of(
              "library/Version.java",
              "package library; public class Version { public static String get() { return \""
                  + name
                  + "\"; } }"));
      Map<String, String> sources = new HashMap<>(PluginJars.storage("test." + name, name));
      sources.computeIfPresent(
          "test/" + name + "/TestStorage.java",
          (file, text) ->
              text.replace(
                  "return \"A storage of the test\";",
                  "try { Class.forName(\"com.fasterxml.jackson.core.JsonFactory\");"
                      + " return \"sees the core\"; } catch (ClassNotFoundException e) {"
                      + " return \"library \" + library.Version.get(); }"));
      jars.jar(
          plugins.resolve(name),
          "plugin.jar",
          sources,
          "--class-path",
          jars.lastClasses().toString(),
          "--add-reads",
          "test." + name + "=ALL-UNNAMED");
    }
    InstalledPlugins installed = load();
    assertThat(installed.problems()).isEmpty();
    assertThat(installed.plugins())
        .extracting(InstalledPlugin::description)
        .containsExactly("library one", "library two");
  }

  @Test
  void twoPluginModulesMayShareADirectory() {
    jars.jar(plugins.resolve("both"), "one.jar", PluginJars.storage("test.one", "one"));
    jars.jar(plugins.resolve("both"), "two.jar", PluginJars.storage("test.two", "two"));
    assertThat(load().problems()).isEmpty();
    assertThat(load().plugins()).extracting(InstalledPlugin::name).containsExactly("one", "two");
  }

  /** A module that provides nothing, and says something to those who read it. */
  private static Map<String, String> shared(String module, String says, String... requires) {
    StringBuilder info = new StringBuilder("module " + module + " { requires io.elacsym.api; ");
    for (String required : requires) {
      info.append("requires ").append(required).append("; ");
    }
    return Map.of(
        "module-info.java",
        info + "exports " + module + "; }",
        module.replace('.', '/') + "/Shared.java",
        "package "
            + module
            + "; public class Shared { public static String says() { return \""
            + says
            + "\"; } }");
  }

  /** A plugin that reads the module {@code test.shared} and describes itself as that one says. */
  private static Map<String, String> readingShared(String name) {
    Map<String, String> sources = new HashMap<>(PluginJars.storage("test." + name, name));
    sources.replaceAll((file, text) ->
        text.replace("requires io.elacsym.api;", "requires io.elacsym.api; requires test.shared;")
            .replace("return \"A storage of the test\";", "return test.shared.Shared.says();"));
    return sources;
  }

  @Test
  void aPluginMayHaveSeveralModulesAndEachPluginItsOwnCopyOfOne() {
    for (String name : List.of("one", "two")) {
      Path directory = plugins.resolve(name);
      jars.jar(directory, "shared.jar", shared("test.shared", "shared with " + name));
      jars.jar(
          directory,
          "plugin.jar",
          readingShared(name),
          "--upgrade-module-path",
          directory.toString());
    }
    InstalledPlugins installed = load();
    assertThat(installed.problems()).isEmpty();
    assertThat(installed.plugins())
        .extracting(InstalledPlugin::description)
        .containsExactly("shared with one", "shared with two");
    assertThat(installed.plugins())
        .extracting(plugin -> plugin.jar().getFileName().toString())
        .containsExactly("plugin.jar", "plugin.jar");
  }

  @Test
  void everyModuleOfAPluginSeesItsLibraries() {
    Path directory = plugins.resolve("one");
    // A module, too, but not one that is written for us: it stays a library.
    jars.jar(
        directory,
        "library.jar",
        Map.of(
            "module-info.java",
            "module library { exports library; }",
            "library/Version.java",
            "package library; public class Version { public static String get() { return \"7\"; } }"));
    Map<String, String> shared = new HashMap<>(shared("test.shared", ""));
    shared.replaceAll((file, text) ->
        text.replace("return \"\";", "return \"library \" + library.Version.get();"));
    jars.jar(
        directory,
        "shared.jar",
        shared,
        "--class-path",
        jars.lastClasses().toString(),
        "--add-reads",
        "test.shared=ALL-UNNAMED");
    jars.jar(
        directory,
        "plugin.jar",
        readingShared("one"),
        "--upgrade-module-path",
        directory.toString());
    InstalledPlugins installed = load();
    assertThat(installed.problems()).isEmpty();
    assertThat(installed.plugins())
        .extracting(InstalledPlugin::description)
        .containsExactly("library 7");
  }

  @Test
  void oneModuleInTwoJarsOfADirectoryIsRefusedNamingBoth() {
    Path directory = plugins.resolve("one");
    Path old = jars.jar(directory, "shared-1.jar", shared("test.shared", "old"));
    Path current = jars.jar(directory, "shared-2.jar", shared("test.shared", "new"));
    jars.jar(directory, "plugin.jar", PluginJars.storage("test.one", "one"));
    assertThat(onlyProblem())
        .contains("module test.shared is in both", old.toString(), current.toString());
  }

  @Test
  void aPackageInTwoModulesOfAPluginIsRefusedNamingThem() {
    Path directory = plugins.resolve("one");
    Map<String, String> other = new HashMap<>(shared("test.shared", "b"));
    other.replaceAll((file, text) -> text.replace("module test.shared", "module test.other"));
    Path first = jars.jar(directory, "other.jar", other);
    Path second = jars.jar(directory, "shared.jar", shared("test.shared", "a"));
    jars.jar(directory, "plugin.jar", PluginJars.storage("test.one", "one"));
    assertThat(onlyProblem())
        .contains(first + " (module test.other)", second + " (module test.shared)")
        .contains("cannot be loaded");
  }

  @Test
  void modulesThatProvideNoPluginAreNone() {
    jars.jar(plugins.resolve("lost"), "shared.jar", shared("test.shared", "alone"));
    assertThat(onlyProblem()).contains("none of its 1 jars is a module that provides a plugin");
  }

  @Test
  void noModuleOfAPluginReadsTheCore() {
    Path directory = plugins.resolve("one");
    Path core = temp.resolve("core");
    jars.jar(core, "engine.jar", Map.of("module-info.java", "module io.elacsym.engine {}"));
    jars.jar(
        core, "jackson.jar", Map.of("module-info.java", "module com.fasterxml.jackson.core {}"));
    jars.jar(core, "absent.jar", Map.of("module-info.java", "module test.annotations {}"));
    Path engine =
        jars.jar(
            directory,
            "engine.jar",
            shared("test.engine", "", "io.elacsym.engine"),
            "--upgrade-module-path",
            core.toString());
    Path jackson =
        jars.jar(
            directory,
            "jackson.jar",
            shared("test.jackson", "", "static com.fasterxml.jackson.core"),
            "--upgrade-module-path",
            core.toString());
    jars.jar(
        directory,
        "annotated.jar",
        shared("test.annotated", "", "static test.annotations"),
        "--upgrade-module-path",
        core.toString());
    jars.jar(directory, "plugin.jar", PluginJars.storage("test.one", "one"));
    assertThat(load().problems())
        .satisfiesExactly(
            problem ->
                assertThat(problem)
                    .contains(engine.toString(), "test.engine requires io.elacsym.engine"),
            problem ->
                assertThat(problem)
                    .contains(
                        jackson.toString(), "test.jackson requires com.fasterxml.jackson.core"));
  }

  @Test
  void aDirectoryGivenExplicitlyMayBeThePluginItself() {
    Path directory = temp.resolve("mine");
    jars.jar(directory, "one.jar", PluginJars.storage("test.one", "one"));
    InstalledPlugins installed = InstalledPlugins.load(List.of(plugins, directory));
    assertThat(installed.problems()).isEmpty();
    assertThat(installed.plugins()).hasSize(1);
  }

  @Test
  void twoProvidersOfOneNameAreRefusedNamingBothJars() {
    Path first = jars.jar(plugins.resolve("a"), "a.jar", PluginJars.storage("test.a", "same"));
    Path second = jars.jar(plugins.resolve("b"), "b.jar", PluginJars.storage("test.b", "same"));
    assertThat(onlyProblem())
        .contains("two storage plugins are called 'same'", first.toString(), second.toString());
  }

  @Test
  void aNameNobodyProvidesIsRefusedListingWhatIsInstalled() {
    jars.jar(plugins.resolve("one"), "one.jar", PluginJars.storage("test.one", "one"));
    assertThatThrownBy(() -> load().providers().storage("onee"))
        .hasMessageContaining("'onee'")
        .hasMessageContaining("[one]");
  }

  @Test
  void anotherSpiLevelIsRefusedWithBothNumbers() {
    Path jar =
        jars.jar(
            plugins.resolve("old"),
            "old.jar",
            PluginJars.storage("test.old", "old", "return 99;", "return List.of();", ""));
    assertThat(onlyProblem())
        .contains(jar.toString(), "SPI level 99", "expected " + SpiLevel.CURRENT);
  }

  @Test
  void aDirectoryWithoutAProviderIsRefused() {
    jars.jar(plugins.resolve("lost"), "library.jar", Map.of("a/A.java", "package a; class A {}"));
    assertThat(onlyProblem())
        .contains(plugins.resolve("lost").toString(), "none of its 1 jars", "StorageProvider");
  }

  @Test
  void aProviderNamedOnlyInMetaInfIsToldToBecomeAModule() {
    Map<String, String> sources = new HashMap<>(PluginJars.storage("test.plain", "plain"));
    sources.remove("module-info.java");
    sources.put(
        "META-INF/services/io.elacsym.api.storage.StorageProvider", "test.plain.TestStorage");
    Path jar =
        jars.jar(plugins.resolve("plain"), "plain.jar", sources, "--add-modules", "io.elacsym.api");
    assertThat(onlyProblem()).contains(jar.toString(), "META-INF/services", "module-info");
  }

  @Test
  void aBrokenJarIsRefusedByName() throws IOException {
    jars.jar(plugins.resolve("one"), "one.jar", PluginJars.storage("test.one", "one"));
    Path broken = plugins.resolve("one").resolve("library.jar");
    Files.writeString(broken, "this is no zip file");
    assertThat(onlyProblem()).contains(broken.toString(), "no readable jar");
  }

  @Test
  void aLooseJarBesideDirectoriesIsToldToMove() {
    jars.jar(plugins.resolve("one"), "one.jar", PluginJars.storage("test.one", "one"));
    Path loose = jars.jar(plugins, "loose.jar", PluginJars.storage("test.loose", "loose"));
    assertThat(onlyProblem()).contains(loose.toString(), "a directory of its own");
  }

  @Test
  void aModuleThatRequiresALibraryIsRefusedWithTheCure() {
    Map<String, String> sources = new HashMap<>(PluginJars.storage("test.needy", "needy"));
    sources.computeIfPresent(
        "module-info.java",
        (file, text) ->
            text.replace("requires io.elacsym.api;", "requires io.elacsym.api; requires library;"));
    jars.jar(
        temp.resolve("library"),
        "library.jar",
        Map.of("module-info.java", "module library {}", "a/A.java", "package a; class A {}"));
    Path jar =
        jars.jar(
            plugins.resolve("needy"),
            "needy.jar",
            sources,
            "--add-modules",
            "library",
            "--limit-modules",
            "java.base,library,io.elacsym.api",
            "--upgrade-module-path",
            temp.resolve("library").toString());
    assertThat(onlyProblem()).contains(jar.toString(), "requires library", "io.elacsym.api");
  }

  @Test
  void aModuleOfTheJdkThatIsMissingIsNamed() {
    Map<String, String> sources = new HashMap<>(PluginJars.storage("test.jdk", "jdk"));
    sources.computeIfPresent(
        "module-info.java",
        (file, text) ->
            text.replace(
                "requires io.elacsym.api;", "requires io.elacsym.api; requires jdk.none;"));
    jars.jar(temp.resolve("library"), "none.jar", Map.of("module-info.java", "module jdk.none {}"));
    Path jar =
        jars.jar(
            plugins.resolve("jdk"),
            "jdk.jar",
            sources,
            "--upgrade-module-path",
            temp.resolve("library").toString());
    assertThat(onlyProblem()).contains(jar.toString(), "jdk.none");
  }

  @Test
  void aProviderThatThrowsIsOneLineWithItsReason() {
    Path jar =
        jars.jar(
            plugins.resolve("bad"),
            "bad.jar",
            PluginJars.storage(
                "test.bad",
                "bad",
                "return SpiLevel.CURRENT;",
                "return List.of();",
                "if (true) throw new IllegalStateException(\"no luck\");"));
    assertThat(onlyProblem()).contains(jar.toString(), "no luck").doesNotContain("\n");
  }

  @Test
  void anIllegalNameIsRefused() {
    jars.jar(plugins.resolve("bad"), "bad.jar", PluginJars.storage("test.bad", "Bad_Name"));
    assertThat(onlyProblem()).contains("'Bad_Name'", "expected 1 to 32 characters");
  }

  @Test
  void invalidOptionsAreRefused() {
    jars.jar(
        plugins.resolve("key"),
        "key.jar",
        PluginJars.storage(
            "test.key",
            "key",
            "return SpiLevel.CURRENT;",
            "return List.of(Option.of(\"Bad-Key\", OptionType.TEXT, \"x\", \"d\"));",
            ""));
    jars.jar(
        plugins.resolve("value"),
        "value.jar",
        PluginJars.storage(
            "test.value",
            "value",
            "return SpiLevel.CURRENT;",
            "return List.of(Option.of(\"size\", OptionType.BYTES, \"many\", \"d\"));",
            ""));
    assertThat(load().problems())
        .anySatisfy(problem -> assertThat(problem).contains("key.jar", "'Bad-Key'"))
        .anySatisfy(problem -> assertThat(problem).contains("value.jar", "default 'many'"))
        .hasSize(2);
  }

  @Test
  void aDirectoryThatIsNotThereIsNamed() {
    Path missing = temp.resolve("missing");
    assertThat(InstalledPlugins.load(List.of(missing)).problems())
        .singleElement()
        .asString()
        .contains(missing.toString());
  }
}
