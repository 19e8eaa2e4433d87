package io.elacsym.benchmarks.rivals;

import io.elacsym.benchmarks.data.DataOptions;
import io.elacsym.benchmarks.data.Dataset;
import io.elacsym.benchmarks.data.Query;
import io.elacsym.benchmarks.endtoend.Report;
import io.elacsym.benchmarks.measure.Curve;
import io.elacsym.benchmarks.measure.Grid;
import io.elacsym.benchmarks.measure.Machine;
import io.elacsym.benchmarks.measure.Truth;
import io.elacsym.index.hnsw.HnswProvider;
import io.elacsym.index.ivf.IvfIndexProvider;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import java.util.function.IntPredicate;
import org.apache.lucene.codecs.lucene104.Lucene104HnswScalarQuantizedVectorsFormat;
import org.apache.lucene.codecs.lucene99.Lucene99HnswVectorsFormat;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Measures our vector indexes beside Lucene's. */
@Command(
    name = "rivals",
    mixinStandardHelpOptions = true,
    showDefaultValues = true,
    description = {
      "Builds each index on one thread over the vectors of `bench data`, then searches them on one"
          + " thread, in turns: a round asks every setting of every index all queries. A point's"
          + " time is the CPU time of the searching thread, the median of its rounds. No HTTP, no"
          + " documents, everything in memory.",
      "",
      "An effort is a number of lists for ivf and a beam width for hnsw; for Lucene it is the k of"
          + " the query, of which the best 10 are kept."
    },
    footerHeading = "%nExamples:%n",
    footer = {"  bench rivals", "  bench rivals --documents 20000 --rounds 1"})
public final class RivalsCommand implements Callable<Integer> {
  private static final int K = 10;
  private static final List<Integer> LISTS = List.of(2, 4, 8, 12, 16, 24, 32, 48, 64, 128);
  private static final List<Integer> BEAMS = List.of(10, 20, 40, 60, 80, 120, 160, 320, 640);
  private static final ThreadMXBean CPU = ManagementFactory.getThreadMXBean();
  private static final double[] RECALLS = {.90, .95, .98, .99};

  @Mixin private DataOptions data = new DataOptions();

