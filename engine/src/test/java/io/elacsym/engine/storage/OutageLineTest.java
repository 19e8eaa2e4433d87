package io.elacsym.engine.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.ErrorKind;
import io.elacsym.engine.model.LogWatch;
import java.io.IOException;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class OutageLineTest {
  /** Clients read the message alone; nowhere else is the rest to be found. */
  @Test
  void theLogHasWhatOnlyOperatorsShouldRead() {
    ElacsymException failure =
        ElacsymException.withDetail(
            ErrorKind.UNAVAILABLE,
            "the store forbids it",
            "bucket 'b': the store says: no such user",
            new IOException("403"));
    try (LogWatch log = LogWatch.atInfo(StorageWatch.class)) {
      StorageWatch watch = new StorageWatch(() -> Instant.EPOCH);
      for (int i = 0; i < 10; i++) {
        watch.failed(failure);
      }
      assertThat(log.lines())
          .singleElement()
          .asString()
          .contains("does not answer", "the store forbids it", "the store says: no such user");
    }
  }
}
