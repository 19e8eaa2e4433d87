package io.elacsym.storage.minio;

import io.elacsym.testing.s3.contract.PolicyContract;

class PolicyTest extends PolicyContract {
  PolicyTest() {
    super(new MinioStorageProvider());
  }
}
