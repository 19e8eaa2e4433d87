package io.elacsym.storage.bucket;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.ErrorKind;
import io.elacsym.api.storage.StorageStatistics.Operation;
import io.elacsym.storage.bucket.client.BucketClient;
import io.elacsym.storage.bucket.client.CallFailure;
import io.elacsym.storage.bucket.client.CallFailure.Broken;
import io.elacsym.storage.bucket.settings.BucketSettings;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * When requests are made: as many at once as there may be connections, for as long as they may
 * take, and again where that does no harm.
 */
final class Requests implements AutoCloseable {
  /** Stands for a number of bytes that is not known before the answer comes. */
  static final long UNKNOWN = -1;

  private static final Duration A_LITTLE = Duration.ofMillis(10);

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

  /** A single request, as a client sends it. It is run once for each try. */
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
        if (!Passing.mayPass(failure) || !tries.again(failure)) {
          throw failure;
        }
      }
    }
  }

  /** The tries of a request of which the caller decides whether it may be repeated. */
  Tries tries(Operation operation, long bytes) {
    return new Tries(operation, bytes);
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

  /** The tries of one request, and the time that they have taken together. For one thread. */
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
      Duration pause = Passing.pause(failure, made);
      if (made >= settings.maxAttempts() || left().compareTo(pause) <= 0) {
        return false;
      }
      try {
        return !closed.await(pause.toMillis(), TimeUnit.MILLISECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      }
    }

    /**
     * How long the next try may take. Zero means no limit: then it is enough that bytes keep
     * coming.
     */
    private Duration time() {
      if (bytes == UNKNOWN) {
        return Duration.ZERO;
      }
      Duration one = settings.attemptTimeout(bytes);
      Duration left = left();
      return one.compareTo(left) < 0 ? one : left;
    }

    /**
     * What is left of the time for all tries; at least 10 ms, so that the last try is really sent.
     */
    private Duration left() {
      Duration all = settings.requestTimeout(bytes == UNKNOWN ? 0 : bytes);
      Duration left = all.minusNanos(System.nanoTime() - start);
      return left.compareTo(A_LITTLE) < 0 ? A_LITTLE : left;
    }
  }
}
