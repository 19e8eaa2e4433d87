package io.elacsym.storage.minio;

import static io.elacsym.testing.s3.contract.CannedServer.answer;
import static org.assertj.core.api.Assertions.assertThat;

import io.elacsym.api.blob.ByteRange;
import io.elacsym.api.storage.Storage;
import io.elacsym.testing.s3.contract.CannedServer;
import io.elacsym.testing.s3.contract.OddAnswersContract;
import org.junit.jupiter.api.Test;

class OddAnswersTest extends OddAnswersContract {
  OddAnswersTest() {
    super(new MinioStorageProvider());
  }

  @Test
  void aChecksumOfChecksumsIsNotCompared() {
    String answer =
        answer(
            200,
            "abd",
            "ETag: \"tag\"",
            "Last-Modified: Wed, 25 Nov 2026 19:49:06 GMT",
            "x-amz-checksum-sha256: ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=",
            "x-amz-checksum-type: COMPOSITE");
    try (CannedServer server = CannedServer.saying(answer);
        Storage storage = server.bucket(new MinioStorageProvider()).open()) {
      assertThat(storage.get("in-parts", ByteRange.ALL)).isPresent();
      assertThat(server.requests()).hasSize(1);
    }
  }
}
