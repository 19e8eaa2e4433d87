package io.elacsym.storage.bucket;

import static io.elacsym.storage.bucket.ScriptedClient.DONE;
import static io.elacsym.storage.bucket.ScriptedClient.facts;
import static io.elacsym.storage.bucket.ScriptedClient.page;
import static io.elacsym.storage.bucket.ScriptedClient.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.ErrorKind;
import io.elacsym.api.Options;
import io.elacsym.api.blob.ByteRange;
import io.elacsym.api.storage.ObjectInfo;
import io.elacsym.api.storage.Payload;
import io.elacsym.api.storage.PutMode;
import io.elacsym.api.storage.PutResult;
import io.elacsym.api.storage.Storage;
import io.elacsym.api.storage.StorageStatistics.Counts;
import io.elacsym.api.storage.StorageStatistics.Operation;
import io.elacsym.storage.bucket.client.AnswerHead;
import io.elacsym.storage.bucket.client.CallFailure.Broken;
import io.elacsym.storage.bucket.client.CallFailure.NoCredentials;
import io.elacsym.storage.bucket.client.Fetched;
import io.elacsym.storage.bucket.client.Page;
import io.elacsym.storage.bucket.client.SignatureLife;
import io.elacsym.storage.bucket.settings.BucketOptions;
import io.elacsym.storage.bucket.settings.BucketSettings;
import io.elacsym.storage.bucket.settings.ClientTraits;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import javax.net.ssl.SSLHandshakeException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is decided here for every client; on real servers, each client's plugin shows the rest. */
class BucketStorageTest {
  private static final ClientTraits TRAITS = new ClientTraits("a drawer", 1L << 30, false);
  private static final Page EMPTY = page(List.of(), List.of(), "");
  private static final Payload PAYLOAD = Payload.of(new byte[] {1, 2, 3});

  private static BucketSettings settings() {
    Map<String, String> options =
        Map.of("bucket", "docs", "region", "us-west-2", "prefix", "p", "max_attempts", "3");
    return BucketSettings.of(Options.of("", BucketOptions.of(TRAITS), options));
  }

  private static ScriptedClient client(Object... answers) {
    List<Object> all = new ArrayList<>(List.of(EMPTY)); // of the look when it is opened
    all.addAll(List.of(answers));
    return ScriptedClient.saying(all.toArray());
  }

  /** Opened, with the look forgotten. */
  private static Storage open(ScriptedClient client) {
    Storage storage = BucketStorage.open(settings(), client);
    client.requests().clear();
    client.times().clear();
    return storage;
  }

  private static void expect(ErrorKind kind, String said, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(ElacsymException.class, e -> assertThat(e.kind()).isEqualTo(kind))
        .hasMessageContaining(said);
  }

  @Test
  void openingLooksIntoTheBucketAndClosesTheClientWhenItMayNot() {
    ScriptedClient good = client();
    BucketStorage.open(settings(), good).close();
    assertThat(good.requests()).containsExactly("list p/ after '' limit 1");
    assertThat(good.isClosed()).isTrue();
    ScriptedClient bad = ScriptedClient.saying(refused(404, "NoSuchBucket"));
    expect(
        ErrorKind.INVALID_REQUEST,
        "cannot list objects: there is no such bucket",
        () -> BucketStorage.open(settings(), bad));
    assertThat(bad.isClosed()).isTrue();
  }

  @Test
  void aListIsAskedForAtLeastOne() {
    try (Storage storage = open(client())) {
      for (int limit : new int[] {0, -1}) {
        String said = "limit is " + limit + ", expected at least 1";
        expect(ErrorKind.INVALID_REQUEST, said, () -> storage.list("", "", limit));
        expect(ErrorKind.INVALID_REQUEST, said, () -> storage.listFolders("", "", limit));
      }
    }
  }

  @Test
  void aListGoesOnWhereAPageEndedAndAsksForNoMoreThanIsWanted() {
    List<String> first = IntStream.range(0, 1000).mapToObj("p/n%04d"::formatted).toList();
    ScriptedClient client =
        client(page(first, List.of(), "t1"), page(List.of("p/z"), List.of(), "t2"));
    try (Storage storage = open(client)) {
      List<ObjectInfo> found = storage.list("n", "m", 1001);
      assertThat(found).hasSize(1001);
      assertThat(found.getLast()).isEqualTo(facts(3).named("z"));
      assertThat(client.requests())
          .containsExactly("list p/n after 'p/m' limit 1000", "list p/n from t1 limit 1");
    }
  }

