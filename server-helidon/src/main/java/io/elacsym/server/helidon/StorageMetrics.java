package io.elacsym.server.helidon;

import io.elacsym.api.storage.StorageStatistics;
import io.elacsym.api.storage.StorageStatistics.Counts;
import io.elacsym.api.storage.StorageStatistics.Operation;
import io.elacsym.engine.Engine;
import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** What the storage is asked, by operation: what a bucket's bill is made of. */
final class StorageMetrics {
  private final Engine engine;
  private final PrometheusRegistry registry;

  private StorageMetrics(Engine engine, PrometheusRegistry registry) {
    this.engine = engine;
    this.registry = registry;
  }

  static void register(Engine engine, PrometheusRegistry registry) {
    StorageMetrics metrics = new StorageMetrics(engine, registry);
    metrics.counter(
        "elacsym_storage_requests_total",
        "Requests to the storage, those sent again included",
        Counts::requests);
    metrics.counter(
        "elacsym_storage_retries_total",
        "Requests to the storage that were sent again",
        Counts::retries);
    metrics.counter(
        "elacsym_storage_failures_total", "Requests to the storage that failed", Counts::failures);
    metrics.counter(
        "elacsym_storage_throttled_total",
        "Requests that the storage refused because it had too much to do",
        Counts::throttled);
    metrics.counter(
        "elacsym_storage_received_bytes_total",
        "Bytes of objects read from the storage",
        Counts::bytesReceived);
    metrics.counter(
        "elacsym_storage_sent_bytes_total",
        "Bytes of objects written to the storage",
        Counts::bytesSent);
    metrics.counter(
        "elacsym_storage_request_seconds_total",
        "Time spent waiting for the storage, added up over all requests",
        counts -> counts.time().toNanos() / 1e9);
  }

  private void counter(String name, String help, ToDoubleFunction<Counts> value) {
    CounterWithCallback.builder()
        .name(name)
        .help(help)
        .labelNames("operation")
        .callback(counter -> {
          StorageStatistics statistics = engine.storageStatistics();
          for (Operation operation : statistics.operations().keySet()) {
            counter.call(
                value.applyAsDouble(statistics.of(operation)),
                operation.name().toLowerCase(Locale.ROOT));
          }
        })
        .register(registry);
  }
}
