package io.elacsym.benchmarks.cold;

import io.elacsym.benchmarks.endtoend.Report;
import io.elacsym.benchmarks.measure.Grid;
import io.elacsym.benchmarks.measure.Latencies;
import io.elacsym.engine.Engine;
import io.elacsym.engine.model.QueryCost;
import io.elacsym.engine.model.QueryRequest;
import io.elacsym.engine.model.QueryResult;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Asks queries of each kind, several times each. */
final class ColdRun {
  static final String NAMESPACE = "cold";

  /** Opens an engine on the bucket that is measured, with a disk cache in a folder or without. */
  @FunctionalInterface
  interface Engines {
    Engine open(Optional<Path> cache);
  }

  /**
   * How often each kind is asked.
   *
   * @param warmups before it counts, because a JVM that has compiled nothing measures itself
   */
  record Rounds(int warmups, int counted) {}

  private final Report report;
  private final SlowBucket bucket;
  private final Engines engines;
  private final Duration delay;
  private final Map<String, List<QueryRequest>> queries;
  private final Rounds rounds;

  ColdRun(
      Report report,
      SlowBucket bucket,
      Engines engines,
      Duration delay,
      Map<String, List<QueryRequest>> queries,
      Rounds rounds) {
    this.report = report;
    this.bucket = bucket;
    this.engines = engines;
    this.delay = delay;
    this.queries = queries;
    this.rounds = rounds;
  }

  /**
   * Measures every query in an engine that has just started. Opening is not measured, and until it
   * is done the bucket answers without delay.
   */
  void first(String title, Optional<Path> cache) {
    measure(
        title,
        request -> {
          bucket.delay(Duration.ZERO);
          try (Engine engine = engines.open(cache)) {
            bucket.delay(delay);
            return timed(engine, request);
          }
        });
  }

  /** Every query in one engine that was warmed. */
  void warm(String title) {
    bucket.delay(Duration.ZERO);
    try (Engine engine = engines.open(Optional.empty())) {
      bucket.delay(delay);
      long start = System.nanoTime();
      long bytes = engine.namespace(NAMESPACE).warm();
      report.print(
          String.format(
              Locale.ROOT,
              "opening and warming took %,d ms, %.1f MB are warm%n",
              (System.nanoTime() - start) / 1_000_000,
              bytes / 1e6));
      measure(title, request -> timed(engine, request));
    }
  }

  /** Leaves everything that queries touch in the disk cache. */
  void fillDisk(Path cache) {
    bucket.delay(Duration.ZERO);
    try (Engine engine = engines.open(Optional.of(cache))) {
      engine.namespace(NAMESPACE).warm();
    }
  }

  private record Timed(QueryCost cost, long nanos) {}

  private static Timed timed(Engine engine, QueryRequest request) {
    long start = System.nanoTime();
    QueryResult result = engine.query(NAMESPACE, request);
    return new Timed(result.cost(), System.nanoTime() - start);
  }

  private void measure(String title, Function<QueryRequest, Timed> ask) {
    Grid grid = Measured.grid(title);
    for (Map.Entry<String, List<QueryRequest>> kind : queries.entrySet()) {
      List<QueryCost> costs = new ArrayList<>();
      long[] nanos = new long[rounds.counted()];
      for (int round = 0; round < rounds.warmups() + nanos.length; round++) {
        Timed timed = ask.apply(kind.getValue().get(round));
        if (round >= rounds.warmups()) {
          nanos[costs.size()] = timed.nanos();
          costs.add(timed.cost());
        }
      }
      Measured measured = new Measured(kind.getKey(), costs, new Latencies(nanos));
      measured.addTo(grid);
      measured.addTo(report.object(title, measured.name()));
    }
    report.print(grid.toString());
  }
}
