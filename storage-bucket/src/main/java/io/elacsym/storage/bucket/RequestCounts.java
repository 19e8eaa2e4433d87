package io.elacsym.storage.bucket;

import io.elacsym.api.storage.StorageStatistics;
import io.elacsym.api.storage.StorageStatistics.Counts;
import io.elacsym.api.storage.StorageStatistics.Operation;
import io.elacsym.storage.bucket.client.CallFailure;
import io.elacsym.storage.bucket.client.CallFailure.Refused;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;

/** Counts requests, and bytes of objects. */
final class RequestCounts {
  /** Statuses that are answers: unchanged, absent, another tag, beyond the end. */
  private static final Set<Integer> ANSWERS = Set.of(304, 404, 412, 416);

  private final Map<Operation, Adders> operations = new EnumMap<>(Operation.class);

  private record Adders(
      LongAdder requests,
      LongAdder retries,
      LongAdder failures,
      LongAdder throttled,
      LongAdder received,
      LongAdder sent,
      LongAdder nanos) {
    Adders() {
      this(
          new LongAdder(),
          new LongAdder(),
          new LongAdder(),
          new LongAdder(),
          new LongAdder(),
          new LongAdder(),
          new LongAdder());
    }
  }

  RequestCounts() {
    for (Operation operation : Operation.values()) {
      operations.put(operation, new Adders());
    }
  }

  /**
   * Counts a request.
   *
   * @param again whether it repeats an earlier try
   * @param nanos from sending it to the end of its answer
   */
  void request(Operation operation, boolean again, long nanos) {
    Adders adders = adders(operation);
    adders.requests.increment();
    if (again) {
      adders.retries.increment();
    }
    adders.nanos.add(nanos);
  }

  /**
   * Counts a request that failed. Statuses that are ordinary answers, such as 404, are not counted
   * as failures.
   */
  void failure(Operation operation, CallFailure failure) {
    int status = failure instanceof Refused refused ? refused.status() : 0;
    if (!ANSWERS.contains(status)) {
      adders(operation).failures.increment();
    }
    if (Passing.isThrottled(failure)) {
      adders(operation).throttled.increment();
    }
  }

  void received(long bytes) {
    adders(Operation.GET).received.add(bytes);
  }

  void sent(long bytes) {
    adders(Operation.PUT).sent.add(bytes);
  }

  private Adders adders(Operation operation) {
    Adders adders = operations.get(operation);
    if (adders == null) {
      throw new IllegalStateException("no counters for " + operation);
    }
    return adders;
  }

  StorageStatistics statistics() {
    Map<Operation, Counts> counts = new EnumMap<>(Operation.class);
    operations.forEach((operation, adders) ->
        counts.put(
            operation,
            new Counts(
                adders.requests.sum(),
                adders.retries.sum(),
                adders.failures.sum(),
                adders.throttled.sum(),
                adders.received.sum(),
                adders.sent.sum(),
                Duration.ofNanos(adders.nanos.sum()))));
    return new StorageStatistics(counts);
  }
}
