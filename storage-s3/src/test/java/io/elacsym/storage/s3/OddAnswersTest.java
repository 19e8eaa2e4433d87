package io.elacsym.storage.s3;

import io.elacsym.testing.s3.contract.OddAnswersContract;

class OddAnswersTest extends OddAnswersContract {
  OddAnswersTest() {
    super(new S3StorageProvider());
  }
}
