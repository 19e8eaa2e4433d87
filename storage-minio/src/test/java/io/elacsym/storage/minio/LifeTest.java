package io.elacsym.storage.minio;

import io.elacsym.testing.s3.contract.LifeContract;

class LifeTest extends LifeContract {
  LifeTest() {
    super(new MinioStorageProvider(), "(?i).*ok(http|io).*");
  }
}
