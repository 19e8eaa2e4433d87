package io.elacsym.testing.s3.contract;

import io.elacsym.api.storage.StorageProvider;
import io.elacsym.tck.ProviderContract;
import io.elacsym.tck.junit.ContractTests;
import io.elacsym.tck.storage.StorageContract;
import io.elacsym.testing.s3.S3Server;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The contracts of the tck, on every server that can be had. */
public abstract class ServersContract {
  private static final int RACE_ROUNDS = 200;

  private final StorageProvider provider;

  protected ServersContract(StorageProvider provider) {
    this.provider = provider;
  }

  @TestFactory
  Stream<DynamicTest> keepsTheStorageContractOnTheSharedServer() {
    return keepsTheStorageContract(S3Server.shared());
  }

  @TestFactory
  Stream<DynamicTest> keepsTheStorageContractOnTheServerInThisJvm() {
    return S3Server.shared() == S3Server.inJvm()
        ? Stream.empty() // it was the one above
        : keepsTheStorageContract(S3Server.inJvm());
  }

  @TestFactory
  Stream<DynamicTest> keepsTheStorageContractOnMinio() {
    return S3Server.minio()
        .filter(server -> server != S3Server.shared())
        .map(this::keepsTheStorageContract)
        .orElseGet(Stream::empty);
  }

  private Stream<DynamicTest> keepsTheStorageContract(S3Server server) {
    return ContractTests.of(
        StorageContract.checks(TestBucket.on(server, provider).fixture(), RACE_ROUNDS));
  }

  @TestFactory
  Stream<DynamicTest> keepsTheProviderContract() {
    return ContractTests.of(ProviderContract.checks(provider));
  }
}