  @Test
  void whoMeetsKeysOfOthersReadsOnInLargePages() {
    ScriptedClient client =
        client(
            page(List.of("p/a", "p/folder marker"), List.of(), "t1"),
            page(List.of("p/not ours", "p/b", "p/c"), List.of(), "t2"));
    try (Storage storage = open(client)) {
      assertThat(storage.list("", "", 2).stream().map(ObjectInfo::name)).containsExactly("a", "b");
      assertThat(client.requests())
          .containsExactly("list p/ after '' limit 2", "list p/ from t1 limit 1000");
    }
  }

  @Test
  void foldersBehindAnotherAreBehindAllThatIsInIt() {
    ScriptedClient client =
        client(
            page(List.of("p/x"), List.of("p/a.b/"), "t1"),
            page(List.of(), List.of("p/c/", "p/of others !/"), ""));
    try (Storage storage = open(client)) {
      assertThat(storage.listFolders("", "a", 2)).containsExactly("a.b", "c");
      assertThat(client.requests())
          .containsExactly("folders p/ after 'p/a0' limit 2", "folders p/ from t1 limit 1000");
    }
  }

  @Test
  void anAnswerThatIsMoreThanAnArrayHoldsIsTooLargeAndNotReadAgain() throws Exception {
    IOException large = tooLarge();
    ScriptedClient client = client(large);
    try (Storage storage = open(client)) {
      expect(
          ErrorKind.TOO_LARGE,
          "cannot read object 'o': it has 3221225472 bytes, expected at most 2147483639; read it in"
              + " smaller ranges",
          () -> storage.get("o", ByteRange.ALL));
      assertThat(client.requests()).hasSize(1);
    }
  }

  private static IOException tooLarge() throws Exception {
    var head =
        new AnswerHead(
            200, 3L << 30, Optional.empty(), Optional.of("t"), Optional.of(Instant.EPOCH));
    try {
      throw new AssertionError(Fetched.read(head, InputStream.nullInputStream(), ByteRange.ALL));
    } catch (IOException e) {
      return e;
    }
  }

  @Test
  void aRequestGetsTimeForTheBytesThatItCarries() {
    Fetched object = new Fetched(facts(3), new byte[3]);
    ScriptedClient client = client(object, object, object, facts(3));
    try (Storage storage = open(client)) {
      storage.get("o", new ByteRange(0, 10 << 20));
      // How long these are, only the answer says: they may take as long as bytes keep coming.
      storage.get("o", ByteRange.ALL);
      storage.get("o", new ByteRange(5, Long.MAX_VALUE));
      storage.head("o");
      assertThat(client.times())
          .containsExactly(
              Duration.ofSeconds(40), Duration.ZERO, Duration.ZERO, Duration.ofSeconds(30));
    }
  }

  @Test
  void anAnswerThatIsNotWholeIsReadAgain() {
    Fetched object = new Fetched(facts(3), new byte[3]);
    Broken cut = new Broken(true, new IOException("the answer says length -1"));
    ScriptedClient client = client(cut, object, cut, cut, cut);
    try (Storage storage = open(client)) {
      assertThat(storage.get("o", ByteRange.ALL)).isPresent();
      expect(ErrorKind.UNAVAILABLE, "no whole answer came", () -> storage.get("o", ByteRange.ALL));
      assertThat(client.requests()).hasSize(5);
    }
  }

  @Test
  void anObjectIsAbsentOnlyWhereTheBucketIsNot() {
    ScriptedClient client =
        client(
            refused(404, ""),
            refused(404, "NoSuchBucket"),
            refused(404, "NoSuchKey"),
            refused(404, "NoSuchPage"));
    try (Storage storage = open(client)) {
      assertThat(storage.head("o")).isEmpty();
      expect(ErrorKind.UNAVAILABLE, "there is no such bucket", () -> storage.head("o"));
      assertThat(storage.get("o", ByteRange.ALL)).isEmpty();
      expect(ErrorKind.UNAVAILABLE, "or is no S3 store", () -> storage.get("o", ByteRange.ALL));
    }
  }

