package io.elacsym.storage.minio;

import io.elacsym.testing.s3.contract.OddAnswersContract;

class OddAnswersTest extends OddAnswersContract {
  OddAnswersTest() {
    super(new MinioStorageProvider());
  }
}
