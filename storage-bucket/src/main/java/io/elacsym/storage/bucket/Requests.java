package io.elacsym.storage.bucket;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.ErrorKind;
import io.elacsym.api.storage.StorageStatistics.Operation;
import io.elacsym.storage.bucket.client.BucketClient;
import io.elacsym.storage.bucket.client.CallFailure;
import io.elacsym.storage.bucket.client.CallFailure.Broken;
import io.elacsym.storage.bucket.client.CallFailure.NoCredentials;
import io.elacsym.storage.bucket.client.CallFailure.Refused;
import io.elacsym.storage.bucket.client.CallFailure.TooLarge;
import io.elacsym.storage.bucket.client.CallFailure.TooLate;
import io.elacsym.storage.bucket.settings.BucketSettings;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * When requests are made: as many at once as there may be connections, for as long as they may
 * take, and again where that does no harm.
 */
final class Requests implements AutoCloseable {
  /** The number of bytes of an answer that only the answer tells. */
  static final long UNKNOWN = -1;

  private static final long FIRST_PAUSE_MILLIS = 50;

  /** A store that has too much to do gets more time, or the tries would add to it. */
  private static final long FIRST_THROTTLED_PAUSE_MILLIS = 250;

  private static final long LONGEST_PAUSE_MILLIS = 5_000;
  private static final Duration A_LITTLE = Duration.ofMillis(10);

  private static final Set<Integer> PASSING_STATUSES = Set.of(408, 429, 500, 502, 503, 504);

  private static final Set<Integer> THROTTLED = Set.of(429, 503);

  /** Of errors that come with other statuses: with 400, or in the body of a success. */
  private static final Set<String> PASSING_CODES =
      Set.of(
          "ConditionalRequestConflict",
          "IncompleteBody",
          "InternalError",
          "OperationAborted",
          "RequestTimeout",
          "ServiceUnavailable",
          "SlowDown",
          "SlowDownRead",
          "SlowDownWrite");

  private final BucketSettings settings;
  private final BucketClient client;
  private final RequestCounts counts = new RequestCounts();
  private final Semaphore connections;
  private final CountDownLatch closed = new CountDownLatch(1);

  Requests(BucketSettings settings, BucketClient client) {
    this.settings = settings;
    this.client = client;
    this.connections = new Semaphore(settings.maxConnections(), true);
  }

  RequestCounts counts() {
    return counts;
  }

  long largestBody() {
    return client.largestBody();
  }

  /** One request. */
  @FunctionalInterface
  interface Request<T> {
    T sentBy(BucketClient client) throws CallFailure;
  }

  /**
   * Makes a request that may be repeated, until it is answered or there have been enough tries.
   *
   * @param bytes how many it carries, to or fro, for which it gets time; or {@link #UNKNOWN}
   */
  <T> T repeated(Operation operation, long bytes, Request<T> request) throws CallFailure {
    Tries tries = tries(operation, bytes);
    while (true) {
      try {
        return tries.send(request);
      } catch (CallFailure failure) {
        if (!mayPass(failure) || !tries.again(failure)) {
          throw failure;
        }
      }
    }
  }

  /** The tries of a request of which the caller decides whether it may be repeated. */
  Tries tries(Operation operation, long bytes) {
    return new Tries(operation, bytes);
  }

  /** Whether the same request may succeed a little later. */
  static boolean mayPass(CallFailure failure) {
    return switch (failure) {
      case Broken broken -> true;
      case NoCredentials none -> false;
      case TooLate late -> false;
      case TooLarge large -> false;
      case Refused refused ->
          PASSING_STATUSES.contains(refused.status()) || PASSING_CODES.contains(refused.code());
    };
  }

  static boolean isThrottled(Refused refused) {
    return THROTTLED.contains(refused.status());
  }

  void checkOpen() {
    if (isClosed()) {
      throw new ElacsymException(ErrorKind.INTERNAL, "the storage is closed");
    }
  }

  /** From now on every call throws; those under way are cut off. */
  @Override
  public void close() {
    closed.countDown();
    client.close();
  }

  private boolean isClosed() {
    return closed.getCount() == 0;
  }

  /** Those of one request; for one thread. */
  final class Tries {
    private final Operation operation;
    private final long bytes;
    private int made;
    private long start;

    private Tries(Operation operation, long bytes) {
      this.operation = operation;
      this.bytes = bytes;
    }

    /** Makes the request once, when there is a connection for it. */
    <T> T send(Request<T> request) throws CallFailure {
      checkOpen();
      try {
        connections.acquire();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new Broken(false, e);
      }
      try {
        checkOpen();
        return sendNow(request);
      } finally {
        connections.release();
      }
    }

    private <T> T sendNow(Request<T> request) throws CallFailure {
      long now = System.nanoTime();
      start = made == 0 ? now : start;
      made++;
      try {
        return request.sentBy(client.within(time()));
      } catch (CallFailure failure) {
        counts.failure(operation, failure);
        throw failure;
      } finally {
        counts.request(operation, made > 1, System.nanoTime() - now);
      }
    }

    /** Waits before another try; false when there should be none. */
    boolean again(CallFailure failure) {
      boolean throttled = failure instanceof Refused refused && isThrottled(refused);
      long first = throttled ? FIRST_THROTTLED_PAUSE_MILLIS : FIRST_PAUSE_MILLIS;
      long longest = Math.min(first << made, LONGEST_PAUSE_MILLIS);
      long pause = ThreadLocalRandom.current().nextLong(longest / 2, longest);
      if (made >= settings.maxAttempts() || left().toMillis() <= pause) {
        return false;
      }
      try {
        return !closed.await(pause, TimeUnit.MILLISECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      }
    }

    /** Of the next try; zero for no limit but that bytes must keep coming. */
    private Duration time() {
      if (bytes == UNKNOWN) {
        return Duration.ZERO;
      }
      Duration one = settings.attemptTimeout(bytes);
      Duration left = left();
      return one.compareTo(left) < 0 ? one : left;
    }

    /** Of the time for all tries, at least a little. */
    private Duration left() {
      Duration all = settings.requestTimeout(bytes == UNKNOWN ? 0 : bytes);
      Duration left = all.minusNanos(System.nanoTime() - start);
      return left.compareTo(A_LITTLE) < 0 ? A_LITTLE : left;
    }
  }
}
