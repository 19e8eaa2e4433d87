package io.elacsym.storage.minio;

import io.elacsym.testing.s3.contract.BucketContract;

class BucketTest extends BucketContract {
  BucketTest() {
    super(new MinioStorageProvider(), "sha256");
  }
}