  @Test
  void aPutWhoseAnswerHasNoVersionIsInDoubtAndNotMadeAgain() {
    ScriptedClient client = client(DONE, DONE);
    try (Storage storage = open(client)) {
      assertThat(storage.put("o", PAYLOAD, PutMode.OVERWRITE)).isEqualTo(PutResult.UNKNOWN);
      assertThat(storage.put("o", PAYLOAD, PutMode.IF_ABSENT)).isEqualTo(PutResult.UNKNOWN);
      assertThat(client.requests()).hasSize(2);
    }
  }

  @Test
  void aPutThatFindsNoSpaceIsRefusedUnlessATryBeforeIsInDoubt() {
    ScriptedClient client =
        client(
            refused(507, "XMinioStorageFull"),
            refused(500, "InternalError"),
            refused(507, "XMinioStorageFull"));
    try (Storage storage = open(client)) {
      expect(
          ErrorKind.UNAVAILABLE,
          "the store has no space left",
          () -> storage.put("o", PAYLOAD, PutMode.OVERWRITE));
      assertThat(client.requests()).hasSize(1);
      assertThat(storage.put("o", PAYLOAD, PutMode.OVERWRITE)).isEqualTo(PutResult.UNKNOWN);
      assertThat(client.requests()).hasSize(3);
    }
  }

  @Test
  void aPayloadThatCannotBeReadIsToldUnlessATryBeforeIsInDoubt() {
    Payload readOnce =
        new Payload() {
          private boolean opened;

          @Override
          public long size() {
            return 3;
          }

          @Override
          public InputStream open() throws IOException {
            if (opened) {
              throw new IOException("the disk is gone");
            }
            opened = true;
            return new ByteArrayInputStream(new byte[3]);
          }
        };
    ScriptedClient client = client(new Broken(true, new IOException("cut")));
    try (Storage storage = open(client)) {
      assertThat(storage.put("o", readOnce, PutMode.OVERWRITE)).isEqualTo(PutResult.UNKNOWN);
      assertThat(client.requests()).hasSize(1);
      expect(
          ErrorKind.UNAVAILABLE,
          "cannot read the payload of object 'o'",
          () -> storage.put("o", readOnce, PutMode.OVERWRITE));
      assertThat(client.requests()).hasSize(1);
    }
  }

  @Test
  void aConditionalPutIsAsLargeAsAClientCanSendAtOnce() {
    Payload large = Payload.of(new byte[(int) ScriptedClient.LARGEST_BODY + 1]);
    try (Storage storage = open(client("v"))) {
      expect(
          ErrorKind.TOO_LARGE,
          "has 101 bytes, expected at most 100 in a conditional put",
          () -> storage.put("o", large, PutMode.IF_ABSENT));
      assertThat(storage.put("o", large, PutMode.OVERWRITE)).isEqualTo(PutResult.won("v"));
    }
  }

  @Test
  void whatIsAbsentIsDeleted() {
    ScriptedClient client =
        client(
            refused(404, "NoSuchKey"),
            List.of(refused(200, "NoSuchKey")),
            refused(404, "NoSuchKey"),
            refused(404, "NoSuchPage"),
            refused(404, ""));
    try (Storage storage = open(client)) {
      storage.delete(List.of("a"));
      storage.delete(List.of("a", "b"));
      storage.deleteBefore("a", Instant.now().plusSeconds(60));
      // But a server that is no store has deleted nothing.
      expect(ErrorKind.UNAVAILABLE, "or is no S3 store", () -> storage.delete(List.of("a")));
      expect(
          ErrorKind.UNAVAILABLE,
          "or is no S3 store",
          () -> storage.deleteBefore("a", Instant.now().plusSeconds(60)));
    }
  }

