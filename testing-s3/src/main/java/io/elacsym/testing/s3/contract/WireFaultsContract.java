package io.elacsym.testing.s3.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.ErrorKind;
import io.elacsym.api.blob.ByteRange;
import io.elacsym.api.storage.Changed;
import io.elacsym.api.storage.Payload;
import io.elacsym.api.storage.PutMode;
import io.elacsym.api.storage.PutResult;
import io.elacsym.api.storage.Storage;
import io.elacsym.api.storage.StorageProvider;
import io.elacsym.api.storage.StorageStatistics.Counts;
import io.elacsym.api.storage.StorageStatistics.Operation;
import io.elacsym.api.storage.StoredObject;
import io.elacsym.testing.s3.Fault;
import io.elacsym.testing.s3.FaultyProxy;
import io.elacsym.testing.s3.RequestHead;
import io.elacsym.testing.s3.S3Server;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of requests when the network or the store fails, over real connections. */
public abstract class WireFaultsContract {
  private static final Predicate<RequestHead> PUTS = RequestHead.of("PUT");
  private static final Predicate<RequestHead> GETS = RequestHead.of("GET");
  private static final Predicate<RequestHead> POSTS = RequestHead.of("POST");
  private static final int EVERY = 100;

  private final StorageProvider provider;
  private FaultyProxy proxy;
  private Storage storage;

  protected WireFaultsContract(StorageProvider provider) {
    this.provider = provider;
  }

  @BeforeEach
  void open() {
    S3Server server = S3Server.plain();
    proxy = FaultyProxy.before(server.endpoint());
    storage =
        TestBucket.on(server, provider)
            .through(proxy)
            .with("attempt_timeout", "2s")
            .with("request_timeout", "20s")
            .with("max_attempts", "4")
            .open();
    proxy.forget();
  }

  @AfterEach
  void close() {
    storage.close();
    proxy.close();
  }

  @Test
  void aConditionalPutCutOffBeforeTheStoreIsInDoubtAndNotRepeated() {
    proxy.next(1, PUTS, Fault.CUT_BEFORE);
    assertThat(put("o", "mine", PutMode.IF_ABSENT)).isEqualTo(PutResult.UNKNOWN);
    assertThat(proxy.requestCount()).isEqualTo(1);
    assertThat(storage.get("o", ByteRange.ALL)).isEmpty();
  }

  @Test
  void aConditionalPutWhoseAnswerIsLostIsInDoubtAndNotRepeated() {
    proxy.next(1, PUTS, Fault.CUT_ANSWER);
    assertThat(put("o", "mine", PutMode.IF_ABSENT)).isEqualTo(PutResult.UNKNOWN);
    assertThat(proxy.requestCount()).isEqualTo(1);
    StoredObject read = storage.get("o", ByteRange.ALL).orElseThrow();
    assertThat(text(read)).isEqualTo("mine");

    proxy.forget();
    proxy.next(1, PUTS, Fault.CUT_ANSWER);
    PutMode ifMatches = PutMode.ifMatches(read.info().tag());
    assertThat(put("o", "mine too", ifMatches)).isEqualTo(PutResult.UNKNOWN);
    assertThat(proxy.requestCount()).isEqualTo(1);
    assertThat(text(storage.get("o", ByteRange.ALL).orElseThrow())).isEqualTo("mine too");
  }

  @Test
  void aConditionalPutThatIsNeverAnsweredIsInDoubtWhenItsTimeIsOver() {
    proxy.next(1, PUTS, Fault.STALL);
    assertThat(put("o", "mine", PutMode.IF_ABSENT)).isEqualTo(PutResult.UNKNOWN);
    assertThat(proxy.requestCount()).isEqualTo(1);
  }

  @Test
  void aConditionalPutThatTheStoreFailsIsInDoubtAndNotRepeated() {
    for (Fault fault :
        List.of(
            Fault.answer(500, "InternalError"),
            Fault.answer(503, "SlowDown"),
            Fault.answer(429, "TooManyRequests"))) {
      proxy.next(1, PUTS, fault);
      assertThat(put("o", "mine", PutMode.IF_ABSENT)).as("%s", fault).isEqualTo(PutResult.UNKNOWN);
    }
    assertThat(proxy.requestCount()).isEqualTo(3);
    assertThat(storage.head("o")).isEmpty();
  }

