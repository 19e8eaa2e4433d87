package io.elacsym.storage.minio;

import io.elacsym.tck.ProviderContract;
import io.elacsym.tck.junit.ContractTests;
import io.elacsym.tck.storage.StorageContract;
import io.elacsym.tck.storage.StorageFixture;
import io.elacsym.testing.s3.S3Server;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class MinioStorageContractTest {
  @TestFactory
  Stream<DynamicTest> keepsTheStorageContractOnTheSharedServer() {
    return onServer(S3Server.shared());
  }

  @TestFactory
  Stream<DynamicTest> keepsTheProviderContract() {
    return ContractTests.of(ProviderContract.checks(new MinioStorageProvider()));
  }

  private static Stream<DynamicTest> onServer(S3Server server) {
    return ContractTests.of(
        StorageContract.checks(
            StorageFixture.of(new MinioStorageProvider(), () -> Buckets.newBucket(server))));
  }
}
