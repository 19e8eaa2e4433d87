package io.elacsym.storage.minio;

import io.elacsym.testing.s3.contract.MultipartContract;

class MultipartTest extends MultipartContract {
  MultipartTest() {
    super(new MinioStorageProvider(), "sha256");
  }
}