  @Test
  void aConditionalPutIsTriedAgainWhileTheStoreIsBusyWithAnother() {
    proxy.next(2, PUTS, Fault.answer(409, "ConditionalRequestConflict"));
    assertThat(put("o", "mine", PutMode.IF_ABSENT).outcome()).isEqualTo(PutResult.Outcome.WON);
    assertThat(proxy.requestCount()).isEqualTo(3);

    proxy.next(1, PUTS, Fault.answer(409, "OperationAborted"));
    assertThat(put("o", "again", PutMode.IF_ABSENT)).isEqualTo(PutResult.LOST);

    proxy.next(EVERY, PUTS, Fault.answer(409, "ConditionalRequestConflict"));
    assertThatThrownBy(() -> put("p", "mine", PutMode.IF_ABSENT))
        .isInstanceOfSatisfying(
            ElacsymException.class, e -> assertThat(e.kind().retryable()).isTrue());
    proxy.behave();
    assertThat(storage.head("p")).isEmpty();
  }

  @Test
  void aPutThatMetNoServerThrowsBecauseNothingCanBeStored() {
    proxy.close();
    assertThatThrownBy(() -> storage.head("o")).isInstanceOf(ElacsymException.class);
    // The call before has made the storage notice that its open connections are dead. So these puts
    // need a new connection, and get none.
    for (PutMode mode : List.of(PutMode.IF_ABSENT, PutMode.ifMatches("x"), PutMode.OVERWRITE)) {
      expectUnavailable(
          () -> put("o", "mine", mode), "check that the store runs", proxy.endpoint().toString());
    }
  }

  @Test
  void anOverwriteIsRepeatedAndInDoubtOnlyWhenNoTryIsAnswered() {
    proxy.next(1, PUTS, Fault.CUT_BEFORE);
    proxy.next(1, PUTS, Fault.CUT_ANSWER);
    proxy.next(1, PUTS, Fault.answer(503, "SlowDown"));
    assertThat(put("o", "mine", PutMode.OVERWRITE).outcome()).isEqualTo(PutResult.Outcome.WON);
    assertThat(proxy.requestCount()).isEqualTo(4);
    assertThat(text(storage.get("o", ByteRange.ALL).orElseThrow())).isEqualTo("mine");

    proxy.next(EVERY, PUTS, Fault.CUT_ANSWER);
    assertThat(put("o", "mine", PutMode.OVERWRITE)).isEqualTo(PutResult.UNKNOWN);
  }

  @Test
  void anOverwriteThatIsRefusedAfterATryInDoubtIsInDoubt() {
    proxy.next(1, PUTS, Fault.CUT_ANSWER);
    proxy.next(1, PUTS, Fault.answer(403, "SignatureDoesNotMatch"));
    assertThat(put("o", "mine", PutMode.OVERWRITE)).isEqualTo(PutResult.UNKNOWN);
    assertThat(text(storage.get("o", ByteRange.ALL).orElseThrow())).isEqualTo("mine");

    // The store gave up waiting for this try's body. The put is in doubt, although the status is
    // 400.
    proxy.next(1, PUTS, Fault.answer(400, "RequestTimeout"));
    proxy.next(1, PUTS, Fault.answer(403, "SignatureDoesNotMatch"));
    assertThat(put("o", "mine", PutMode.OVERWRITE)).isEqualTo(PutResult.UNKNOWN);

    proxy.next(1, PUTS, Fault.answer(403, "SignatureDoesNotMatch"));
    assertThatThrownBy(() -> put("o", "mine", PutMode.OVERWRITE))
        .hasMessageContaining("the secret does not belong to the access key");
  }

  @Test
  void aPutThatIsDeniedIsTriedAgainBecauseMinioDeniesInPassing() {
    proxy.next(1, PUTS, Fault.answer(403, "AccessDenied"));
    PutResult first = put("o", "a", PutMode.IF_ABSENT);
    assertThat(first.outcome()).isEqualTo(PutResult.Outcome.WON);
    proxy.next(2, PUTS, Fault.answer(403, "AccessDenied"));
    PutMode ifMatches = PutMode.ifMatches(first.tag().orElseThrow());
    assertThat(put("o", "b", ifMatches).outcome()).isEqualTo(PutResult.Outcome.WON);
    proxy.next(1, PUTS, Fault.answer(403, "AccessDenied"));
    assertThat(put("o", "c", PutMode.OVERWRITE).outcome()).isEqualTo(PutResult.Outcome.WON);
    assertThat(proxy.requestCount()).isEqualTo(2 + 3 + 2);

    for (PutMode mode : List.of(PutMode.IF_ABSENT, PutMode.ifMatches("x"), PutMode.OVERWRITE)) {
      proxy.forget();
      proxy.next(4, PUTS, Fault.answer(403, "AccessDenied"));
      expectUnavailable(() -> put("o", "mine", mode), "must allow s3:PutObject");
      assertThat(proxy.requestCount()).isEqualTo(4);
    }
    assertThat(text(storage.get("o", ByteRange.ALL).orElseThrow())).isEqualTo("c");
  }

