package io.elacsym.index.bm25;

import io.elacsym.tck.index.TextIndexContract;
import io.elacsym.tck.junit.ContractTests;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class Bm25ContractTest {
  @TestFactory
  Stream<DynamicTest> keepsTheContract() {
    return ContractTests.of(TextIndexContract.checks(new Bm25IndexProvider()));
  }
}
