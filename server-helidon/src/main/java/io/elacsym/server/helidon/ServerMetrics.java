package io.elacsym.server.helidon;

import io.elacsym.cluster.member.MemberView;
import io.elacsym.cluster.member.PeerState;
import io.elacsym.cluster.route.RouteCounters;
import io.elacsym.engine.Engine;
import io.elacsym.engine.model.CacheStats;
import io.elacsym.engine.model.EngineCounters;
import io.elacsym.engine.model.PluginFaults;
import io.elacsym.engine.settings.Leaves;
import io.elacsym.server.helidon.wire.Fault;
import io.elacsym.server.helidon.wire.Faults;
import io.elacsym.server.helidon.wire.Listener;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.core.metrics.Info;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.instrumentation.jvm.JvmMetrics;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * What {@code /metrics} tells, in a registry of this server's own. The names are an interface: once
 * released they stay.
 */
final class ServerMetrics {
  static final String CONTENT_TYPE = PrometheusTextFormatWriter.CONTENT_TYPE;

  private static final double[] SECONDS = {
    0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10
  };

  /**
   * What the process is like, whoever asks for it. Once for all servers: the library never forgets
   * a registry that it has put this into, and with one of a server it would keep that and its
   * engine.
   */
  private static final PrometheusRegistry PROCESS = new PrometheusRegistry();

  static {
    JvmMetrics.builder().register(PROCESS);
  }

  private final PrometheusRegistry registry = new PrometheusRegistry();
  private final Histogram queries;
  private final Histogram requests;
  private final Counter responses;
  private final Counter written;
  private final Counter deleted;

  ServerMetrics(
      Engine engine,
      InFlight inFlight,
      BodyLimits bodies,
      AnswerLimits answers,
      Faults faults,
      String version) {
    queries =
        Histogram.builder()
            .name("elacsym_query_duration_seconds")
            .help("Query duration")
            .classicOnly()
            .classicUpperBounds(SECONDS)
            .register(registry);
    requests =
        Histogram.builder()
            .name("elacsym_http_request_duration_seconds")
            .help("Duration of HTTP requests by route")
            .labelNames("method", "route")
            .classicOnly()
            .classicUpperBounds(SECONDS)
            .register(registry);
    responses =
        Counter.builder()
            .name("elacsym_http_requests_total")
            .help("HTTP requests by route and status")
            .labelNames("method", "route", "status")
            .register(registry);
    GaugeWithCallback.builder()
        .name("elacsym_http_requests_in_flight")
        .help("HTTP requests under way")
        .callback(gauge -> gauge.call(inFlight.count()))
        .register(registry);
    GaugeWithCallback.builder()
        .name("elacsym_http_answers_bytes")
        .help("Memory of answers that are not sent yet")
        .callback(gauge -> gauge.call((double) answers.inWork()))
        .register(registry);
    GaugeWithCallback.builder()
        .name("elacsym_http_bodies_bytes")
        .help("Bytes of request bodies in work")
        .callback(gauge -> gauge.call((double) bodies.inWork()))
        .register(registry);
    written =
        Counter.builder()
            .name("elacsym_documents_written_total")
            .help("Documents upserted or patched by acknowledged writes")
            .register(registry);
    deleted =
        Counter.builder()
            .name("elacsym_documents_deleted_total")
            .help("Documents deleted by acknowledged writes")
            .register(registry);
    Info.builder()
        .name("elacsym_build_info")
        .help("Version of the server")
        .labelNames("version")
        .register(registry)
        .addLabelValues(version);
    GaugeWithCallback.builder()
        .name("elacsym_namespaces")
        .help("Namespaces as counted last; missing before the first count")
        .callback(gauge -> engine.knownCount().ifPresent(total -> gauge.call(total.namespaces())))
        .register(registry);
    GaugeWithCallback.builder()
        .name("elacsym_namespaces_age_seconds")
        .help("How long ago namespaces were counted, which goes on while the storage is away")
        .callback(gauge ->
            engine
                .knownCount()
                .ifPresent(total -> gauge.call(StatusEndpoints.age(total).toMillis() / 1e3)))
        .register(registry);
    registerFaults(faults);
    registerCaches(engine);
    registerWork(engine);
    StorageMetrics.register(engine, registry);
  }

