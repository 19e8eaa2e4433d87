package com.example.elacsym.flat;

import io.elacsym.tck.index.VectorIndexContract;
import io.elacsym.tck.junit.ContractTests;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Everything that Elacsym expects of a vector index. */
class FlatContractTest {
  @TestFactory
  Stream<DynamicTest> keepsTheContract() {
    return ContractTests.of(VectorIndexContract.checks(new FlatIndexProvider()));
  }

  @TestFactory
  Stream<DynamicTest> keepsTheContractWithManySmallBlocks() {
    return ContractTests.of(
        VectorIndexContract.checks(new FlatIndexProvider(), Map.of("block_size", "4KB")));
  }
}
