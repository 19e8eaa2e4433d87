package io.elacsym.storage.s3;

import io.elacsym.testing.s3.contract.WireFaultsContract;

class WireFaultsTest extends WireFaultsContract {
  WireFaultsTest() {
    super(new S3StorageProvider());
  }
}
