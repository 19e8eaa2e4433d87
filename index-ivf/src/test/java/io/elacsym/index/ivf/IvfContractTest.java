package io.elacsym.index.ivf;

import io.elacsym.tck.index.VectorIndexContract;
import io.elacsym.tck.junit.ContractTests;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class IvfContractTest {
  @TestFactory
  Stream<DynamicTest> keepsTheContract() {
    return ContractTests.of(VectorIndexContract.checks(new IvfIndexProvider()));
  }

  @TestFactory
  Stream<DynamicTest> keepsTheContractWithFlatListsOfAnotherSize() {
    return ContractTests.of(
        VectorIndexContract.checks(
            new IvfIndexProvider(), Map.of("quantizer", "flat", "list_rows", "64")));
  }

  @TestFactory
  Stream<DynamicTest> keepsTheContractWithProductQuantization() {
    return ContractTests.of(
        VectorIndexContract.checks(new IvfIndexProvider(), Map.of("quantizer", "pq")));
  }

  @TestFactory
  Stream<DynamicTest> keepsTheContractWithSignsAlone() {
    return ContractTests.of(
        VectorIndexContract.checks(new IvfIndexProvider(), Map.of("bits", "1")));
  }

  @TestFactory
  Stream<DynamicTest> keepsTheContractWithBytes() {
    return ContractTests.of(
        VectorIndexContract.checks(new IvfIndexProvider(), Map.of("quantizer", "sq8")));
  }
}