  private void registerFaults(Faults faults) {
    CounterWithCallback.builder()
        .name("elacsym_http_connection_faults_total")
        .help("Connections that did not end as both sides wished")
        .labelNames("fault")
        .callback(counter -> {
          for (Fault fault : Fault.values()) {
            counter.call((double) faults.count(fault), fault.label());
          }
        })
        .register(registry);
  }

  /** Counts the work that was given up and goes on. */
  void works(Works works) {
    GaugeWithCallback.builder()
        .name("elacsym_http_requests_abandoned")
        .help("Requests that nobody waits for any more and whose work goes on")
        .callback(gauge -> gauge.call(works.left()))
        .register(registry);
  }

  /** Counts what a node of a cluster does for others, and sees of them. */
  void cluster(Standing standing) {
    GaugeWithCallback.builder()
        .name("elacsym_cluster_members")
        .help("Other nodes of the cluster, by what they are believed to be")
        .labelNames("state")
        .callback(gauge -> {
          List<MemberView> others = standing.node().membership().others();
          for (PeerState state : PeerState.values()) {
            gauge.call(
                others.stream().filter(other -> other.state() == state).toList().size(),
                state.id());
          }
        })
        .register(registry);
    CounterWithCallback.builder()
        .name("elacsym_forwarded_requests_total")
        .help("Requests that were sent to other nodes, by what became of them")
        .labelNames("outcome")
        .callback(counter -> {
          RouteCounters.Values values = standing.node().router().counters();
          counter.call((double) values.answered(), "answered");
          counter.call((double) values.refused(), "refused");
          counter.call((double) values.unreachable(), "unreachable");
          counter.call((double) values.inDoubt(), "in_doubt");
        })
        .register(registry);
    CounterWithCallback.builder()
        .name("elacsym_leaf_searches_total")
        .help("Questions about segments that other nodes were asked, by what became of them")
        .labelNames("outcome")
        .callback(counter -> {
          for (Leaves.Outcome outcome : Leaves.Outcome.values()) {
            counter.call(
                (double) standing.node().queryNodes().count(outcome),
                outcome.name().toLowerCase(Locale.ROOT));
          }
        })
        .register(registry);
    CounterWithCallback.builder()
        .name("elacsym_handovers_total")
        .help("Namespaces that this node has given to another one to write")
        .callback(counter -> counter.call((double) standing.node().router().counters().handOvers()))
        .register(registry);
    CounterWithCallback.builder()
        .name("elacsym_takeovers_total")
        .help("How often this node has begun to write a namespace")
        .callback(counter -> counter.call((double) standing.node().router().counters().takeovers()))
        .register(registry);
  }

  /** Counts the connections of a listener, from when there is one. */
  void connections(Listener listener) {
    GaugeWithCallback.builder()
        .name("elacsym_http_connections")
        .help("Connections that are open")
        .callback(gauge -> gauge.call(listener.connections()))
        .register(registry);
  }

  private void registerCaches(Engine engine) {
    gauge("elacsym_cache_hit_rate", "Cache hit rate", engine, CacheStats::hitRate);
    gauge("elacsym_cache_bytes", "Bytes in the cache", engine, CacheStats::bytes);
    counter("elacsym_cache_hits_total", "Look-ups that found a block", engine, CacheStats::hits);
    counter("elacsym_cache_misses_total", "Look-ups that did not", engine, CacheStats::misses);
    counter(
        "elacsym_cache_evictions_total",
        "How often something was dropped to make room",
        engine,
        CacheStats::evictions);
    GaugeWithCallback.builder()
        .name("elacsym_held_bytes")
        .help("Bytes in memory that open segments hold besides the cache, which has so much less")
        .callback(gauge -> gauge.call((double) engine.heldBytes()))
        .register(registry);
  }

