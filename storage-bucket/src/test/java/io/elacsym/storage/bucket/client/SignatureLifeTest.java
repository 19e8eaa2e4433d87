package io.elacsym.storage.bucket.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class SignatureLifeTest {
  @Test
  void aSignatureEndsBeforeItsDeadline() throws Exception {
    SignatureLife life = SignatureLife.until(Instant.now().plusSeconds(60));
    assertThat(life.seconds()).isBetween(55L, 59L);
    life.check();
  }

  @Test
  void withoutASecondLeftNothingIsSigned() {
    Instant soon = Instant.now().plusMillis(1500);
    assertThatThrownBy(() -> SignatureLife.until(soon))
        .isInstanceOf(CallFailure.TooLate.class)
        .hasMessageContaining("until " + soon + ", is over");
  }

  @Test
  void aSignatureThatWasMadeLateIsNotUsed() {
    // As after a sleep between looking at the clock and signing.
    SignatureLife life = new SignatureLife(Instant.now().plusSeconds(10), 11);
    assertThatThrownBy(life::check).isInstanceOf(CallFailure.TooLate.class);
  }
}
