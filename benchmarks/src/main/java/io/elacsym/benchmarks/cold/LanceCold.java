package io.elacsym.benchmarks.cold;

import io.elacsym.benchmarks.endtoend.Report;
import io.elacsym.benchmarks.measure.Grid;
import io.elacsym.benchmarks.measure.Latencies;
import io.elacsym.benchmarks.rivals.contenders.PythonOptions;
import io.elacsym.benchmarks.rivals.contenders.Script;
import io.elacsym.benchmarks.sets.VectorSet;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** First queries of LanceDB in the bucket that ours are measured in. */
final class LanceCold {
  /** What its documentation advises, and what reached a recall of .95 in `bench rivals`. */
  private static final int PROBES = 20;

  private static final int REFINE = 10;

  private LanceCold() {}

  static void measure(
      VectorSet set,
      SlowBucket bucket,
      Duration delay,
      ColdRun.Rounds rounds,
      PythonOptions python,
      Path work,
      Report report)
      throws IOException {
    bucket.delay(Duration.ZERO);
    try (Script script = started(python)) {
      script.load(set, work);
      script.storeLance(bucket.settings(), bucket.uri("lance"));
    }
    int counted = rounds.counted();
    long[] nanos = new long[counted];
    long[] requests = new long[counted];
    for (int round = 0; round < rounds.warmups() + counted; round++) {
      // A process of its own has nothing in its caches.
      try (Script script = started(python)) {
        script.load(set, work);
        bucket.delay(delay);
        long before = bucket.requests();
        double seconds =
            script.askLance(bucket.settings(), bucket.uri("lance"), round, PROBES, REFINE);
        bucket.delay(Duration.ZERO);
        if (round >= rounds.warmups()) {
          nanos[round - rounds.warmups()] = (long) (seconds * 1e9);
          requests[round - rounds.warmups()] = bucket.requests() - before;
        }
      }
    }
    Latencies latencies = new Latencies(nanos);
    Grid grid = new Grid("LanceDB, nothing cached", "requests", "p50 ms", "max ms");
    grid.row(
        "vector, " + PROBES + " partitions, refined " + REFINE + " times",
        Arrays.stream(requests).min().orElse(0) + "-" + Arrays.stream(requests).max().orElse(0),
        String.format(Locale.ROOT, "%.1f", latencies.millis(50)),
        String.format(Locale.ROOT, "%.1f", latencies.millis(100)));
    report.print(grid.toString());
    report
        .object("lancedb", "vector")
        .put("p50_ms", latencies.millis(50))
        .put("max_ms", latencies.millis(100));
  }

  private static Script started(PythonOptions python) throws IOException {
    Script script = python.start();
    if (script.versions().containsKey("lancedb")) {
      return script;
    }
    script.close();
    throw new IOException(
        python.program() + " has no " + List.of("lancedb") + "; " + PythonOptions.remedy());
  }
}