  @Option(names = "--documents", paramLabel = "N", description = "Use only the first N documents.")
  private int documents = 100_000;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      description = "Measured rounds, after one unmeasured.")
  private int rounds = 3;

  @Option(names = "--work", paramLabel = "DIR", description = "For Lucene's files and the results.")
  private Path work = Path.of("benchmarks", "target", "rivals");

  /** A point of a curve. */
  private record Setting(Contender contender, int effort) {}

  @Override
  public Integer call() throws Exception {
    Dataset dataset = Dataset.read(data.files(), documents);
    Report report =
        new Report(
            System.out,
            List.of(
                String.format(Locale.ROOT, "%,d documents", dataset.count()),
                dataset.vectors().dimension() + " dimensions",
                dataset.glosses().size() + " queries",
                "cosine",
                "recall@" + K,
                rounds + " rounds",
                "one thread"));
    Files.createDirectories(work);
    Path files = Files.createTempDirectory(work, "lucene");
    List<Contender> contenders =
        List.of(
            new PluginContender(new IvfIndexProvider(), LISTS),
            new PluginContender(new HnswProvider(), BEAMS),
            new LuceneContender(
                "lucene hnsw f32", new Lucene99HnswVectorsFormat(), BEAMS, files.resolve("f32")),
            new LuceneContender(
                "lucene hnsw int8",
                new Lucene104HnswScalarQuantizedVectorsFormat(),
                BEAMS,
                files.resolve("int8")));
    build(contenders, dataset, report);
    search("no filter", i -> true, contenders, dataset, report);
    for (int shards : new int[] {100, 10}) {
      String name = shards * 100 / Dataset.SHARDS + " % of the documents match";
      search(name, i -> dataset.shards()[i] < shards, contenders, dataset, report);
    }
    for (Contender contender : contenders) {
      contender.close();
    }
    report.write(work.resolve("results.json"));
    return 0;
  }

  private void build(List<Contender> contenders, Dataset dataset, Report report) throws Exception {
    Grid grid = new Grid("build, one thread", "s", "CPU s", "vectors/s", "MB with vectors", "load");
    for (Contender contender : contenders) {
      long start = System.nanoTime();
      Duration cpuStart = cpuTime();
      contender.build(dataset.vectors());
      double seconds = (System.nanoTime() - start) / 1e9;
      double cpu = cpuTime().minus(cpuStart).toMillis() / 1e3;
      report
          .object("build", contender.name())
          .put("seconds", seconds)
          .put("cpu_seconds", cpu)
          .put("bytes", contender.bytes())
          .put("load", Machine.load());
      grid.row(
          contender.name(),
          String.format(Locale.ROOT, "%.1f", seconds),
          String.format(Locale.ROOT, "%.1f", cpu),
          String.format(Locale.ROOT, "%,.0f", dataset.count() / seconds),
          String.format(Locale.ROOT, "%.0f", contender.bytes() / 1e6),
          Machine.load());
    }
    report.print(grid.toString());
  }

  /**
   * CPU time of the whole process so far. What the JVM itself does, compiling and collecting
   * garbage, is included.
   */
  private static Duration cpuTime() {
    return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
  }

  private void search(
      String name, IntPredicate accept, List<Contender> contenders, Dataset dataset, Report report)
      throws Exception {
    List<float[]> queries = dataset.glosses().stream().map(Query::vector).toList();
    Truth truth = Truth.of(dataset.vectors(), queries, K, accept);
    List<Setting> settings = new ArrayList<>();
    for (Contender contender : contenders) {
      contender.accept(accept);
      contender.efforts().forEach(effort -> settings.add(new Setting(contender, effort)));
    }
    Map<Setting, double[]> micros = new HashMap<>();
    Map<Setting, Double> recalls = new HashMap<>();
    for (int round = -1; round < rounds; round++) {
      for (Setting setting : settings) {
        int[][] found = new int[queries.size()][];
        long start = CPU.getCurrentThreadCpuTime();
        for (int q = 0; q < found.length; q++) {
          found[q] = setting.contender().search(queries.get(q), K, setting.effort());
        }
        double mean = (CPU.getCurrentThreadCpuTime() - start) / 1e3 / found.length;
        if (round < 0) {
          recalls.put(setting, recall(found, queries, dataset, truth));
        } else {
          micros.computeIfAbsent(setting, s -> new double[rounds])[round] = mean;
        }
      }
    }
    tell(name, contenders, settings, micros, recalls, report);
  }

  private static double recall(int[][] found, List<float[]> queries, Dataset dataset, Truth truth) {
    double sum = 0;
    for (int q = 0; q < found.length; q++) {
      float[] cosines = new float[found[q].length];
      for (int i = 0; i < cosines.length; i++) {
        cosines[i] = dataset.vectors().dot(queries.get(q), found[q][i]);
      }
      sum += truth.recall(q, cosines);
    }
    return sum / found.length;
  }

  private void tell(
      String name,
      List<Contender> contenders,
      List<Setting> settings,
      Map<Setting, double[]> micros,
      Map<Setting, Double> recalls,
      Report report) {
    Map<String, List<Curve.Point>> points = new LinkedHashMap<>();
    Grid raw = new Grid(name, "effort", "recall@10", "us a query", "fastest round", "slowest");
    for (Setting setting : settings) {
      double[] times = micros.getOrDefault(setting, new double[] {0}).clone();
      Arrays.sort(times);
      double recall = recalls.getOrDefault(setting, 0.0);
      double median = times[times.length / 2];
      String contender = setting.contender().name();
      points
          .computeIfAbsent(contender, c -> new ArrayList<>())
          .add(new Curve.Point("effort " + setting.effort(), recall, median));
      report
          .object("search", contender)
          .put("filter", name)
          .put("effort", setting.effort())
          .put("recall_at_10", recall)
          .put("micros", median)
          .put("fastest_micros", times[0])
          .put("slowest_micros", times[times.length - 1]);
      raw.row(
          contender,
          Integer.toString(setting.effort()),
          String.format(Locale.ROOT, "%.4f", recall),
          String.format(Locale.ROOT, "%.0f", median),
          String.format(Locale.ROOT, "%.0f", times[0]),
          String.format(Locale.ROOT, "%.0f", times[times.length - 1]));
    }
    report.print(raw.toString());
    Grid summary = new Grid(name + ", us a query at recall", ".90", ".95", ".98", ".99");
    for (Contender contender : contenders) {
      Curve curve = new Curve(points.getOrDefault(contender.name(), List.of()));
      List<String> cells = new ArrayList<>(List.of(contender.name()));
      for (double recall : RECALLS) {
        OptionalDouble at = curve.microsAt(recall);
        cells.add(
            at.isPresent() ? String.format(Locale.ROOT, "%.0f", at.getAsDouble()) : "not reached");
      }
      summary.row(cells.toArray(String[]::new));
    }
    report.print(summary.toString() + "\nload " + Machine.load() + "\n");
  }
}
