package io.elacsym.testing.s3.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.ErrorKind;
import io.elacsym.api.blob.ByteRange;
import io.elacsym.api.storage.Payload;
import io.elacsym.api.storage.PutMode;
import io.elacsym.api.storage.PutResult;
import io.elacsym.api.storage.Storage;
import io.elacsym.api.storage.StorageProvider;
import io.elacsym.testing.s3.Fault;
import io.elacsym.testing.s3.FaultyProxy;
import io.elacsym.testing.s3.RequestHead;
import io.elacsym.testing.s3.S3Server;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a storage holds, and how calls end that cannot go on. */
public abstract class LifeContract {
  private static final Payload PAYLOAD = Payload.of(new byte[] {1, 2, 3});

  private final StorageProvider provider;
  private final String threads;
  private FaultyProxy proxy;
  private Storage storage;

  /**
   * @param threads a pattern that finds the client's threads by their names; a client that has been
   *     used must have at least one
   */
  protected LifeContract(StorageProvider provider, String threads) {
    this.provider = provider;
    this.threads = threads;
  }

  @BeforeEach
  void open() {
    S3Server server = S3Server.plain();
    proxy = FaultyProxy.before(server.endpoint());
    storage = TestBucket.on(server, provider).through(proxy).open();
    proxy.forget();
  }

  @AfterEach
  void close() {
    storage.close();
    proxy.close();
  }

  @Test
  void noThreadOfTheClientKeepsTheProgramAlive() {
    storage.put("o", PAYLOAD, PutMode.OVERWRITE);
    storage.get("o", ByteRange.ALL);
    assertThat(Thread.getAllStackTraces().keySet())
        .filteredOn(thread -> thread.getName().matches(threads))
        .isNotEmpty()
        .allMatch(Thread::isDaemon);
  }

  @Test
  void closingEndsCallsThatAreUnderWay() throws Exception {
    proxy.next(1, RequestHead.of("PUT"), Fault.STALL);
    proxy.next(1, RequestHead.of("GET"), Fault.STALL);
    FutureTask<PutResult> put = started(() -> storage.put("o", PAYLOAD, PutMode.IF_ABSENT));
    FutureTask<Object> get = started(() -> storage.get("o", ByteRange.ALL));
    await(() -> proxy.outstanding() == 0);
    storage.close();
    assertThat(put.get(10, TimeUnit.SECONDS)).isEqualTo(PutResult.UNKNOWN);
    assertThatThrownBy(() -> get.get(10, TimeUnit.SECONDS))
        .hasCauseInstanceOf(ElacsymException.class);
  }

  @Test
  void whoIsInterruptedWaitsForNoAnswer() throws Exception {
    proxy.next(1, RequestHead.of("PUT"), Fault.STALL);
    FutureTask<PutResult> put =
        new FutureTask<>(() -> storage.put("o", PAYLOAD, PutMode.IF_ABSENT));
    Thread writer = Thread.ofVirtual().start(put);
    await(() -> proxy.outstanding() == 0);
    writer.interrupt();
    assertThat(put.get(10, TimeUnit.SECONDS)).isEqualTo(PutResult.UNKNOWN);
  }

  @Test
  void whoIsInterruptedWhileWaitingForAConnectionHasSentNothing() throws Exception {
    try (Storage narrow =
        TestBucket.on(S3Server.plain(), provider)
            .through(proxy)
            .with("max_connections", "1")
            .open()) {
      proxy.next(1, RequestHead.of("GET"), Fault.STALL);
      FutureTask<Object> holder = started(() -> narrow.get("o", ByteRange.ALL));
      await(() -> proxy.outstanding() == 0);
      proxy.forget();
      FutureTask<PutResult> put =
          new FutureTask<>(() -> narrow.put("o", PAYLOAD, PutMode.IF_ABSENT));
      Thread writer = Thread.ofVirtual().start(put);
      writer.interrupt();
      assertThatThrownBy(() -> put.get(10, TimeUnit.SECONDS))
          .cause()
          .isInstanceOfSatisfying(
              ElacsymException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.UNAVAILABLE))
          .hasMessageContaining("interrupted");
      assertThat(proxy.requests()).isEmpty();
      narrow.close();
      assertThatThrownBy(() -> holder.get(10, TimeUnit.SECONDS))
          .hasCauseInstanceOf(ElacsymException.class);
    }
  }

  private static <T> FutureTask<T> started(Callable<T> call) {
    FutureTask<T> task = new FutureTask<>(call);
    Thread.ofVirtual().start(task);
    return task;
  }

  private static void await(BooleanSupplier condition) throws InterruptedException {
    long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("the deadline").isLessThan(deadline);
      TimeUnit.MILLISECONDS.sleep(10);
    }
  }
}
