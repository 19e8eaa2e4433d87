package io.elacsym.storage.local;

import io.elacsym.tck.ProviderContract;
import io.elacsym.tck.junit.ContractTests;
import io.elacsym.tck.storage.StorageContract;
import io.elacsym.tck.storage.StorageFixture;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

class LocalStorageContractTest {
  @TempDir Path folder;

  @TestFactory
  Stream<DynamicTest> keepsTheStorageContract() {
    return ContractTests.of(
        StorageContract.checks(
            StorageFixture.of(
                new LocalStorageProvider(),
                () -> Map.of("root_path", Files.createTempDirectory(folder, "root").toString())),
            200));
  }

  @TestFactory
  Stream<DynamicTest> keepsTheProviderContract() {
    return ContractTests.of(ProviderContract.checks(new LocalStorageProvider()));
  }
}
