package io.elacsym.distribution.house;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.lang.conditions.ArchConditions.callMethodWhere;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import io.elacsym.distribution.house.Checkout.Part;
import java.lang.module.ModuleDescriptor;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Rules of the house that a compiler does not know. */
class CodeRulesTest {
  private static final Pattern MODULE_WITH_JAVADOC =
      Pattern.compile(
          "(?s)\\A(?:import [^;]+;|\\s)*/\\*\\*.+?\\*/\\s*(?:@.*?)?^module ", Pattern.MULTILINE);
  private static final Pattern PACKAGE_WITH_JAVADOC =
      Pattern.compile("(?s)/\\*\\*.+?\\*/\\s*(?:@.*?)?^package ", Pattern.MULTILINE);

  /** Outside the seams the engine has no clock, no chance and no name of its own making. */
  private static final Map<Class<?>, Set<String>> TIME_AND_CHANCE =
      Map.of(
          System.class, Set.of("currentTimeMillis", "nanoTime"),
          Instant.class, Set.of("now"),
          Clock.class, Set.of("systemUTC", "systemDefaultZone", "system"),
          InstantSource.class, Set.of("system"),
          Math.class, Set.of("random"),
          UUID.class, Set.of("randomUUID"),
          ThreadLocalRandom.class, Set.of("current"));

  private static final Map<Class<?>, Set<String>> SLEEPS =
      Map.of(
          Thread.class, Set.of("sleep"),
          TimeUnit.class, Set.of("sleep"),
          LockSupport.class, Set.of("parkNanos", "parkUntil"));

  static List<Part> modules() {
    return Checkout.modules();
  }

  /** Not what indexes share, which is small enough for one room. */
  static List<Part> indexes() {
    return modules().stream()
        .filter(part -> part.folder().startsWith("index-"))
        .filter(part -> !part.descriptor().provides().isEmpty())
        .toList();
  }

  @ParameterizedTest
  @MethodSource("modules")
  void aModuleInfoSaysWhatTheModuleIs(Part part) {
    assertThat(Checkout.read(part.moduleInfo())).containsPattern(MODULE_WITH_JAVADOC);
  }

  @ParameterizedTest
  @MethodSource("modules")
  void anExportedPackageSaysWhatItIs(Part part) {
    assertThat(part.descriptor().exports())
        .map(ModuleDescriptor.Exports::source)
        .map(name -> part.sources().resolve(name.replace('.', '/')).resolve("package-info.java"))
        .allSatisfy(file -> assertThat(Checkout.read(file)).containsPattern(PACKAGE_WITH_JAVADOC));
  }

  /** A room is for what answers its question, and for nothing else. */
  @ParameterizedTest
  @MethodSource("indexes")
  void aRoomOfAnIndexSaysWhichQuestionItAnswers(Part part) {
    String module = part.descriptor().name();
    List<String> rooms =
        Checkout.classes().stream()
            .map(JavaClass::getPackageName)
            .filter(name -> name.equals(module) || name.startsWith(module + "."))
            .distinct()
            .toList();
    assertThat(rooms)
        .hasSizeGreaterThan(1)
        .map(name -> part.sources().resolve(name.replace('.', '/')).resolve("package-info.java"))
        .allSatisfy(file ->
            assertThat(Checkout.read(file))
                .containsPattern(PACKAGE_WITH_JAVADOC)
                .containsPattern("\\?"));
  }

  @Test
  void onlyTheCommandLinesScreenPrints() {
    noClasses()
        .that()
        .doNotHaveFullyQualifiedName("io.elacsym.distribution.terminal.Screen")
        .should(ACCESS_STANDARD_STREAMS)
        .because("the rest logs, or writes to the screen it is given")
        .check(Checkout.classes());
  }

  @Test
  void onlyTheTaskRunnerAndAWaitingClientSleep() {
    noClasses()
        .that(
            DescribedPredicate.not(
                named(
                    // The seam by which simulated time replaces real time.
                    "io.elacsym.engine.settings.TaskRunner",
                    // Waits as long as a busy server has told it to.
                    "io.elacsym.distribution.client.ElacsymClient")))
        .should(callMethodWhere(oneOf(SLEEPS)))
        .because("who waits for a condition is woken by it")
        .check(Checkout.classes());
  }

  @Test
  void inTheEngineTimeAndChanceComeThroughTheSeams() {
    noClasses()
        .that()
        .resideInAPackage("io.elacsym.engine..")
        .and(DescribedPredicate.not(named("io.elacsym.engine.settings.Seams")))
        .should(callMethodWhere(oneOf(TIME_AND_CHANCE)))
        .orShould()
        .dependOnClassesThat(belongToAnyOf(Random.class, SplittableRandom.class))
        .because("a whole system must be replayable from one seed")
        .check(Checkout.classes());
  }

  /** Where is a manifest changed? That question has one answer. */
  @Test
  void oneClassCommitsManifestsAndChecksEachOfThem() {
    String door = "io.elacsym.engine.writer.ManifestCommits";
    noClasses()
        .that(DescribedPredicate.not(named(door, "io.elacsym.engine.cas.AtomicObject")))
        .should()
        .dependOnClassesThat(named("io.elacsym.engine.cas.AtomicObject"))
        .because("whoever changes a manifest has to pass the invariants")
        .check(Checkout.classes());
    assertThat(
            Checkout.classes().get(door).getMethodCallsFromSelf().stream()
                .filter(call -> call.getTargetOwner().getSimpleName().equals("AtomicObject"))
                .filter(call -> !call.getName().startsWith("read"))
                .map(JavaMethodCall::getOrigin)
                .allMatch(origin ->
                    origin.getMethodCallsFromSelf().stream()
                        .anyMatch(
                            call -> call.getTargetOwner().getSimpleName().equals("Invariants"))))
        .as("each method that puts a manifest checks it")
        .isTrue();
  }

  /** These classes and those nested in them. */
  private static DescribedPredicate<JavaClass> named(String... names) {
    Set<String> wanted = Set.of(names);
    return DescribedPredicate.describe(
        "are " + wanted,
        javaClass ->
            wanted.stream()
                .anyMatch(name ->
                    javaClass.getName().equals(name)
                        || javaClass.getName().startsWith(name + "$")));
  }

  private static DescribedPredicate<JavaMethodCall> oneOf(Map<Class<?>, Set<String>> methods) {
    return DescribedPredicate.describe(
        "of " + methods.values(),
        (JavaMethodCall call) ->
            methods.entrySet().stream()
                .anyMatch(entry ->
                    call.getTargetOwner().isEquivalentTo(entry.getKey())
                        && entry.getValue().contains(call.getName())));
  }
}
