package io.elacsym.testing.s3.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.elacsym.api.storage.PutMode;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What each answer of a store means for the put that got it. Every provider has a table of its own
 * in its code; this is the one table that they are compared with.
 */
public abstract class PutVerdictContract {
  private static final PutMode IF_MATCHES = PutMode.ifMatches("v");

  /** What the provider makes of an answer. */
  protected abstract Enum<?> verdict(int status, String code, PutMode mode);

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
    assertThat(verdict(status, code, PutMode.IF_ABSENT)).hasToString(ifAbsent);
    assertThat(verdict(status, code, IF_MATCHES)).hasToString(ifMatches);
    assertThat(verdict(status, code, PutMode.OVERWRITE)).hasToString(overwrite);
  }

  @Test
  void anAnswerThatIsUnknownToUsIsInDoubtUnlessItsStatusIsARefusal() {
    IntStream unknown =
        IntStream.range(100, 600).filter(status -> status < 300 || (status > 504 && status != 507));
    assertThat(unknown)
        .allSatisfy(
            status -> assertThat(verdict(status, "Unheard", IF_MATCHES)).hasToString("IN_DOUBT"));
  }
}
