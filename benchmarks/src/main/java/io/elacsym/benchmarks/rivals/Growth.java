package io.elacsym.benchmarks.rivals;

import io.elacsym.benchmarks.endtoend.Report;
import io.elacsym.benchmarks.measure.Grid;
import io.elacsym.benchmarks.measure.Machine;
import io.elacsym.benchmarks.measure.PowerLaw;
import io.elacsym.benchmarks.rivals.contenders.Built;
import io.elacsym.benchmarks.rivals.contenders.Contender;
import io.elacsym.benchmarks.rivals.contenders.Lineup;
import io.elacsym.benchmarks.rivals.contenders.PluginIndex;
import io.elacsym.benchmarks.rivals.results.Circumstances;
import io.elacsym.benchmarks.rivals.results.Fragment;
import io.elacsym.benchmarks.rivals.results.Measured;
import io.elacsym.benchmarks.rivals.results.Series;
import io.elacsym.benchmarks.sets.TruthCache;
import io.elacsym.benchmarks.sets.VectorSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/** Measures how the default index grows with its vectors. */
final class Growth {
  private static final int K = 10;
  private static final double RECALL = .95;
  private static final int COLD_QUERIES = 100;
  private static final List<String> HEAD =
      List.of(
          "us a query at .95",
          "build CPU s",
          "vectors/CPU s",
          "KB a cold query",
          "waves",
          "requests",
          "MB");

  private final Path data;
  private final String set;
  private final int queries;
  private final int rounds;
  private final Path work;
  private final Report report;

  Growth(Path data, String set, int queries, int rounds, Path work, Report report) {
    this.data = data;
    this.set = set;
    this.queries = queries;
    this.rounds = rounds;
    this.work = work;
    this.report = report;
  }

  /** One size. */
  private record Grown(
      int vectors, double micros, Built built, double coldBytes, double waves, double requests) {}

  void run(List<Integer> sizes, Circumstances circumstances, Path fragments) throws Exception {
    String loadBefore = Machine.load();
    List<Grown> all = new ArrayList<>();
    WarmUp.run(
        VectorSet.open(data, set, Integer.MAX_VALUE, queries), Lineup.NAMES.subList(0, 1), work);
    for (int size : sizes.stream().sorted().toList()) {
      all.add(measure(size));
    }
    List<List<String>> rows = new ArrayList<>();
    Grid grid = new Grid(head("vectors of " + set));
    for (Grown one : all) {
      List<String> cells =
          List.of(
              String.format(Locale.ROOT, "%,d", one.vectors()),
              String.format(Locale.ROOT, "%,.0f", one.micros()),
              String.format(Locale.ROOT, "%,.1f", one.built().cpuSeconds()),
              String.format(Locale.ROOT, "%,.0f", one.vectors() / one.built().cpuSeconds()),
              String.format(Locale.ROOT, "%,.0f", one.coldBytes() / 1e3),
              String.format(Locale.ROOT, "%.1f", one.waves()),
              String.format(Locale.ROOT, "%.1f", one.requests()),
              String.format(Locale.ROOT, "%,.0f", one.built().bytes() / 1e6));
      rows.add(cells);
      grid.row(cells.toArray(String[]::new));
      report
          .object("growth", set)
          .put("vectors", one.vectors())
          .put("micros_at_95", one.micros())
          .put("build_cpu_seconds", one.built().cpuSeconds())
          .put("build_seconds", one.built().seconds())
          .put("bytes", one.built().bytes())
          .put("cold_bytes", one.coldBytes())
          .put("cold_waves", one.waves())
          .put("cold_requests", one.requests());
    }
    report.print(grid.toString());
    Fragment fragment =
        new Fragment(
            "Growth of elacsym ivf on " + set,
            "Defaults, one thread. A cold query opens the index and is answered at recall_target"
                + " .95 with nothing cached; "
                + COLD_QUERIES
                + " queries, means.",
            circumstances,
            loadBefore + " to " + Machine.load());
    fragment.table("vectors", HEAD, rows);
    if (all.size() > 1) {
      String exponents = exponents(all);
      report.print(exponents);
      fragment.note(exponents);
    }
    Files.createDirectories(fragments);
    Files.writeString(fragments.resolve(set + "-growth.md"), fragment.toString());
  }

  private static String[] head(String corner) {
    List<String> head = new ArrayList<>(List.of(corner));
    head.addAll(HEAD);
    return head.toArray(String[]::new);
  }

  private String exponents(List<Grown> all) {
    double[] sizes = all.stream().mapToDouble(Grown::vectors).toArray();
    double query = fit(sizes, all.stream().mapToDouble(Grown::micros).toArray());
    double cold = fit(sizes, all.stream().mapToDouble(Grown::coldBytes).toArray());
    double build = fit(sizes, all.stream().mapToDouble(one -> one.built().cpuSeconds()).toArray());
    report.object("exponents", set).put("query", query).put("cold_bytes", cold).put("build", build);
    return String.format(
        Locale.ROOT,
        "Fitted to vectors^e: a query's time e = %.2f, bytes of a cold query e = %.2f, build time"
            + " e = %.2f.",
        query,
        cold,
        build);
  }

  private static double fit(double[] sizes, double[] values) {
    return PowerLaw.fit(sizes, values).exponent();
  }

  private Grown measure(int size) throws Exception {
    VectorSet some = VectorSet.open(data, set, size, queries);
    if (some.count() < size) {
      throw new IOException(
          String.format(
              Locale.ROOT,
              "%s has %,d vectors; `bench data --set %s --documents %d` makes more",
              set,
              some.count(),
              set,
              size));
    }
    System.err.printf(Locale.ROOT, "%,d vectors%n", size);
    PluginIndex index = new Lineup(some, work).defaultIndex();
    try (Contender contender = new Lineup(some, work).measured(index)) {
      Built built = contender.build(some);
      int[] all = IntStream.range(0, some.queries().size()).toArray();
      Asked asked =
          Asked.of(
              some, K, all, Optional.empty(), new TruthCache(some).neighbors("all", _ -> true));
      List<Measured> measured = new Rounds(List.of(contender), asked, rounds).run();
      double micros = Series.of(measured).getFirst().curve().microsAt(RECALL).orElse(Double.NaN);
      List<PluginIndex.Cold> cold =
          Arrays.stream(all)
              .limit(COLD_QUERIES)
              .mapToObj(q -> index.cold(some.queries().get(q), K, RECALL))
              .toList();
      return new Grown(
          size,
          micros,
          built,
          cold.stream().mapToLong(PluginIndex.Cold::bytes).average().orElseThrow(),
          cold.stream().mapToLong(PluginIndex.Cold::waves).average().orElseThrow(),
          cold.stream().mapToLong(PluginIndex.Cold::requests).average().orElseThrow());
    }
  }
}
