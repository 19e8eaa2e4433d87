package io.elacsym.index.hnsw;

import io.elacsym.tck.index.VectorZooContract;
import io.elacsym.tck.junit.ContractTests;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class HnswZooTest {
  @TestFactory
  Stream<DynamicTest> recallHoldsForRowsAndQueriesOfEveryKind() {
    return ContractTests.of(VectorZooContract.checks(new HnswProvider()));
  }
}
