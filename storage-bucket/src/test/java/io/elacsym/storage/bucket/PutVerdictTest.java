package io.elacsym.storage.bucket;

import static org.assertj.core.api.Assertions.assertThat;

import io.elacsym.api.storage.PutMode;
import io.elacsym.storage.bucket.client.CallFailure;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.security.ProviderException;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What a failure means for the put that met it. */
class PutVerdictTest {
  private static final PutMode IF_MATCHES = PutMode.ifMatches("v");

  @ParameterizedTest
  @CsvSource({
    "409, ConditionalRequestConflict, BUSY, BUSY, BUSY",
    "409, OperationAborted, BUSY, BUSY, BUSY",
    "409, InvalidBucketState, REFUSED, REFUSED, REFUSED",
    "412, PreconditionFailed, LOST, LOST, REFUSED",
    "412, '', LOST, LOST, REFUSED",
    "404, NoSuchKey, REFUSED, LOST, REFUSED",
    "404, '', REFUSED, REFUSED, REFUSED",
    "404, NoSuchBucket, REFUSED, REFUSED, REFUSED",
    "404, NoSuchUpload, IN_DOUBT, IN_DOUBT, IN_DOUBT",
    "400, RequestTimeout, IN_DOUBT, IN_DOUBT, IN_DOUBT",
    "400, IncompleteBody, IN_DOUBT, IN_DOUBT, IN_DOUBT",
    "400, BadDigest, REFUSED, REFUSED, REFUSED",
    "400, ExpiredToken, REFUSED, REFUSED, REFUSED",
    "301, PermanentRedirect, REFUSED, REFUSED, REFUSED",
    "307, TemporaryRedirect, REFUSED, REFUSED, REFUSED",
    "403, AccessDenied, DENIED, DENIED, DENIED",
    "403, '', REFUSED, REFUSED, REFUSED",
    "403, SignatureDoesNotMatch, REFUSED, REFUSED, REFUSED",
    "405, MethodNotAllowed, REFUSED, REFUSED, REFUSED",
    "413, EntityTooLarge, REFUSED, REFUSED, REFUSED",
    "408, '', IN_DOUBT, IN_DOUBT, IN_DOUBT",
    "429, TooManyRequests, IN_DOUBT, IN_DOUBT, IN_DOUBT",
    "500, InternalError, IN_DOUBT, IN_DOUBT, IN_DOUBT",
    "501, NotImplemented, REFUSED, REFUSED, REFUSED",
    "502, '', IN_DOUBT, IN_DOUBT, IN_DOUBT",
    "503, SlowDown, IN_DOUBT, IN_DOUBT, IN_DOUBT",
    "503, SlowDownWrite, IN_DOUBT, IN_DOUBT, IN_DOUBT",
    "504, '', IN_DOUBT, IN_DOUBT, IN_DOUBT",
    "507, XMinioStorageFull, REFUSED, REFUSED, REFUSED",
    "200, InternalError, IN_DOUBT, IN_DOUBT, IN_DOUBT",
    "200, PreconditionFailed, LOST, LOST, IN_DOUBT",
  })
  void anAnswerMeans(int status, String code, String ifAbsent, String ifMatches, String overwrite) {
    assertThat(PutVerdict.of(status, code, PutMode.IF_ABSENT)).hasToString(ifAbsent);
    assertThat(PutVerdict.of(status, code, IF_MATCHES)).hasToString(ifMatches);
    assertThat(PutVerdict.of(status, code, PutMode.OVERWRITE)).hasToString(overwrite);
  }

  @Test
  void anAnswerThatIsUnknownToUsIsInDoubtUnlessItsStatusIsARefusal() {
    IntStream unknown =
        IntStream.range(100, 600).filter(status -> status < 300 || (status > 504 && status != 507));
    assertThat(unknown)
        .allSatisfy(status ->
            assertThat(PutVerdict.of(status, "Unheard", IF_MATCHES)).hasToString("IN_DOUBT"));
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