  private void registerWork(Engine engine) {
    work("elacsym_wal_commits_total", "WAL objects written", engine, EngineCounters::commits);
    work(
        "elacsym_wal_bytes_total",
        "Bytes of WAL objects written",
        engine,
        EngineCounters::walBytes);
    work(
        "elacsym_blob_bytes_total",
        "Bytes of segments, indexes and tombstones written",
        engine,
        EngineCounters::blobBytes);
    work(
        "elacsym_flush_bytes_total",
        "Bytes of segments, indexes and tombstones written by flushes",
        engine,
        EngineCounters::flushBytes);
    work(
        "elacsym_compaction_bytes_total",
        "Bytes of segments, indexes and tombstones written by compactions",
        engine,
        EngineCounters::compactionBytes);
    work(
        "elacsym_flushes_total",
        "Live buffers that became segments",
        engine,
        EngineCounters::flushes);
    work("elacsym_compactions_total", "Merges of segments", engine, EngineCounters::compactions);
    work(
        "elacsym_lost_indexes_total",
        "Indexes found missing or damaged",
        engine,
        EngineCounters::lostIndexes);
    work(
        "elacsym_index_rebuilds_total",
        "Indexes built anew for stored segments",
        engine,
        EngineCounters::indexRebuilds);
    work(
        "elacsym_index_rebuild_failures_total",
        "How often indexes could not be built anew",
        engine,
        EngineCounters::failedIndexRebuilds);
    work(
        "elacsym_background_failures_total",
        "Flushes, merges and the like that failed and are tried again",
        engine,
        EngineCounters::backgroundFailures);
    plugins(
        "elacsym_plugin_failures_total",
        "Calls of plugins that ended with what they may not throw",
        engine,
        PluginFaults::failures);
    plugins(
        "elacsym_plugin_wrong_answers_total",
        "Answers of plugins that break their contract, and were not used",
        engine,
        PluginFaults::wrongAnswers);
    work(
        "elacsym_wal_entries_skipped_total",
        "Damaged WAL entries whose writes are lost",
        engine,
        EngineCounters::skippedWalEntries);
  }

  private void plugins(
      String name, String help, Engine engine, ToDoubleFunction<PluginFaults> value) {
    CounterWithCallback.builder()
        .name(name)
        .help(help)
        .labelNames("kind", "plugin")
        .callback(counter ->
            engine
                .pluginFaults()
                .forEach(faults ->
                    counter.call(
                        value.applyAsDouble(faults),
                        faults.kind().replace(' ', '_'),
                        faults.name())))
        .register(registry);
  }

  private void work(
      String name, String help, Engine engine, ToDoubleFunction<EngineCounters> value) {
    CounterWithCallback.builder()
        .name(name)
        .help(help)
        .callback(counter -> counter.call(value.applyAsDouble(engine.counters())))
        .register(registry);
  }

  private void gauge(String name, String help, Engine engine, ToDoubleFunction<CacheStats> value) {
    GaugeWithCallback.builder()
        .name(name)
        .help(help)
        .labelNames("layer")
        .callback(gauge -> {
          gauge.call(value.applyAsDouble(engine.documentCache()), "documents");
          gauge.call(value.applyAsDouble(engine.memoryCache()), "memory");
          gauge.call(value.applyAsDouble(engine.diskCache()), "disk");
        })
        .register(registry);
  }

  private void counter(
      String name, String help, Engine engine, ToDoubleFunction<CacheStats> value) {
    CounterWithCallback.builder()
        .name(name)
        .help(help)
        .labelNames("layer")
        .callback(counter -> {
          counter.call(value.applyAsDouble(engine.documentCache()), "documents");
          counter.call(value.applyAsDouble(engine.memoryCache()), "memory");
          counter.call(value.applyAsDouble(engine.diskCache()), "disk");
        })
        .register(registry);
  }

  void served(String method, String route, int status, long nanos) {
    // Methods are the client's to choose: unknown ones must not make time series.
    String known = route.equals("unmatched") ? "any" : method;
    responses.labelValues(known, route, Integer.toString(status)).inc();
    requests.labelValues(known, route).observe(nanos / 1e9);
  }

  void queried(long nanos) {
    queries.observe(nanos / 1e9);
  }

  void wrote(int documents, int deletes) {
    written.inc(documents);
    deleted.inc(deletes);
  }

  /** Everything, in Prometheus' text format. */
  byte[] text() {
    ByteArrayOutputStream out = new ByteArrayOutputStream(16 << 10);
    try {
      PrometheusTextFormatWriter writer = PrometheusTextFormatWriter.create();
      writer.write(out, registry.scrape());
      writer.write(out, PROCESS.scrape());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }
}