  @Test
  void anythingElseThatIsDeniedIsNotTriedAgain() {
    proxy.next(1, GETS, Fault.answer(403, "AccessDenied"));
    assertThatThrownBy(() -> storage.get("o", ByteRange.ALL))
        .hasMessageContaining("must allow s3:GetObject");
    assertThat(proxy.requestCount()).isEqualTo(1);
  }

  @Test
  void aPutThatFindsNoSpaceThrowsBecauseNothingIsStored() {
    for (PutMode mode : List.of(PutMode.IF_ABSENT, PutMode.ifMatches("x"), PutMode.OVERWRITE)) {
      proxy.next(1, PUTS, Fault.answer(507, "XMinioStorageFull"));
      expectUnavailable(() -> put("o", "mine", mode), "the store has no space left");
    }
    assertThat(proxy.requestCount()).isEqualTo(3);
  }

  @Test
  void anAnswerThatEndsEarlyIsReadAgainAndNeverComesBackShort() {
    byte[] written = random(300_000);
    storage.put("o", Payload.of(written), PutMode.OVERWRITE);
    proxy.next(2, GETS, Fault.CUT_BODY);
    assertThat(storage.get("o", ByteRange.ALL).orElseThrow().bytes()).isEqualTo(written);

    proxy.next(EVERY, GETS, Fault.CUT_BODY);
    for (ByteRange range : List.of(ByteRange.ALL, new ByteRange(10, 200_000))) {
      expectUnavailable(() -> storage.get("o", range), "'o'");
    }
  }

  @Test
  void aReadThatIsNeverAnsweredIsTriedAgain() {
    put("o", "there", PutMode.OVERWRITE);
    for (Fault fault : List.of(Fault.STALL, Fault.STALL_BODY)) {
      proxy.next(1, GETS, fault);
      assertThat(text(storage.get("o", ByteRange.ALL).orElseThrow())).isEqualTo("there");
    }
    assertThat(proxy.outstanding()).isZero();
    assertThat(Thread.interrupted()).isFalse();

    proxy.next(EVERY, GETS, Fault.STALL_BODY);
    expectUnavailable(() -> storage.get("o", ByteRange.ALL), "'o'");
  }

