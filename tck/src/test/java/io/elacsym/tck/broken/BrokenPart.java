package io.elacsym.tck.broken;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.elacsym.tck.Check;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/**
 * A part that breaks a promise.
 *
 * @param what how it is broken
 * @param contract the checks, run on the part
 * @param guards the promises whose checks must fail
 */
record BrokenPart(String what, Supplier<List<Check>> contract, Set<String> guards) {
  static BrokenPart of(String what, Supplier<List<Check>> contract, String... guards) {
    return new BrokenPart(what, contract, Set.of(guards));
  }

  /** One test a part, and one that no promise goes without a part that breaks it. */
  static Stream<DynamicTest> tests(Set<String> promises, List<BrokenPart> parts) {
    return Stream.concat(
        parts.stream().map(part -> DynamicTest.dynamicTest("found: " + part.what(), part::expect)),
        Stream.of(
            DynamicTest.dynamicTest(
                "every promise has a part that breaks it",
                () -> {
                  Set<String> guarded = new HashSet<>();
                  parts.forEach(part -> guarded.addAll(part.guards()));
                  assertThat(guarded).isEqualTo(promises);
                })));
  }

  private void expect() {
    List<Check> checks =
        contract.get().stream().filter(check -> guards.contains(check.promise())).toList();
    assertThat(promises(checks)).isEqualTo(guards);
    for (Check check : checks) {
      assertThatThrownBy(check::run)
          .as(check.promise())
          .isInstanceOf(AssertionError.class)
          .hasMessageContaining(check.promise())
          .hasMessageContaining("seed " + check.seed());
    }
  }

  static Set<String> promises(List<Check> checks) {
    return checks.stream().map(Check::promise).collect(Collectors.toSet());
  }
}
