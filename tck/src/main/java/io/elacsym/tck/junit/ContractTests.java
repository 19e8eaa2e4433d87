package io.elacsym.tck.junit;

import io.elacsym.tck.Check;
import io.elacsym.tck.Profile;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/**
 * Contract checks as JUnit tests. The whole test of a plugin:
 *
 * <pre>{@code
 * @TestFactory
 * Stream<DynamicTest> keepsTheContract() {
 *   return ContractTests.of(VectorIndexContract.checks(new MyIndexProvider()));
 * }
 * }</pre>
 */
public final class ContractTests {
  private ContractTests() {}

  /** One test a check, named by its promise, and by its seed where there are several. */
  @SuppressWarnings(
      "exports") // who calls this reads JUnit itself; the rest of this module needs none
  public static Stream<DynamicTest> of(List<Check> checks) {
    return checks.stream().map(check -> DynamicTest.dynamicTest(name(check), check::run));
  }

  private static String name(Check check) {
    return Profile.current().seeds().size() == 1
        ? check.promise()
        : check.promise() + " (seed " + check.seed() + ")";
  }
}
