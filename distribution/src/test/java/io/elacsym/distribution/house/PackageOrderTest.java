package io.elacsym.distribution.house;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Packages depend on one another in one direction. */
class PackageOrderTest {
  private static final String ENGINE = "io.elacsym.engine";

  /**
   * The packages of the engine, the outermost first: each may use those after it, and no other. A
   * new package takes the lowest place its uses allow.
   */
  private static final List<String> ENGINE_ORDER =
      List.of(
          "", // Engine: the way in
          "namespace", // puts everything below together
          "maintenance", // flush, compaction, reaper, verification: works on what an owner has
          "owner", // one namespace's writer: epoch, WAL, manifest
          "write", // a write is checked and resolved into rows
          "query", // a request is planned and answered over a snapshot
          "snapshot", // one manifest and one live buffer, at one moment
          "live", // rows that are in no segment yet
          "segment", // rows, ids, columns and indexes of a segment
          "filter", // conditions over attributes
          "wal", // entries of the write-ahead log
          "manifest", // what a namespace consists of
          "cas", // compare-and-set on one object
          "blob", // immutable objects: checksums and cache
          "plugin", // chosen plugins and their context
          "math", // the kernels that plugins are given
          "task", // parallel work, retries, counters
          "settings",
          "model");

  @Test
  void noModuleHasACircleOfPackages() {
    slices()
        .assignedFrom(
            new SliceAssignment() {
              @Override
              public SliceIdentifier getIdentifierOf(JavaClass javaClass) {
                return SliceIdentifier.of(javaClass.getPackageName());
              }

              @Override
              public String getDescription() {
                return "packages";
              }
            })
        .should()
        .beFreeOfCycles()
        .check(Checkout.classes());
  }

  @Test
  void everyPackageOfTheEngineHasItsPlace() {
    Set<String> packages =
        engine()
            .map(javaClass -> place(javaClass.getPackageName()))
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(packages).containsExactlyInAnyOrderElementsOf(ENGINE_ORDER);
  }

  @Test
  void dataFlowsOneWayThroughTheEngine() {
    Set<String> against =
        engine()
            .flatMap(javaClass -> javaClass.getDirectDependenciesFromSelf().stream())
            .filter(dependency -> isEngine(dependency.getTargetClass()))
            .filter(dependency ->
                order(dependency.getTargetClass()) < order(dependency.getOriginClass()))
            .map(Dependency::getDescription)
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(against).as("uses against the order").isEmpty();
  }

  private static Stream<JavaClass> engine() {
    return Checkout.classes().stream().filter(PackageOrderTest::isEngine);
  }

  private static boolean isEngine(JavaClass javaClass) {
    String name = javaClass.getPackageName();
    return name.equals(ENGINE) || name.startsWith(ENGINE + ".");
  }

  private static int order(JavaClass javaClass) {
    return ENGINE_ORDER.indexOf(place(javaClass.getPackageName()));
  }

  private static String place(String packageName) {
    return packageName.equals(ENGINE) ? "" : packageName.substring(ENGINE.length() + 1);
  }
}
