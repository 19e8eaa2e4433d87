package io.elacsym.storage.s3;

import static io.elacsym.testing.s3.contract.CannedServer.answer;
import static io.elacsym.testing.s3.contract.CannedServer.error;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.elacsym.api.storage.Payload;
import io.elacsym.api.storage.PutMode;
import io.elacsym.api.storage.PutResult;
import io.elacsym.api.storage.Storage;
import io.elacsym.testing.s3.contract.CannedServer;
import org.junit.jupiter.api.Test;

/** A machine whose clock is wrong: the SDK learns the store's from its refusal. */
class ClockTest {
  private static final Payload PAYLOAD = Payload.of(new byte[] {1, 2, 3});
  private static final String LONG_AGO = "Date: Sat, 01 Feb 2025 03:04:05 GMT";

  @Test
  void aRequestThatIsRefusedForTheTimeOfItsSignatureIsSignedAgain() {
    String refused = error(403, "RequestTimeTooSkewed", LONG_AGO);
    try (CannedServer server = CannedServer.saying(refused, answer(200, "", "ETag: \"v\""));
        Storage storage = server.bucket(new S3StorageProvider()).open()) {
      assertThat(storage.put("o", PAYLOAD, PutMode.IF_ABSENT)).isEqualTo(PutResult.won("v"));
      assertThat(server.requests()).hasSize(2);
    }
  }

  @Test
  void aClockThatStaysWrongIsTold() {
    String refused = error(403, "RequestTimeTooSkewed", LONG_AGO);
    try (CannedServer server = CannedServer.saying(refused, refused);
        Storage storage = server.bucket(new S3StorageProvider()).open()) {
      assertThatThrownBy(() -> storage.put("o", PAYLOAD, PutMode.OVERWRITE))
          .hasMessageContaining("this machine's clock differs too much from the store's");
      assertThat(server.requests()).hasSize(2);
    }
  }
}