  @Test
  void aDeleteWithAnEndIsMadeOnceAndSaysWhenItsTimeIsOver() throws Exception {
    Instant past = Instant.now().minusSeconds(1);
    IOException late;
    try {
      throw new AssertionError(SignatureLife.until(past));
    } catch (IOException e) {
      late = e;
    }
    ScriptedClient client = client(late, refused(503, "SlowDown"), refused(403, "AccessDenied"));
    try (Storage storage = open(client)) {
      expect(
          ErrorKind.UNAVAILABLE,
          "cannot delete object 'a': the time for it, until " + past + ", is over",
          () -> storage.deleteBefore("a", past));
      expect(
          ErrorKind.OVERLOADED,
          "too much to do",
          () -> storage.deleteBefore("a", Instant.now().plusSeconds(60)));
      expect(
          ErrorKind.UNAVAILABLE,
          "must allow s3:DeleteObject",
          () -> storage.deleteBefore("a", Instant.now().plusSeconds(60)));
      assertThat(client.requests()).hasSize(3);
      Counts counts = storage.statistics().of(Operation.DELETE);
      assertThat(counts.requests()).isEqualTo(3);
      assertThat(counts.throttled()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "400, KeyTooLongError, INVALID_REQUEST, the store cannot have this name",
    "400, XMinioInvalidObjectName, INVALID_REQUEST, the store cannot have this name",
    "413, '', TOO_LARGE, it is larger than the store takes",
    "400, InvalidArgument, UNAVAILABLE, the store refuses this: status 400 InvalidArgument",
    "400, kms:KeyNotFound, UNAVAILABLE, encryption is refused",
    "301, PermanentRedirect, UNAVAILABLE, the bucket is in another region",
    "429, '', OVERLOADED, the store has too much to do (status 429)",
    "501, NotImplemented, UNAVAILABLE, the store does not implement this",
  })
  void whatTheStoreSaysIsTurnedIntoWhatToDo(int status, String code, ErrorKind kind, String said) {
    try (Storage storage =
        open(client(refused(status, code), refused(status, code), refused(status, code)))) {
      expect(kind, said, () -> storage.get("o", ByteRange.ALL));
    }
  }

  @Test
  void anErrorThatMayPassIsNotTheConfigurationsFault() {
    for (var passing :
        List.of(refused(400, "RequestTimeout"), refused(200, "InternalError"), refused(408, ""))) {
      ScriptedClient client = ScriptedClient.saying(passing, passing, passing);
      expect(
          ErrorKind.UNAVAILABLE,
          "the store has failed",
          () -> BucketStorage.open(settings(), client));
    }
    ScriptedClient client = ScriptedClient.saying(refused(400, "InvalidArgument"));
    expect(
        ErrorKind.INVALID_REQUEST,
        "the store refuses this",
        () -> BucketStorage.open(settings(), client));
  }

  @Test
  void whatHappenedOnTheWayIsFoundWhereverTheClientHasWrappedIt() {
    Map<Broken, String> failures =
        Map.of(
            new Broken(false, wrapped(new UnknownHostException("no-such-host"))),
            "the store's host is unknown",
            new Broken(false, wrapped(new SSLHandshakeException("unknown certificate"))),
            "no secure connection",
            new Broken(false, wrapped(new ConnectException("refused"))),
            "no connection; check that the store runs",
            new Broken(true, wrapped(new SocketTimeoutException("timeout"))),
            "no whole answer came");
    failures.forEach((failure, said) -> {
      try (Storage storage = open(client(failure, failure, failure))) {
        expect(ErrorKind.UNAVAILABLE, said, () -> storage.head("o"));
      }
    });
    Broken bug = new Broken(false, new IllegalStateException("a bug"));
    try (Storage storage = open(client(bug, bug, bug, new NoCredentials(new IOException("x"))))) {
      expect(ErrorKind.INTERNAL, "the request could not be made", () -> storage.head("o"));
      expect(ErrorKind.UNAVAILABLE, "there are no credentials", () -> storage.head("o"));
    }
  }

  private static RuntimeException wrapped(Exception cause) {
    return new RuntimeException("the client says", cause);
  }

  @Test
  void afterClosingEveryCallThrows() {
    Storage storage = open(client());
    storage.close();
    storage.close();
    expect(ErrorKind.INTERNAL, "the storage is closed", () -> storage.head("o"));
    expect(ErrorKind.INTERNAL, "the storage is closed", () -> storage.delete(List.of("o")));
  }
}
