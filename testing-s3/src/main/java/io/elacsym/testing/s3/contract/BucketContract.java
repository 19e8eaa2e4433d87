package io.elacsym.testing.s3.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.ErrorKind;
import io.elacsym.api.blob.ByteRange;
import io.elacsym.api.storage.ObjectInfo;
import io.elacsym.api.storage.Payload;
import io.elacsym.api.storage.PutMode;
import io.elacsym.api.storage.Storage;
import io.elacsym.api.storage.StorageProvider;
import io.elacsym.testing.s3.Fault;
import io.elacsym.testing.s3.FaultyProxy;
import io.elacsym.testing.s3.RequestHead;
import io.elacsym.testing.s3.S3Server;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** What a bucket holds, how it is reached, and what is said when it cannot be. */
public abstract class BucketContract {
  private final S3Server server = S3Server.plain();
  private final StorageProvider provider;
  private final String checksum;

  /**
   * @param checksum that the provider's client puts on what it sends, such as {@code crc32}
   */
  protected BucketContract(StorageProvider provider, String checksum) {
    this.provider = provider;
    this.checksum = checksum;
  }

  @Test
  void aPrefixIsAPlaceOfItsOwn() {
    TestBucket bucket = newBucket();
    try (Storage all = bucket.open();
        Storage search = bucket.with("prefix", "search").open();
        Storage searches = bucket.with("prefix", "searches").open()) {
      put(search, "a/b");
      put(searches, "a/c");
      assertThat(names(all, 10)).containsExactly("search/a/b", "searches/a/c");
      assertThat(names(search, 10)).containsExactly("a/b");
      assertThat(search.get("a/b", ByteRange.ALL)).isPresent();
      search.delete(List.of("a/b", "a/c"));
      assertThat(names(all, 10)).containsExactly("searches/a/c");
    }
  }

  @Test
  void whatOthersKeepInTheBucketAndCannotBeOursIsNotSeen() {
    TestBucket bucket = newBucket();
    bucket.putForeign("folder/", "of a console");
    bucket.putForeign("a note.txt", "of an operator");
    try (Storage storage = bucket.open()) {
      put(storage, "a/b");
      put(storage, "z");
      assertThat(names(storage, 2)).containsExactly("a/b", "z");
    }
  }

  @Test
  void aListOfMoreNamesThanAnAnswerHoldsIsWholeAndInOrder() throws Exception {
    int count = 2100;
    try (Storage storage = newBucket().open()) {
      List<String> expected = new ArrayList<>();
      try (ExecutorService threads =
          Executors.newFixedThreadPool(32, Thread.ofVirtual().factory())) {
        List<Future<?>> puts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
          String name = "n/%05d".formatted(i);
          expected.add(name);
          puts.add(threads.submit(() -> put(storage, name)));
        }
        for (Future<?> put : puts) {
          put.get();
        }
      }
      assertThat(names(storage, 5000)).isEqualTo(expected);
      assertThat(names(storage, 1500)).isEqualTo(expected.subList(0, 1500));
      assertThat(storage.list("n/", "n/01499", 600).stream().map(ObjectInfo::name))
          .isEqualTo(expected.subList(1500, 2100));
    }
  }

  @Test
  void uploadsCarryChecksums() {
    try (FaultyProxy proxy = FaultyProxy.before(server.endpoint());
        Storage storage = newBucket().through(proxy).open()) {
      put(storage, "a");
      assertThat(proxy.requests())
          .filteredOn(RequestHead.of("PUT"))
          .singleElement()
          .matches(request -> request.hasChecksum(checksum));
    }
  }

  @Test
  void aBucketThatDoesNotExistIsRefusedAtOpen() {
    expectRefusal(
        newBucket().with("bucket", "elacsym-no-such-bucket"),
        "'elacsym-no-such-bucket'",
        "create it, or correct the option bucket");
  }

  @Test
  void wrongCredentialsAreRefusedAtOpen() {
    TestBucket bucket = newBucket();
    expectRefusal(bucket.with("secret_access_key", "wrong"), "the secret does not belong");
    expectRefusal(bucket.with("access_key_id", "nobody"), "access key is unknown");
  }

  @Test
  void aServerThatIsNoS3StoreIsRefusedAtOpen() {
    try (FaultyProxy proxy = FaultyProxy.before(server.endpoint())) {
      proxy.next(1, request -> true, Fault.answer(404, "NoSuchPage"));
      expectRefusal(newBucket().through(proxy), "is no S3 store");
    }
  }

  @Test
  void aBucketInAnotherRegionIsRefusedAtOpen() {
    try (FaultyProxy proxy = FaultyProxy.before(server.endpoint())) {
      for (Fault fault :
          List.of(
              Fault.answer(301, "PermanentRedirect"),
              Fault.answer(400, "AuthorizationHeaderMalformed"))) {
        proxy.next(1, request -> true, fault);
        expectRefusal(newBucket().through(proxy), "option region is us-east-1");
      }
    }
  }

  @Test
  void anEndpointThatCannotBeReachedIsUnavailableAtOpen() {
    TestBucket bucket = newBucket().with("max_attempts", "2");
    expect(
        ErrorKind.UNAVAILABLE,
        bucket.with("endpoint", "http://127.0.0.1:1"),
        "check that the store runs");
    expect(
        ErrorKind.UNAVAILABLE,
        bucket.with("endpoint", "http://no-such-host.invalid:9000"),
        "the store's host is unknown",
        "no-such-host.invalid",
        "check the options endpoint");
  }

  private TestBucket newBucket() {
    return TestBucket.on(server, provider);
  }

  private static void expectRefusal(TestBucket bucket, String... words) {
    expect(ErrorKind.INVALID_REQUEST, bucket, words);
  }

  private static void expect(ErrorKind kind, TestBucket bucket, String... words) {
    assertThatThrownBy(bucket::open)
        .isInstanceOfSatisfying(
            ElacsymException.class,
            e -> {
              assertThat(e.kind()).isEqualTo(kind);
              assertThat(e.forOperators()).contains(words);
              // Clients read the message: it does not say where the data is.
              assertThat(e.getMessage()).doesNotContain("127.0.0.1", "invalid", "elacsym-");
            });
  }

  private static void put(Storage storage, String name) {
    byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
    storage.put(name, Payload.of(bytes), PutMode.OVERWRITE);
  }

  private static List<String> names(Storage storage, int limit) {
    return storage.list("", "", limit).stream().map(ObjectInfo::name).toList();
  }
}
