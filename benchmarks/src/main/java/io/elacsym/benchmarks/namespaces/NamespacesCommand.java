package io.elacsym.benchmarks.namespaces;

import io.elacsym.api.index.Metric;
import io.elacsym.api.storage.StorageStatistics.Counts;
import io.elacsym.api.storage.StorageStatistics.Operation;
import io.elacsym.benchmarks.endtoend.Report;
import io.elacsym.benchmarks.measure.Folders;
import io.elacsym.benchmarks.measure.Grid;
import io.elacsym.benchmarks.measure.Latencies;
import io.elacsym.benchmarks.measure.Machine;
import io.elacsym.benchmarks.measure.OwnEngine;
import io.elacsym.engine.Engine;
import io.elacsym.engine.model.NamespacePage;
import io.elacsym.engine.model.Schema;
import io.elacsym.testing.s3.S3Server;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.ToIntFunction;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Measures counting and listing. */
@Command(
    name = "namespaces",
    mixinStandardHelpOptions = true,
    showDefaultValues = true,
    description = {
      "Counts and lists namespaces, as /health, /metrics and GET /v1/namespaces do, in a folder and"
          + " in a bucket: requests to the storage, time, and processor time of this process. Each"
          + " round is a new engine that knows nothing."
    },
    footerHeading = "%nExamples:%n",
    footer = {"  bench namespaces", "  bench namespaces --counts 10,1000"})
public final class NamespacesCommand implements Callable<Integer> {
  private static final int PAGE = 1_000;
  private static final int WRITERS = 16;

  @Option(
      names = "--counts",
      split = ",",
      paramLabel = "N",
      description = "How many namespaces, in ascending order.")
  private int[] counts = {10, 1_000, 10_000};

  @Option(names = "--rounds", paramLabel = "N", description = "Measured rounds after one more.")
  private int rounds = 5;

  @Option(names = "--work", paramLabel = "DIR", description = "For the folder.")
  private Path work = Path.of("benchmarks", "target", "namespaces");

  private Report report = new Report(System.out, List.of());

  @Override
  public Integer call() throws Exception {
    S3Server server = S3Server.plain();
    report = new Report(System.out, List.of(server.description(), rounds + " rounds after 1"));
    Folders.delete(work);
    measure("local", Map.of("storage.local.root_path", work.resolve("data").toString()));
    measure(
        "s3",
        Map.of(
            "storage.s3.bucket", server.newBucket(),
            "storage.s3.region", server.region(),
            "storage.s3.endpoint", server.endpoint().toString(),
            "storage.s3.access_key_id", server.accessKey(),
            "storage.s3.secret_access_key", server.secretKey()));
    report.print("load average " + Machine.load());
    report.write(work.resolve("results.json"));
    return 0;
  }

  private void measure(String storage, Map<String, String> settings) throws Exception {
    Grid grid = new Grid(storage, "requests", "p50 ms", "max ms", "CPU ms", "of them found");
    int made = 0;
    for (int count : counts) {
      System.out.printf(Locale.ROOT, "Making namespaces %,d to %,d ...%n", made + 1, count);
      try (Engine engine = open(storage, settings)) {
        make(engine, made, count);
      }
      made = count;
      row(grid, storage, settings, "count " + count, Engine::count);
      row(grid, storage, settings, "list " + count, NamespacesCommand::listAll);
    }
    report.print(grid.toString());
  }

  private static void make(Engine engine, int from, int to) throws Exception {
    Schema schema = new Schema(List.of(), new LinkedHashMap<>());
    try (ExecutorService writers = Executors.newFixedThreadPool(WRITERS)) {
      List<Future<?>> tasks = new ArrayList<>();
      for (int i = from; i < to; i++) {
        String name = String.format(Locale.ROOT, "tenant-%06d", i);
        tasks.add(writers.submit(() -> engine.create(name, schema)));
      }
      for (Future<?> task : tasks) {
        task.get();
      }
    }
  }

  private void row(
      Grid grid,
      String storage,
      Map<String, String> settings,
      String name,
      ToIntFunction<Engine> action) {
    long[] nanos = new long[rounds];
    long cpu = 0;
    long requests = 0;
    int found = 0;
    for (int round = -1; round < rounds; round++) {
      try (Engine engine = open(storage, settings)) {
        long before = requests(engine);
        long cpuBefore = cpuNanos();
        long start = System.nanoTime();
        found = action.applyAsInt(engine);
        if (round >= 0) {
          nanos[round] = System.nanoTime() - start;
          cpu += cpuNanos() - cpuBefore;
          requests = requests(engine) - before;
        }
      }
    }
    Latencies latencies = new Latencies(nanos);
    double cpuMillis = cpu / 1e6 / rounds;
    grid.row(
        name,
        storage.equals("local") ? "-" : Long.toString(requests),
        String.format(Locale.ROOT, "%.1f", latencies.millis(50)),
        String.format(Locale.ROOT, "%.1f", latencies.millis(100)),
        String.format(Locale.ROOT, "%.1f", cpuMillis),
        Integer.toString(found));
    report
        .object(storage, name)
        .put("requests", requests)
        .put("p50_ms", latencies.millis(50))
        .put("max_ms", latencies.millis(100))
        .put("cpu_ms", cpuMillis)
        .put("found", found);
  }

  private static int listAll(Engine engine) {
    int found = 0;
    Optional<String> after = Optional.of("");
    while (after.isPresent()) {
      NamespacePage page = engine.list("", after.get(), PAGE);
      found += page.names().size();
      after = page.next();
    }
    return found;
  }

  private static long requests(Engine engine) {
    return Arrays.stream(Operation.values())
        .map(engine.storageStatistics()::of)
        .mapToLong(Counts::requests)
        .sum();
  }

  private static long cpuNanos() {
    return ProcessHandle.current().info().totalCpuDuration().orElseThrow().toNanos();
  }

  private static Engine open(String storage, Map<String, String> storageSettings) {
    Map<String, String> settings = new HashMap<>(storageSettings);
    settings.put("storage.backend", storage);
    settings.put("cache.disk_size", "0");
    settings.put("index.default_metric", Metric.COSINE.id());
    return OwnEngine.open(settings);
  }
}
