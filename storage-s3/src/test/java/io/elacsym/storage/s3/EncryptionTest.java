package io.elacsym.storage.s3;

import io.elacsym.testing.s3.contract.EncryptionContract;

class EncryptionTest extends EncryptionContract {
  EncryptionTest() {
    super(new S3StorageProvider());
  }
}
