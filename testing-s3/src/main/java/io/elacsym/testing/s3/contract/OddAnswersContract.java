package io.elacsym.testing.s3.contract;

import static io.elacsym.testing.s3.contract.CannedServer.answer;
import static io.elacsym.testing.s3.contract.CannedServer.error;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.ErrorKind;
import io.elacsym.api.blob.ByteRange;
import io.elacsym.api.storage.Changed;
import io.elacsym.api.storage.ObjectInfo;
import io.elacsym.api.storage.Payload;
import io.elacsym.api.storage.PutMode;
import io.elacsym.api.storage.PutResult;
import io.elacsym.api.storage.Storage;
import io.elacsym.api.storage.StorageProvider;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers that no well-behaved server gives, or only rarely. */
public abstract class OddAnswersContract {
  private static final String TAG = "ETag: \"tag\"";
  private static final String DATE = "Last-Modified: Wed, 25 Nov 2026 19:49:06 GMT";
  private static final Payload PAYLOAD = Payload.of(new byte[] {1, 2, 3});

  private final StorageProvider provider;

  protected OddAnswersContract(StorageProvider provider) {
    this.provider = provider;
  }

  @Test
  void aConditionalPutIsNotSentAgainBecauseTheAnswerAsksForIt() {
    try (CannedServer server =
            CannedServer.saying(error(503, "SlowDown", "Retry-After: 0"), answer(200, "", TAG));
        Storage storage = server.bucket(provider).open()) {
      assertThat(storage.put("o", PAYLOAD, PutMode.IF_ABSENT)).isEqualTo(PutResult.UNKNOWN);
      assertThat(server.requests()).containsExactly("PUT /bucket/o");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 302, 307, 308})
  void aRedirectIsNotFollowed(int status) {
    String elsewhere = "Location: http://127.0.0.1:1/bucket/o";
    try (CannedServer server =
            CannedServer.saying(
                error(status, "PermanentRedirect", elsewhere, "x-amz-bucket-region: eu-west-3"));
        Storage storage = server.bucket(provider).open()) {
      assertThatThrownBy(() -> storage.put("o", PAYLOAD, PutMode.IF_ABSENT))
          .hasMessageContaining("the bucket is in another region (status " + status)
          .extracting(Throwable::getLocalizedMessage, STRING)
          .contains("the bucket is in region eu-west-3, but the option region is us-east-1");
      assertThat(server.requests()).hasSize(1);
    }
  }

  @Test
  void aStatusCountsAlsoWithoutAWordOfS3() {
    try (CannedServer server =
            CannedServer.saying(
                answer(412, ""),
                answer(412, "<html>precondition</html>", "Content-Type: text/html"),
                answer(304, ""));
        Storage storage = server.bucket(provider).open()) {
      assertThat(storage.put("o", PAYLOAD, PutMode.IF_ABSENT)).isEqualTo(PutResult.LOST);
      assertThat(storage.put("o", PAYLOAD, PutMode.ifMatches("v"))).isEqualTo(PutResult.LOST);
      assertThat(storage.getIfChanged("o", "v")).isEqualTo(Changed.UNCHANGED);
    }
  }

  @Test
  void aPutWithoutAVersionInTheAnswerIsInDoubt() {
    try (CannedServer server = CannedServer.saying(answer(200, ""));
        Storage storage = server.bucket(provider).open()) {
      assertThat(storage.put("o", PAYLOAD, PutMode.IF_ABSENT)).isEqualTo(PutResult.UNKNOWN);
      assertThat(server.requests()).hasSize(1);
    }
  }

