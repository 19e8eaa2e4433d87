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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The compiled modules are those of the picture in ARCHITECTURE.md:
 *
 * <pre>
 * distribution -> server-helidon -> cluster -> engine -> api &lt;- every plugin
 * distribution -> tck -> api
 * api &lt;- a module that plugins share &lt;- those plugins
 * </pre>
 */
class ModuleGraphTest {
  private static final String OURS = "io.elacsym.";
  private static final String API = "io.elacsym.api";

  /**
   * What a module may show and read.
   *
   * @param reads modules of ours that it requires, all of them
   * @param exports packages that everybody may use, all of them
   * @param shared packages that some modules of ours may use, all of them, and which modules
   */
  record Drawn(Set<String> reads, Set<String> exports, Map<String, Set<String>> shared) {
    Drawn(Set<String> reads, Set<String> exports) {
      this(reads, exports, Map.of());
    }
  }

  /** Modules of ours that several plugins have in their directories. */
  private static final Set<String> SHARED_BY_PLUGINS =
      Set.of("format-columnar", "index-codes", "storage-bucket");

  /** Every module of ours that is no plugin and no part of one. */
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
                  "io.elacsym.tck.reference",
                  "io.elacsym.tck.segment",
                  "io.elacsym.tck.storage")),
          "engine",
          new Drawn(
              Set.of(API),
              Set.of("io.elacsym.engine", "io.elacsym.engine.model", "io.elacsym.engine.settings"),
              Map.of("io.elacsym.engine.border", Set.of("io.elacsym.distribution"))),
          "cluster",
          new Drawn(
              Set.of("io.elacsym.engine"),
              Set.of(
                  "io.elacsym.cluster",
                  "io.elacsym.cluster.member",
                  "io.elacsym.cluster.route",
                  "io.elacsym.cluster.settings")),
          "server-helidon",
          new Drawn(
              Set.of("io.elacsym.cluster", "io.elacsym.engine"),
              Set.of("io.elacsym.server.helidon"),
              Map.of("io.elacsym.server.helidon.json", Set.of("io.elacsym.distribution"))),
          "distribution",
          new Drawn(
              Set.of(
                  "io.elacsym.cluster",
                  "io.elacsym.engine",
                  "io.elacsym.server.helidon",
                  "io.elacsym.tck"),
              Set.of()));

  static List<Part> modules() {
    return Checkout.modules();
  }

  static List<Part> plugins() {
    return Checkout.modules().stream().filter(ModuleGraphTest::isPlugin).toList();
  }

  static List<Part> sharedByPlugins() {
    return SHARED_BY_PLUGINS.stream().map(Part::new).toList();
  }

  static Set<Map.Entry<String, Drawn>> picture() {
    return PICTURE.entrySet();
  }

  @ParameterizedTest
  @MethodSource("modules")
  void aModuleIsNamedAsItsFolder(Part part) {
    assertThat(part.descriptor().name()).isEqualTo(OURS + part.folder().replace('-', '.'));
  }

  @Test
  void everyModuleIsInThePictureOrIsAPlugin() {
    assertThat(Checkout.modules())
        .filteredOn(part -> !isPlugin(part) && !SHARED_BY_PLUGINS.contains(part.folder()))
        .map(Part::folder)
        .containsExactlyInAnyOrderElementsOf(PICTURE.keySet());
  }

  @ParameterizedTest
  @MethodSource("picture")
  void arrowsAndExportsAreThoseOfThePicture(Map.Entry<String, Drawn> entry) {
    ModuleDescriptor module = module(entry.getKey());
    Drawn drawn = entry.getValue();
    assertThat(required(module, name -> name.startsWith(OURS)))
        .containsExactlyInAnyOrderElementsOf(drawn.reads());
    assertThat(module.exports())
        .filteredOn(exported -> !exported.isQualified())
        .map(ModuleDescriptor.Exports::source)
        .containsExactlyInAnyOrderElementsOf(drawn.exports());
    assertThat(
            module.exports().stream()
                .filter(ModuleDescriptor.Exports::isQualified)
                .collect(
                    Collectors.toMap(
                        ModuleDescriptor.Exports::source, ModuleDescriptor.Exports::targets)))
        .isEqualTo(drawn.shared());
  }

  @Test
  void theApiReadsNothingButTheJdksBase() {
    assertThat(required(module("api"), name -> true)).containsExactly("java.base");
  }

  @Test
  void theContractTestsNeedJUnitOnlyWhereItIsThere() {
    assertThat(module("tck").requires())
        .filteredOn(requires -> !isJdk(requires.name()) && !requires.name().startsWith(OURS))
        .allMatch(requires -> requires.modifiers().contains(Requires.Modifier.STATIC))
        .map(Requires::name)
        .containsExactly("org.junit.jupiter.api");
  }

  @Test
  void onlyTheCommandLineIsOpenedToALibrary() {
    assertThat(Checkout.modules()).noneMatch(part -> part.descriptor().isOpen());
    assertThat(Checkout.modules())
        .flatMap(part -> part.descriptor().opens())
        .map(ModuleDescriptor.Opens::toString)
        .containsExactly("io.elacsym.distribution.cli to [info.picocli]");
  }

  @ParameterizedTest
  @MethodSource("plugins")
  void aPluginReadsTheApiAndTheJdkAndWhatPluginsShareAndExportsNothing(Part part) {
    ModuleDescriptor module = part.descriptor();
    Set<String> allowed =
        sharedByPlugins().stream()
            .map(shared -> shared.descriptor().name())
            .collect(Collectors.toCollection(TreeSet::new));
    allowed.add(API);
    assertThat(required(module, name -> !isJdk(name))).contains(API).isSubsetOf(allowed);
    assertThat(module.exports()).isEmpty();
    assertThat(module.uses()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("sharedByPlugins")
  void aModuleThatPluginsShareReadsTheApiAndShowsItselfToThesePluginsOnly(Part part) {
    ModuleDescriptor module = part.descriptor();
    assertThat(required(module, name -> !isJdk(name))).containsExactly(API);
    assertThat(module.provides()).isEmpty();
    assertThat(module.uses()).isEmpty();
    List<String> readers =
        plugins().stream()
            .map(Part::descriptor)
            .filter(plugin -> !required(plugin, module.name()::equals).isEmpty())
            .map(ModuleDescriptor::name)
            .toList();
    assertThat(readers).as("else it belongs into its only reader").hasSizeGreaterThan(1);
    assertThat(module.exports())
        .isNotEmpty()
        .allSatisfy(
            exports -> assertThat(exports.targets()).containsExactlyInAnyOrderElementsOf(readers));
  }

  @ParameterizedTest
  @MethodSource("plugins")
  void aPluginProvidesOneOfTheApisInterfaces(Part part) {
    assertThat(part.descriptor().provides())
        .singleElement()
        .extracting(ModuleDescriptor.Provides::service)
        .asString()
        .matches("io\\.elacsym\\.api\\.(storage|segment|index)\\.\\w+Provider");
  }

  private static boolean isPlugin(Part part) {
    return part.folder().matches("(storage|format|index)-.*")
        && !SHARED_BY_PLUGINS.contains(part.folder());
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

  private static ModuleDescriptor module(String folder) {
    return new Part(folder).descriptor();
  }
}
