package io.elacsym.index.ivf;

import io.elacsym.tck.index.VectorZooContract;
import io.elacsym.tck.junit.ContractTests;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class ZooTest {
  @TestFactory
  Stream<DynamicTest> holdsItsRecallTargetOnUnusualData() {
    return ContractTests.of(VectorZooContract.checks(new IvfIndexProvider()));
  }
}
