package io.elacsym.distribution.house;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Packages depend on one another in one direction. */
class PackageOrderTest {
  private static final String ENGINE = "io.elacsym.engine";

  /**
   * The rooms of the index plugins and of what they share, the outermost first: each may use those
   * after it, and no other.
   */
  private static final Map<String, List<String>> ROOMS =
      Map.of(
          "io.elacsym.index.codes", List.of(""),
          "io.elacsym.index.ivf", List.of("", ".build", ".search", ".blob.v1", ".quantizer"),
          "io.elacsym.index.hnsw", List.of("", ".build", ".search", ".blob.v1", ".code", ".graph"),
          "io.elacsym.index.bm25", List.of("", ".blob.v2", ".live", ".search", ".analysis"));

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
  void everyPackageOfTheEngineHasItsPlaceOnTheMap() {
    assertThat(packagesOf(ENGINE)).containsExactlyInAnyOrderElementsOf(EngineMap.PACKAGES);
  }

  @Test
  void dataFlowsOneWayThroughTheEngine() {
    assertThat(usesAgainst(EngineMap.PACKAGES, ENGINE)).as("uses against the order").isEmpty();
  }

  @Test
  void theRoomsOfAnIndexUseOneAnotherInOneDirection() {
    assertThat(Checkout.modules())
        .map(part -> part.descriptor().name())
        .filteredOn(name -> name.startsWith("io.elacsym.index."))
        .containsExactlyInAnyOrderElementsOf(ROOMS.keySet());
    ROOMS.forEach((module, rooms) -> {
      List<String> order = rooms.stream().map(module::concat).toList();
      assertThat(packagesOf(module)).containsExactlyInAnyOrderElementsOf(order);
      assertThat(usesAgainst(order, module)).as("uses against the order").isEmpty();
    });
  }

  private static Set<String> packagesOf(String module) {
    return classesOf(module)
        .map(JavaClass::getPackageName)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Each use of a package by one that stands after it in an order. */
  private static Set<String> usesAgainst(List<String> order, String module) {
    return classesOf(module)
        .flatMap(javaClass -> javaClass.getDirectDependenciesFromSelf().stream())
        .filter(dependency -> isIn(dependency.getTargetClass(), module))
        .filter(dependency ->
            order.indexOf(dependency.getTargetClass().getPackageName())
                < order.indexOf(dependency.getOriginClass().getPackageName()))
        .map(Dependency::getDescription)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Stream<JavaClass> classesOf(String module) {
    return Checkout.classes().stream().filter(javaClass -> isIn(javaClass, module));
  }

  private static boolean isIn(JavaClass javaClass, String module) {
    String name = javaClass.getPackageName();
    return name.equals(module) || name.startsWith(module + ".");
  }
}
