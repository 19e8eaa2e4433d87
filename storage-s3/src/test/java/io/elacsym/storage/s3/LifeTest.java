package io.elacsym.storage.s3;

import io.elacsym.testing.s3.contract.LifeContract;

class LifeTest extends LifeContract {
  LifeTest() {
    super(new S3StorageProvider(), "(?i).*(sdk|idle-connection|aws).*");
  }
}
