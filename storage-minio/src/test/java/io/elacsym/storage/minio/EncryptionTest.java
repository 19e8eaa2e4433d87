package io.elacsym.storage.minio;

import io.elacsym.testing.s3.contract.EncryptionContract;

class EncryptionTest extends EncryptionContract {
  EncryptionTest() {
    super(new MinioStorageProvider());
  }
}
