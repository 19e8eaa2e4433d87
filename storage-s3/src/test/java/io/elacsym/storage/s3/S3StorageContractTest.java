package io.elacsym.storage.s3;

import io.elacsym.testing.s3.contract.ServersContract;

class S3StorageContractTest extends ServersContract {
  S3StorageContractTest() {
    super(new S3StorageProvider());
  }
}
