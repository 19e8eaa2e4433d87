package io.elacsym.storage.minio;

import io.elacsym.testing.s3.contract.WireFaultsContract;

class WireFaultsTest extends WireFaultsContract {
  WireFaultsTest() {
    super(new MinioStorageProvider());
  }
}
