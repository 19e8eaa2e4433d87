package io.elacsym.tck;

import io.elacsym.tck.index.TextIndexContract;
import io.elacsym.tck.index.VectorIndexContract;
import io.elacsym.tck.junit.ContractTests;
import io.elacsym.tck.memory.MemoryStorage;
import io.elacsym.tck.memory.MemoryStorageProvider;
import io.elacsym.tck.memory.RowsFormatProvider;
import io.elacsym.tck.reference.PlainTextIndex;
import io.elacsym.tck.reference.PlainVectorIndex;
import io.elacsym.tck.segment.SegmentFormatContract;
import io.elacsym.tck.storage.StorageContract;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every contract can be kept: the parts that are shipped or written for these tests keep it. */
class ReferencePartsTest {
  @TestFactory
  Stream<DynamicTest> memoryStorageKeepsTheContract() {
    return ContractTests.of(
        StorageContract.checks(() -> {
          MemoryStorage storage = new MemoryStorage();
          return storage::attach;
        }));
  }

  @TestFactory
  Stream<DynamicTest> memoryStorageProviderKeepsTheContract() {
    return ContractTests.of(ProviderContract.checks(new MemoryStorageProvider()));
  }

  @TestFactory
  Stream<DynamicTest> rowsFormatKeepsTheContract() {
    return ContractTests.of(SegmentFormatContract.checks(new RowsFormatProvider()));
  }

  @TestFactory
  Stream<DynamicTest> plainVectorIndexKeepsTheContract() {
    return ContractTests.of(VectorIndexContract.checks(new PlainVectorIndex()));
  }

  @TestFactory
  Stream<DynamicTest> plainTextIndexKeepsTheContract() {
    return ContractTests.of(TextIndexContract.checks(new PlainTextIndex()));
  }
}
