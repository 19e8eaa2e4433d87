package io.elacsym.storage.bucket;

import static io.elacsym.storage.bucket.ScriptedClient.refused;
import static org.assertj.core.api.Assertions.assertThat;

import io.elacsym.storage.bucket.client.CallFailure;
import io.elacsym.storage.bucket.client.CallFailure.Broken;
import io.elacsym.storage.bucket.client.CallFailure.NoCredentials;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PassingTest {
  private final CallFailure cut = new Broken(true, new IOException("cut"));

  @ParameterizedTest
  @CsvSource({
    "408, '', true",
    "429, TooManyRequests, true",
    "500, InternalError, true",
    "502, '', true",
    "503, SlowDown, true",
    "504, '', true",
    "400, RequestTimeout, true",
    "400, IncompleteBody, true",
    "409, OperationAborted, true",
    "200, InternalError, true",
    "400, InvalidArgument, false",
    "403, AccessDenied, false",
    "404, NoSuchKey, false",
    "412, PreconditionFailed, false",
    "501, NotImplemented, false",
    "507, XMinioStorageFull, false",
  })
  void anErrorOfTheStorePassesOrStays(int status, String code, boolean passes) {
    assertThat(Passing.mayPass(refused(status, code))).isEqualTo(passes);
  }

  @Test
  void anAnswerThatDidNotComeMayComeAndCredentialsDoNotAppear() {
    assertThat(Passing.mayPass(cut)).isTrue();
    assertThat(Passing.mayPass(new Broken(false, new IOException("refused")))).isTrue();
    assertThat(Passing.mayPass(new NoCredentials(new IOException("none")))).isFalse();
  }

  @Test
  void pausesDoubleAndEndAtFiveSecondsAndAThrottledOneIsFiveTimesAsLong() {
    expectPause(cut, 1, 50, 100);
    expectPause(cut, 2, 100, 200);
    expectPause(cut, 20, 2500, 5000);
    expectPause(refused(503, "SlowDown"), 1, 250, 500);
    expectPause(refused(429, ""), 2, 500, 1000);
    expectPause(refused(500, "InternalError"), 1, 50, 100);
  }

  private static void expectPause(CallFailure failure, int made, long least, long most) {
    for (int i = 0; i < 100; i++) {
      assertThat(Passing.pause(failure, made))
          .isBetween(Duration.ofMillis(least), Duration.ofMillis(most));
    }
  }
}
