package io.elacsym.storage.minio;

import static org.assertj.core.api.Assertions.assertThat;

import io.elacsym.api.storage.PutMode;
import io.elacsym.testing.s3.contract.PutVerdictContract;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.security.ProviderException;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PutVerdictTest extends PutVerdictContract {
  @Override
  protected Enum<?> verdict(int status, String code, PutMode mode) {
    return PutVerdict.of(status, code, mode);
  }

  @ParameterizedTest
  @MethodSource("modes")
  void aRequestThatFoundNoConnectionHasStoredNothing(PutMode mode) {
    CallFailure unsent = new CallFailure.Broken(false, new ConnectException("refused"));
    assertThat(PutVerdict.of(unsent, mode)).isEqualTo(PutVerdict.UNSENT);
    CallFailure unsigned = new CallFailure.NoCredentials(new ProviderException("none"));
    assertThat(PutVerdict.of(unsigned, mode)).isEqualTo(PutVerdict.REFUSED);
  }

  @ParameterizedTest
  @MethodSource("modes")
  void aRequestThatMayHaveLeftIsInDoubt(PutMode mode) {
    CallFailure broken = new CallFailure.Broken(true, new SocketTimeoutException("timeout"));
    assertThat(PutVerdict.of(broken, mode)).isEqualTo(PutVerdict.IN_DOUBT);
  }

  static List<PutMode> modes() {
    return List.of(PutMode.IF_ABSENT, PutMode.ifMatches("v"), PutMode.OVERWRITE);
  }
}
