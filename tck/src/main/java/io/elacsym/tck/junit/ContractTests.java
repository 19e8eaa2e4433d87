package io.elacsym.tck.junit;

import io.elacsym.tck.Check;
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

  /** One test a check, named by its promise. */
  @SuppressWarnings(
      "exports") // who calls this reads JUnit itself; the rest of this module needs none
  public static Stream<DynamicTest> of(List<Check> checks) {
    return checks.stream().map(check -> DynamicTest.dynamicTest(check.promise(), check::run));
  }
}
