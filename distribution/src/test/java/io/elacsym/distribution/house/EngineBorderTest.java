package io.elacsym.distribution.house;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import java.util.List;
import java.util.function.LongConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What passes between the server and the engine: values go down, and values come back. */
class EngineBorderTest {
  /** A function that is handed down is called from below; progress alone is told that way. */
  @Test
  void theEngineIsHandedValuesAndNoFunctions() {
    List<String> handed =
        Stream.of("io.elacsym.engine.Engine", "io.elacsym.engine.model.Namespace")
            .flatMap(name -> Checkout.classes().get(name).getMethods().stream())
            .filter(method -> method.getModifiers().contains(JavaModifier.PUBLIC))
            .flatMap(method -> method.getRawParameterTypes().stream())
            .filter(type -> type.getPackageName().equals("java.util.function"))
            .filter(type -> !type.isEquivalentTo(LongConsumer.class))
            .map(JavaClass::getName)
            .toList();
    assertThat(handed).isEmpty();
  }

  @Test
  void theEngineKnowsJsonAsTheFormOfWhatItStoresAndSaysToItsLikeAlone() {
    noClasses()
        .that()
        .resideInAPackage("io.elacsym.engine..")
        .and()
        .resideOutsideOfPackages(
            "io.elacsym.engine.manifest", "io.elacsym.engine.wal", "io.elacsym.engine.leaf")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("com.fasterxml..", "java.net..", "io.helidon..")
        .check(Checkout.classes());
  }

  @Test
  void theEngineSendsWhatItSaysToItsLikeNowhere() {
    noClasses()
        .that()
        .resideInAPackage("io.elacsym.engine.leaf")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("java.net..", "io.helidon..")
        .check(Checkout.classes());
  }

  /** Else it would type what it reads, a second time and against a schema that has moved. */
  @Test
  void whoReadsARequestSeesNoSchema() {
    noClasses()
        .that()
        .resideInAPackage("io.elacsym.server.helidon..")
        .and()
        // Those of the calls that are about schemas.
        .haveNameNotMatching(".*\\.(Schema(Json|Reader|Writer)|NamespaceEndpoints)")
        .should()
        .dependOnClassesThat()
        .haveFullyQualifiedName("io.elacsym.engine.model.Schema")
        .check(Checkout.classes());
  }
}
