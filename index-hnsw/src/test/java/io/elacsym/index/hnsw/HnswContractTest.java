package io.elacsym.index.hnsw;

import io.elacsym.tck.index.VectorIndexContract;
import io.elacsym.tck.junit.ContractTests;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class HnswContractTest {
  @TestFactory
  Stream<DynamicTest> keepsTheContract() {
    return ContractTests.of(VectorIndexContract.checks(new HnswProvider()));
  }
}
