package io.elacsym.distribution.house;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Packages depend on one another in one direction. */
class PackageOrderTest {
  private static final String ENGINE = "io.elacsym.engine";

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
    Set<String> packages =
        engine().map(JavaClass::getPackageName).collect(Collectors.toCollection(TreeSet::new));
    assertThat(packages).containsExactlyInAnyOrderElementsOf(EngineMap.PACKAGES);
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
    return EngineMap.PACKAGES.indexOf(javaClass.getPackageName());
  }
}
