package io.elacsym.storage.minio;

import io.elacsym.testing.s3.contract.ServersContract;

class MinioStorageContractTest extends ServersContract {
  MinioStorageContractTest() {
    super(new MinioStorageProvider());
  }
}