  @Test
  void aThrottledReadIsOverloadedWhenTriesRunOut() {
    proxy.next(EVERY, GETS, Fault.answer(503, "SlowDown"));
    assertThatThrownBy(() -> storage.get("o", ByteRange.ALL))
        .isInstanceOfSatisfying(
            ElacsymException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.OVERLOADED))
        .hasMessageContaining("SlowDown");
    Counts counts = storage.statistics().of(Operation.GET);
    assertThat(counts.requests()).isEqualTo(4);
    assertThat(counts.retries()).isEqualTo(3);
    assertThat(counts.failures()).isEqualTo(4);
    assertThat(counts.throttled()).isEqualTo(4);
  }

  @Test
  void whatIsAbsentOrUnchangedIsNoFailure() {
    String tag = put("o", "x", PutMode.OVERWRITE).tag().orElseThrow();
    storage.getIfChanged("o", tag);
    storage.get("absent", ByteRange.ALL);
    storage.head("absent");
    put("o", "y", PutMode.IF_ABSENT);
    storage.get("o", new ByteRange(100, 1));
    for (Operation operation : Operation.values()) {
      assertThat(storage.statistics().of(operation).failures()).as("%s", operation).isZero();
    }
  }

  /** The one table of what is repeated, for both clients: docs/buckets.md tells it. */
  @Test
  void everyCallThatChangesNothingOrMayBeDoneTwiceIsRepeatedWhateverBreaks() {
    storage.close();
    storage =
        TestBucket.on(S3Server.plain(), provider)
            .through(proxy)
            .with("attempt_timeout", "500ms")
            .open();
    put("a", "there", PutMode.OVERWRITE);
    Map<String, Runnable> calls =
        Map.of(
            "get",
            () ->
                assertThat(text(storage.get("a", ByteRange.ALL).orElseThrow())).isEqualTo("there"),
            "get a range",
            () ->
                assertThat(storage.get("a", new ByteRange(1, 2)).orElseThrow().bytes()).hasSize(2),
            "get if changed",
            () -> assertThat(storage.getIfChanged("a", "x")).isInstanceOf(Changed.To.class),
            "head",
            () -> assertThat(storage.head("a")).isPresent(),
            "list",
            () -> assertThat(storage.list("", "", 10)).hasSize(1),
            "delete",
            () -> storage.delete(List.of("b", "c")));
    List<Fault> faults =
        List.of(
            Fault.CUT_BEFORE,
            Fault.CUT_ANSWER,
            Fault.CUT_BODY,
            Fault.STALL,
            Fault.STALL_BODY,
            Fault.answer(408, "RequestTimeout"),
            Fault.answer(429, "TooManyRequests"),
            Fault.answer(500, "InternalError"),
            Fault.answer(502, "BadGateway"),
            Fault.answer(503, "SlowDown"),
            Fault.answer(504, "GatewayTimeout"),
            Fault.answer(400, "RequestTimeout"));
    // An answer to HEAD has no body, so there is nothing to cut, and no code beside the status.
    List<Fault> inBody =
        List.of(Fault.CUT_BODY, Fault.STALL_BODY, Fault.answer(400, "RequestTimeout"));
    calls.forEach((name, call) -> {
      for (Fault fault : faults) {
        if (name.equals("head") && inBody.contains(fault)) {
          continue;
        }
        proxy.forget();
        proxy.next(1, any -> true, fault);
        assertThatCode(call::run).as("%s, %s", name, fault).doesNotThrowAnyException();
        assertThat(proxy.requests()).as("%s, %s", name, fault).hasSize(2);
      }
    });
  }

  @Test
  void deletesAreRepeated() {
    put("a", "x", PutMode.OVERWRITE);
    put("b", "x", PutMode.OVERWRITE);
    proxy.next(1, POSTS, Fault.CUT_ANSWER);
    storage.delete(List.of("a", "b"));
    assertThat(storage.list("", "", 10)).isEmpty();
  }

  @Test
  void aStoreThatCannotDeleteManyAtOnceDeletesOneByOne() {
    List<String> names = List.of("a", "b", "c");
    names.forEach(name -> put(name, "x", PutMode.OVERWRITE));
    proxy.forget();
    proxy.next(EVERY, POSTS, Fault.answer(501, "NotImplemented"));
    storage.delete(names);
    assertThat(storage.list("", "", 10)).isEmpty();
    storage.delete(names);
    assertThat(proxy.requests().stream().filter(POSTS)).hasSize(1);
  }

  @Test
  void eachReadIsOneRequest() {
    byte[] written = random(100_000);
    String tag = storage.put("o", Payload.of(written), PutMode.OVERWRITE).tag().orElseThrow();
    expectRequests(1, () -> storage.get("o", ByteRange.ALL));
    expectRequests(1, () -> storage.get("o", new ByteRange(5, 10)));
    expectRequests(1, () -> storage.get("o", new ByteRange(99_990, 1000)));
    expectRequests(1, () -> storage.get("o", new ByteRange(99_990, Long.MAX_VALUE)));
    expectRequests(1, () -> storage.get("o", new ByteRange(7, 0)));
    expectRequests(1, () -> storage.getIfChanged("o", tag));
    expectRequests(1, () -> storage.getIfChanged("o", "another"));
    expectRequests(1, () -> storage.get("absent", ByteRange.ALL));
    expectRequests(1, () -> storage.head("o"));
    expectRequests(2, () -> storage.get("o", new ByteRange(100_000, 1)));
  }

  private void expectRequests(int expected, Runnable call) {
    proxy.forget();
    call.run();
    assertThat(proxy.requests()).hasSize(expected);
  }

  @Test
  void whoFindsNoFreeConnectionWaits() throws Exception {
    try (Storage narrow =
        TestBucket.on(S3Server.plain(), provider)
            .through(proxy)
            .with("max_connections", "2")
            .open()) {
      int before = proxy.connectionCount();
      proxy.delay(Duration.ofMillis(20));
      try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
        List<Future<?>> heads = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
          heads.add(threads.submit(() -> narrow.head("absent")));
        }
        for (Future<?> head : heads) {
          head.get();
        }
      }
      assertThat(proxy.connectionCount() - before).isLessThanOrEqualTo(2);
    }
  }

  /** AWS' own words for a denied request name the user and the bucket. */
  @Test
  void whatTheStoreSaysIsForOperatorsAndNotForClients() {
    TestBucket bucket =
        TestBucket.on(S3Server.plain(), provider)
            .through(proxy)
            .with("prefix", "inner-place")
            .with("max_attempts", "1");
    String told =
        "User: arn:aws:iam::123456789012:user/searcher is not authorized to perform: s3:Any on"
            + " resource: arn:aws:s3:::%s/inner-place/o at %s with key %s"
                .formatted(
                    bucket.options().get("bucket"),
                    proxy.endpoint(),
                    bucket.options().get("access_key_id"));
    List<String> secrets =
        List.of(
            "arn:aws",
            "searcher",
            "not authorized",
            "inner-place",
            "eu-faulty-7",
            "REQUEST7",
            proxy.endpoint().getAuthority(),
            bucket.options().get("region"),
            bucket.options().get("bucket"),
            bucket.options().get("access_key_id"));
    List<Fault> faults =
        Stream.of(
                "301 PermanentRedirect",
                "307 TemporaryRedirect",
                "400 AuthorizationHeaderMalformed",
                "400 ExpiredToken",
                "400 EntityTooLarge",
                "400 KeyTooLongError",
                "400 KMS.DisabledException",
                "400 InvalidArgument",
                "400 " + told, // no code at all
                "401 Unauthorized",
                "403 AccessDenied",
                "403 InvalidAccessKeyId",
                "403 SignatureDoesNotMatch",
                "403 RequestTimeTooSkewed",
                "404 NoSuchBucket",
                "404 NoSuchPage",
                "405 MethodNotAllowed",
                "409 OperationAborted",
                "413 TooLarge",
                "429 TooManyRequests",
                "500 InternalError",
                "501 NotImplemented",
                "503 SlowDown",
                "507 XMinioStorageFull")
            .map(answer -> answer.split(" ", 2))
            .map(answer ->
                Fault.answer(
                    Integer.parseInt(answer[0]),
                    answer[1],
                    told,
                    "x-amz-request-id: REQUEST7",
                    "x-amz-bucket-region: eu-faulty-7"))
            .toList();
    try (Storage open = bucket.open()) {
      Payload payload = Payload.of(new byte[] {1});
      Map<String, Runnable> calls =
          Map.of(
              "get", () -> open.get("o", ByteRange.ALL),
              "get if changed", () -> open.getIfChanged("o", "x"),
              "head", () -> open.head("o"),
              "put", () -> open.put("o", payload, PutMode.OVERWRITE),
              "put if absent", () -> open.put("o", payload, PutMode.IF_ABSENT),
              "list", () -> open.list("a", "", 10),
              "list folders", () -> open.listFolders("a", "", 10),
              "delete", () -> open.delete(List.of("o")),
              "delete many", () -> open.delete(List.of("o", "p")),
              "delete before", () -> open.deleteBefore("o", Instant.now().plusSeconds(60)));
      calls.forEach((name, call) ->
          faults.forEach(fault -> {
            proxy.behave();
            proxy.next(EVERY, any -> true, fault);
            Throwable thrown = catchThrowable(call::run);
            if (thrown == null) {
              return; // a status that says something else here: absent, say, or in doubt
            }
            assertThat(thrown)
                .as("%s, %s", name, fault)
                .isInstanceOfSatisfying(
                    ElacsymException.class,
                    e -> {
                      assertThat(e.getMessage()).doesNotContain(secrets);
                      assertThat(e.forOperators()).contains(bucket.options().get("bucket"));
                    });
          }));
      Fault denied = Fault.answer(403, "AccessDenied", told, "x-amz-request-id: REQUEST7");
      calls.forEach((name, call) -> {
        if (!List.of("get", "put", "list", "delete many").contains(name)) {
          return;
        }
        proxy.behave();
        proxy.next(EVERY, any -> true, denied);
        assertThatThrownBy(call::run)
            .as(name)
            .hasMessageContaining("status 403 AccessDenied")
            .isInstanceOfSatisfying(
                ElacsymException.class,
                e -> assertThat(e.forOperators()).contains(told, "REQUEST7"));
      });
    }
  }

  private static void expectUnavailable(ThrowingCallable call, String... said) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            ElacsymException.class,
            e -> {
              assertThat(e.kind()).isEqualTo(ErrorKind.UNAVAILABLE);
              assertThat(e.forOperators()).contains(said);
              // Clients read the message: it does not say where the data is.
              assertThat(e.getMessage())
                  .doesNotContain("127.0.0.1", "elacsym-test", "made by a faulty proxy");
            });
  }

  private PutResult put(String name, String content, PutMode mode) {
    return storage.put(name, Payload.of(content.getBytes(StandardCharsets.UTF_8)), mode);
  }

  private static String text(StoredObject object) {
    return new String(object.bytes(), StandardCharsets.UTF_8);
  }

  private static byte[] random(int size) {
    byte[] bytes = new byte[size];
    new Random(size).nextBytes(bytes);
    return bytes;
  }
}
