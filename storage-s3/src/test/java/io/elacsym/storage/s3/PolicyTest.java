package io.elacsym.storage.s3;

import io.elacsym.testing.s3.contract.PolicyContract;

class PolicyTest extends PolicyContract {
  PolicyTest() {
    super(new S3StorageProvider());
  }
}
