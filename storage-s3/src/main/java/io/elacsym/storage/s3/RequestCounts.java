package io.elacsym.storage.s3;

import io.elacsym.api.storage.StorageStatistics;
import io.elacsym.api.storage.StorageStatistics.Counts;
import io.elacsym.api.storage.StorageStatistics.Operation;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import software.amazon.awssdk.core.metrics.CoreMetric;
import software.amazon.awssdk.http.HttpMetric;
import software.amazon.awssdk.metrics.MetricCollection;
import software.amazon.awssdk.metrics.MetricPublisher;
import software.amazon.awssdk.metrics.SdkMetric;

/** Counts requests as the SDK reports them, and the bytes that we know of. */
final class RequestCounts implements MetricPublisher {
  /** Statuses that are answers: unchanged, absent, another version, beyond the end. */
  private static final Set<Integer> ANSWERS = Set.of(304, 404, 412, 416);

  private static final Set<Integer> THROTTLED = Set.of(429, 503);

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

  /** Called by the SDK at the end of each call. */
  @Override
  public void publish(MetricCollection call) {
    Adders adders = adders(operation(first(call, CoreMetric.OPERATION_NAME, "")));
    List<MetricCollection> attempts = call.children();
    adders.requests.add(attempts.size());
    adders.retries.add(Math.max(0, attempts.size() - 1));
    adders.nanos.add(first(call, CoreMetric.API_CALL_DURATION, Duration.ZERO).toNanos());
    for (MetricCollection attempt : attempts) {
      int status = first(attempt, HttpMetric.HTTP_STATUS_CODE, 0);
      boolean broken = !attempt.metricValues(CoreMetric.ERROR_TYPE).isEmpty();
      if (!ANSWERS.contains(status) && (broken || status < 200 || status > 299)) {
        adders.failures.increment();
      }
      if (THROTTLED.contains(status)) {
        adders.throttled.increment();
      }
    }
  }

  private static <T> T first(MetricCollection metrics, SdkMetric<T> metric, T otherwise) {
    List<T> values = metrics.metricValues(metric);
    return values.isEmpty() ? otherwise : values.getFirst();
  }

  private static Operation operation(String call) {
    return switch (call) {
      case "GetObject" -> Operation.GET;
      case "HeadObject" -> Operation.HEAD;
      case "ListObjectsV2" -> Operation.LIST;
      case "DeleteObject", "DeleteObjects" -> Operation.DELETE;
      default -> Operation.PUT; // PutObject and the four calls of a multipart upload
    };
  }

  /** A request that did not go through the SDK's client. */
  void request(Operation operation, long nanos) {
    adders(operation).requests.increment();
    adders(operation).nanos.add(nanos);
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

  @Override
  public void close() {
    // The numbers stay.
  }
}
