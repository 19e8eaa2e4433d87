package io.elacsym.storage.s3;

import io.elacsym.testing.s3.contract.MultipartContract;

class MultipartTest extends MultipartContract {
  MultipartTest() {
    super(new S3StorageProvider(), "crc32");
  }
}