  @Test
  void aPartOtherThanTheOneAskedForIsNoAnswer() {
    try (CannedServer server =
            CannedServer.saying(
                answer(206, "bcd", TAG, DATE, "Content-Range: bytes 1-3/10"),
                answer(206, "abc", TAG, DATE, "Content-Range: bytes 0-2/10"),
                answer(206, "abcde", TAG, DATE, "Content-Range: bytes 0-3/10"),
                answer(206, "abcd", TAG, DATE),
                answer(200, "abcdefghij", TAG, DATE));
        Storage storage = server.bucket(provider).with("max_attempts", "1").open()) {
      for (int i = 0; i < 5; i++) {
        assertThatThrownBy(() -> storage.get("o", new ByteRange(0, 4)))
            .isInstanceOfSatisfying(
                ElacsymException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.UNAVAILABLE))
            .hasMessageContaining("cannot read object 'o'");
      }
      assertThat(server.requests()).hasSize(5);
    }
  }

  @Test
  void anObjectWhoseLengthIsNotKnownIsNotTakenForWhole() {
    String endsWithTheConnection =
        "HTTP/1.1 200 OK\r\n" + TAG + "\r\n" + DATE + "\r\nConnection: close\r\n\r\nabc";
    try (CannedServer server = CannedServer.saying(endsWithTheConnection);
        Storage storage = server.bucket(provider).with("max_attempts", "1").open()) {
      assertThatThrownBy(() -> storage.get("o", ByteRange.ALL))
          .extracting(Throwable::getLocalizedMessage, STRING)
          .contains("the answer says length -1");
    }
  }

  @Test
  void anAnswerWithoutVersionOrDateIsNoAnswer() {
    try (CannedServer server =
            CannedServer.saying(answer(200, "abc", DATE), answer(200, "abc", TAG));
        Storage storage = server.bucket(provider).with("max_attempts", "1").open()) {
      for (int i = 0; i < 2; i++) {
        assertThatThrownBy(() -> storage.get("o", ByteRange.ALL))
            .isInstanceOf(ElacsymException.class)
            .extracting(Throwable::getLocalizedMessage, STRING)
            .contains("expected all three");
      }
    }
  }

  @Test
  void bytesOtherThanTheStoresChecksumSaysAreNoAnswer() {
    String abc = "x-amz-checksum-sha256: ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=";
    try (CannedServer server =
            CannedServer.saying(
                answer(200, "abd", TAG, DATE, abc),
                answer(200, "abc", TAG, DATE, abc),
                answer(200, "abd", TAG, DATE, abc.replace("=", "-2")));
        Storage storage = server.bucket(provider).open()) {
      assertThat(storage.get("o", ByteRange.ALL).orElseThrow().bytes())
          .isEqualTo("abc".getBytes(UTF_8));
      assertThat(server.requests()).hasSize(2);
      assertThat(storage.get("in-parts", ByteRange.ALL)).isPresent();
      assertThat(server.requests()).hasSize(3);
    }
  }

  @Test
  void aListThatDoesNotSayHowItGoesOnIsNotTakenForWhole() {
    String more =
        "<ListBucketResult><Name>b</Name><IsTruncated>true</IsTruncated></ListBucketResult>";
    try (CannedServer server = CannedServer.saying(answer(200, more));
        Storage storage = server.bucket(provider).with("max_attempts", "1").open()) {
      assertThatThrownBy(() -> storage.list("a/", "", 10))
          .isInstanceOfSatisfying(
              ElacsymException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.UNAVAILABLE))
          .extracting(Throwable::getLocalizedMessage, STRING)
          .contains("there is more, but not where");
    }
  }

  @Test
  void anObjectThatCouldNotBeDeletedIsAnErrorAlsoInAnAnswerOfSuccess() {
    String denied =
        "<DeleteResult><Error><Key>b</Key><Code>AccessDenied</Code><Message>no</Message></Error>"
            + "</DeleteResult>";
    try (CannedServer server = CannedServer.saying(answer(200, denied));
        Storage storage = server.bucket(provider).open()) {
      assertThatThrownBy(() -> storage.delete(List.of("a", "b")))
          .isInstanceOfSatisfying(
              ElacsymException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.UNAVAILABLE))
          .hasMessageContaining("must allow s3:DeleteObject")
          .extracting(Throwable::getLocalizedMessage, STRING)
          .contains("'b': no");
      assertThat(server.requests()).hasSize(1);
    }
  }

  @Test
  void deletesThatMayPassAreRepeatedAndWhatIsAbsentIsDeleted() {
    String busy = "<DeleteResult><Error><Key>b</Key><Code>SlowDown</Code></Error></DeleteResult>";
    String absent =
        "<DeleteResult><Error><Key>b</Key><Code>NoSuchKey</Code></Error></DeleteResult>";
    try (CannedServer server = CannedServer.saying(answer(200, busy), answer(200, absent));
        Storage storage = server.bucket(provider).open()) {
      storage.delete(List.of("a", "b"));
      assertThat(server.requests()).hasSize(2);
    }
  }

  @Test
  void aListIsReadAgainWhenItIsNoList() {
    String list =
        "<ListBucketResult><Name>b</Name><IsTruncated>false</IsTruncated><Contents><Key>a/b</Key>"
            + "<LastModified>2026-11-25T19:49:06.828Z</LastModified><ETag>\"tag\"</ETag>"
            + "<Size>7</Size></Contents></ListBucketResult>";
    try (CannedServer server =
            CannedServer.saying(answer(200, "<html>welcome</html>"), answer(200, list));
        Storage storage = server.bucket(provider).open()) {
      assertThat(storage.list("a/", "", 10).stream().map(ObjectInfo::name)).containsExactly("a/b");
    }
  }

  @Test
  void whatIsNoStoreAtAllHasNoObjects() {
    String page = answer(404, "<html>not found</html>", "Content-Type: text/html");
    try (CannedServer server = CannedServer.saying(page);
        Storage storage = server.bucket(provider).open()) {
      assertThatThrownBy(() -> storage.get("o", ByteRange.ALL))
          .isInstanceOf(ElacsymException.class)
          .hasMessageContaining("or is no S3 store")
          .hasMessageNotContaining("html")
          .extracting(Throwable::getLocalizedMessage, STRING)
          .contains("<html>not found</html>");
    }
  }

  @Test
  void anUnconditionalPutWithoutAVersionInTheAnswerIsInDoubtAndNotSentAgain() {
    try (CannedServer server = CannedServer.saying(answer(200, ""), answer(200, "", TAG));
        Storage storage = server.bucket(provider).open()) {
      assertThat(storage.put("o", PAYLOAD, PutMode.OVERWRITE)).isEqualTo(PutResult.UNKNOWN);
      assertThat(server.requests()).hasSize(1);
    }
  }

  @Test
  void anObjectThatNoArrayHoldsIsTooLargeAndNotRead() {
    String large =
        "HTTP/1.1 200 OK\r\n" + TAG + "\r\n" + DATE + "\r\nContent-Length: 3221225472\r\n\r\n";
    try (CannedServer server = CannedServer.saying(large);
        Storage storage = server.bucket(provider).open()) {
      assertThatThrownBy(() -> storage.get("o", ByteRange.ALL))
          .isInstanceOfSatisfying(
              ElacsymException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.TOO_LARGE))
          .hasMessageContaining("cannot read object 'o': it has 3221225472 bytes");
      assertThat(server.requests()).hasSize(1);
    }
  }

  @Test
  void aBucketThatHasGoneIsNotTakenForAnAbsentObject() {
    try (CannedServer server =
            CannedServer.saying(
                answer(404, ""), answer(404, "", "X-Minio-Error-Code: NoSuchBucket"));
        Storage storage = server.bucket(provider).open()) {
      assertThat(storage.head("o")).isEmpty();
      assertThatThrownBy(() -> storage.head("o"))
          .isInstanceOf(ElacsymException.class)
          .hasMessageContaining("there is no such bucket");
    }
  }

  @Test
  void aStoreThatCallsItAnErrorThatNothingWasThereHasDeletedIt() {
    try (CannedServer server =
            CannedServer.saying(
                error(404, "NoSuchKey"), error(404, "NoSuchKey"), answer(404, "<html></html>"));
        Storage storage = server.bucket(provider).open()) {
      storage.delete(List.of("o"));
      storage.deleteBefore("o", Instant.now().plusSeconds(60));
      assertThatThrownBy(() -> storage.deleteBefore("o", Instant.now().plusSeconds(60)))
          .isInstanceOf(ElacsymException.class)
          .hasMessageContaining("or is no S3 store");
      assertThat(server.requests()).hasSize(3);
    }
  }

  @Test
  void aDeleteWhoseTimeIsOverIsNotSent() {
    try (CannedServer server = CannedServer.saying();
        Storage storage = server.bucket(provider).open()) {
      assertThatThrownBy(() -> storage.deleteBefore("o", Instant.now()))
          .isInstanceOfSatisfying(
              ElacsymException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.UNAVAILABLE))
          .hasMessageContaining("cannot delete object 'o': the time for it, until")
          .hasMessageEndingWith("is over");
      assertThat(server.requests()).isEmpty();
    }
  }

  @Test
  void namesInAListAreAskedForInAFormThatCanHaveEveryCharacter() {
    String list =
        "<ListBucketResult><Name>b</Name><IsTruncated>false</IsTruncated>"
            + "<EncodingType>url</EncodingType>"
            + entry("a%01")
            + entry("%61/b")
            + "</ListBucketResult>";
    String folders =
        "<ListBucketResult><Name>b</Name><IsTruncated>false</IsTruncated>"
            + "<EncodingType>url</EncodingType>"
            + "<CommonPrefixes><Prefix>%61%2F</Prefix></CommonPrefixes></ListBucketResult>";
    try (CannedServer server = CannedServer.saying(answer(200, list), answer(200, folders));
        Storage storage = server.bucket(provider).open()) {
      assertThat(storage.list("", "", 10).stream().map(ObjectInfo::name)).containsExactly("a/b");
      assertThat(storage.listFolders("", "", 10)).containsExactly("a");
      assertThat(server.requests()).hasSize(2).allMatch(it -> it.contains("encoding-type=url"));
    }
  }

  private static String entry(String key) {
    return "<Contents><Key>"
        + key
        + "</Key><LastModified>2026-11-25T19:49:06.828Z</LastModified><ETag>\"tag\"</ETag>"
        + "<Size>7</Size></Contents>";
  }
}
