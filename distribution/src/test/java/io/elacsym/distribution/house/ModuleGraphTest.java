package io.elacsym.distribution.house;

import static org.assertj.core.api.Assertions.assertThat;

import io.elacsym.distribution.house.Checkout.Part;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleDescriptor.Requires;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * The compiled modules are those of the picture in ARCHITECTURE.md:
 *
 * <pre>
 * distribution -> server-helidon -> engine -> api &lt;- every plugin
 * tck -> api
 * </pre>
 */
class ModuleGraphTest {
  private static final String OURS = "io.elacsym.";
  private static final String API = "io.elacsym.api";

  /**
   * What a module may show and read.
   *
   * @param reads modules of ours that it requires, all of them
   * @param exports packages that others may use, all of them
   */
  private record Drawn(Set<String> reads, Set<String> exports) {}

  /** Every module of ours that is no plugin. */
  private static final Map<String, Drawn> PICTURE =
      Map.of(
          "api",
          new Drawn(
              Set.of(),
              Set.of(
                  "io.elacsym.api",
                  "io.elacsym.api.blob",
                  "io.elacsym.api.index",
                  "io.elacsym.api.segment",
                  "io.elacsym.api.storage")),
          "tck",
          new Drawn(
              Set.of(API),
              Set.of(
                  "io.elacsym.tck",
                  "io.elacsym.tck.fault",
                  "io.elacsym.tck.index",
                  "io.elacsym.tck.junit",
                  "io.elacsym.tck.memory",
                  "io.elacsym.tck.oracle",
                  "io.elacsym.tck.segment",
                  "io.elacsym.tck.storage")),
          "engine",
          new Drawn(
              Set.of(API),
              Set.of("io.elacsym.engine", "io.elacsym.engine.model", "io.elacsym.engine.settings")),
          "server-helidon",
          new Drawn(
              Set.of("io.elacsym.engine"),
              Set.of("io.elacsym.server.helidon", "io.elacsym.server.helidon.json")),
          "distribution",
          new Drawn(Set.of("io.elacsym.engine", "io.elacsym.server.helidon"), Set.of()));

  @TestFactory
  Stream<DynamicTest> aModuleIsNamedAsItsFolder() {
    return each(
        part -> true,
        part ->
            assertThat(part.descriptor().name()).isEqualTo(OURS + part.folder().replace('-', '.')));
  }

  @Test
  void everyModuleIsInThePictureOrIsAPlugin() {
    Set<String> core =
        Checkout.modules().stream()
            .filter(part -> !isPlugin(part))
            .map(Part::folder)
            .collect(Collectors.toSet());
    assertThat(core).isEqualTo(PICTURE.keySet());
  }

  @TestFactory
  Stream<DynamicTest> arrowsAndExportsAreThoseOfThePicture() {
    return each(
        part -> PICTURE.containsKey(part.folder()),
        part -> {
          Drawn drawn = PICTURE.get(part.folder());
          ModuleDescriptor module = part.descriptor();
          assertThat(required(module, name -> name.startsWith(OURS)))
              .containsExactlyInAnyOrderElementsOf(drawn.reads());
          assertThat(module.exports().stream().map(ModuleDescriptor.Exports::source))
              .containsExactlyInAnyOrderElementsOf(drawn.exports());
          assertThat(module.exports()).as("exports to all").noneMatch(e -> e.isQualified());
        });
  }

  @Test
  void theApiReadsNothingButTheJdksBase() {
    assertThat(required(api(), name -> true)).containsExactly("java.base");
  }

  @Test
  void theContractTestsNeedJUnitOnlyWhereItIsThere() {
    assertThat(
            module("tck").requires().stream()
                .filter(requires -> !isJdk(requires.name()) && !requires.name().startsWith(OURS)))
        .allMatch(requires -> requires.modifiers().contains(Requires.Modifier.STATIC))
        .extracting(Requires::name)
        .containsExactly("org.junit.jupiter.api");
  }

  @Test
  void onlyTheCommandLineIsOpenedToALibrary() {
    assertThat(
            Checkout.modules().stream()
                .flatMap(part -> part.descriptor().opens().stream())
                .map(ModuleDescriptor.Opens::toString))
        .containsExactly("io.elacsym.distribution.cli to [info.picocli]");
    assertThat(Checkout.modules()).noneMatch(part -> part.descriptor().isOpen());
  }

  @TestFactory
  Stream<DynamicTest> aPluginReadsTheApiAndTheJdkAndExportsNothing() {
    return each(
        ModuleGraphTest::isPlugin,
        part -> {
          ModuleDescriptor module = part.descriptor();
          assertThat(required(module, name -> !isJdk(name))).containsExactly(API);
          assertThat(module.exports()).isEmpty();
          assertThat(module.uses()).isEmpty();
        });
  }

  @TestFactory
  Stream<DynamicTest> aPluginProvidesOneOfTheApisInterfaces() {
    Set<String> exported =
        api().exports().stream().map(ModuleDescriptor.Exports::source).collect(Collectors.toSet());
    return each(
        ModuleGraphTest::isPlugin,
        part -> {
          assertThat(part.descriptor().provides()).hasSize(1);
          String service = part.descriptor().provides().iterator().next().service();
          assertThat(exported).contains(service.substring(0, service.lastIndexOf('.')));
        });
  }

  private static Stream<DynamicTest> each(Predicate<Part> wanted, CheckOfPart check) {
    List<Part> parts = Checkout.modules().stream().filter(wanted).toList();
    assertThat(parts).isNotEmpty();
    return parts.stream()
        .map(part -> DynamicTest.dynamicTest(part.folder(), () -> check.accept(part)));
  }

  @FunctionalInterface
  private interface CheckOfPart {
    void accept(Part part) throws Exception;
  }

  private static boolean isPlugin(Part part) {
    return part.folder().matches("(storage|format|index)-.*");
  }

  private static boolean isJdk(String module) {
    return module.startsWith("java.") || module.startsWith("jdk.");
  }

  private static Set<String> required(ModuleDescriptor module, Predicate<String> wanted) {
    return module.requires().stream()
        .map(Requires::name)
        .filter(wanted)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static ModuleDescriptor api() {
    return module("api");
  }

  private static ModuleDescriptor module(String folder) {
    return new Part(folder).descriptor();
  }
}
