package io.elacsym.engine.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.ErrorKind;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RetryTest {
  private final AtomicInteger reads = new AtomicInteger();

  @Test
  void whatIsCorruptOnlyOnceIsNotCorrupt() {
    assertThat(Retry.whileCorrupt(() -> failingBefore(3, ErrorKind.CORRUPT))).isEqualTo(3);
  }

  @Test
  void whatStaysCorruptIsBelieved() {
    assertThatThrownBy(() -> Retry.whileCorrupt(() -> failingBefore(4, ErrorKind.CORRUPT)))
        .isInstanceOfSatisfying(
            ElacsymException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.CORRUPT));
    assertThat(reads).hasValue(3);
  }

  @Test
  void otherFailuresAreNotTriedAgain() {
    assertThatThrownBy(() -> Retry.whileCorrupt(() -> failingBefore(2, ErrorKind.UNAVAILABLE)))
        .isInstanceOf(ElacsymException.class);
    assertThat(reads).hasValue(1);
  }

  private int failingBefore(int success, ErrorKind kind) {
    int read = reads.incrementAndGet();
    if (read < success) {
      throw new ElacsymException(kind, "read " + read);
    }
    return read;
  }
}
