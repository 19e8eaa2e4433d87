package io.elacsym.benchmarks.cold;

import io.elacsym.benchmarks.endtoend.Report;
import io.elacsym.benchmarks.measure.Grid;
import io.elacsym.benchmarks.measure.Latencies;
import io.elacsym.benchmarks.measure.Truth;
import io.elacsym.benchmarks.rivals.contenders.PythonOptions;
import io.elacsym.benchmarks.rivals.contenders.Script;
import io.elacsym.benchmarks.sets.TruthCache;
import io.elacsym.benchmarks.sets.VectorSet;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;

/** First queries of LanceDB in the bucket that ours are measured in. */
final class LanceCold {
  /** Its recall is told beside its time. */
  private static final int PROBES = 20;

  private static final int REFINE = 10;
  private static final int TOP_K = 10;

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
    Truth truth = new TruthCache(set).neighbors("all", item -> true).truth(TOP_K);
    double recall = 0;
    for (int round = 0; round < rounds.warmups() + counted; round++) {
      // A process of its own has nothing in its caches.
      try (Script script = started(python)) {
        script.load(set, work);
        bucket.delay(delay);
        long before = bucket.requests();
        Script.First first =
            script.askLance(bucket.settings(), bucket.uri("lance"), round, PROBES, REFINE);
        bucket.delay(Duration.ZERO);
        if (round >= rounds.warmups()) {
          nanos[round - rounds.warmups()] = (long) (first.seconds() * 1e9);
          requests[round - rounds.warmups()] = bucket.requests() - before;
          recall += truth.recall(round, scores(set, round, first.items())) / counted;
        }
      }
    }
    Latencies latencies = new Latencies(nanos);
    Grid grid = new Grid("LanceDB, nothing cached", "recall@10", "requests", "p50 ms", "max ms");
    grid.row(
        "vector, " + PROBES + " partitions, refined " + REFINE + " times",
        String.format(Locale.ROOT, "%.2f", recall),
        Arrays.stream(requests).min().orElse(0) + "-" + Arrays.stream(requests).max().orElse(0),
        String.format(Locale.ROOT, "%.1f", latencies.millis(50)),
        String.format(Locale.ROOT, "%.1f", latencies.millis(100)));
    report.print(grid.toString());
    report
        .object("lancedb", "vector")
        .put("recall", recall)
        .put("p50_ms", latencies.millis(50))
        .put("max_ms", latencies.millis(100));
  }

  private static float[] scores(VectorSet set, int query, int[] items) {
    float[] scores = new float[items.length];
    for (int i = 0; i < items.length; i++) {
      scores[i] = set.vectors().score(set.metric(), set.queries().get(query), items[i]);
    }
    return scores;
  }

  private static Script started(PythonOptions python) throws IOException {
    Script script = python.start();
    if (script.versions().containsKey("lancedb")) {
      return script;
    }
    script.close();
    throw new IOException(python.program() + " has no lancedb; " + PythonOptions.remedy());
  }
}
