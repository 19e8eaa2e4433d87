package io.elacsym.benchmarks.rivals;

import io.elacsym.benchmarks.endtoend.Report;
import io.elacsym.benchmarks.measure.Curve;
import io.elacsym.benchmarks.measure.Grid;
import io.elacsym.benchmarks.measure.Machine;
import io.elacsym.benchmarks.measure.Neighbors;
import io.elacsym.benchmarks.rivals.contenders.Built;
import io.elacsym.benchmarks.rivals.contenders.Contender;
import io.elacsym.benchmarks.rivals.contenders.Setting;
import io.elacsym.benchmarks.rivals.results.Circumstances;
import io.elacsym.benchmarks.rivals.results.CurveSvg;
import io.elacsym.benchmarks.rivals.results.Fragment;
import io.elacsym.benchmarks.rivals.results.Measured;
import io.elacsym.benchmarks.rivals.results.Series;
import io.elacsym.benchmarks.rivals.results.Summary;
import io.elacsym.benchmarks.sets.TruthCache;
import io.elacsym.benchmarks.sets.VectorSet;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/** Measures all contenders on one set. */
final class SetRun {
  private static final int K = 10;
  private static final String OURS = "elacsym";
  private static final List<String> REFERENCES = List.of("elacsym ivf", "elacsym hnsw");

  /** Where throughput is measured. */
  private static final double THROUGHPUT_RECALL = .95;

  private static final int THROUGHPUT_TURNS = 3;
  private static final double THROUGHPUT_MICROS = 1e6;

  private static final List<String> FILTER_HEAD = List.of(".90", ".95", ".99", "most recall");

  private final VectorSet set;
  private final int rounds;
  private final Report report;
  private final TruthCache truths;
  private final List<Contender> contenders;
  private final Map<String, Built> builds = new LinkedHashMap<>();

  SetRun(VectorSet set, List<Contender> contenders, int rounds, Report report) {
    this.set = set;
    this.contenders = new ArrayList<>(contenders);
    this.rounds = rounds;
    this.report = report;
    this.truths = new TruthCache(set);
  }

  /** What is measured besides the curves. */
  record Extras(int clients, boolean filters) {}

  /**
   * Measures and tells, and writes a table and a picture for documents.
   *
   * @param fragments where these go
   */
  void run(Extras extras, Circumstances circumstances, Path fragments) throws Exception {
    String loadBefore = Machine.load();
    Neighbors neighbors = truths.neighbors("all", _ -> true);
    build();
    int[] all = IntStream.range(0, set.queries().size()).toArray();
    Asked asked = Asked.of(set, K, all, Optional.empty(), neighbors);
    List<Measured> measured = new Rounds(contenders, asked, rounds).run();
    List<Series> series = Series.of(measured);
    Summary summary = new Summary(set.count(), series, builds);
    tell("no filter", measured);
    Fragment fragment =
        new Fragment(title(), about(), circumstances, loadBefore + " to " + Machine.load());
    fragment.picture("recall and queries a second, " + title(), fileName() + ".svg");
    fragment.summary(summary, REFERENCES);
    report.print(text(summary));
    if (extras.clients() > 1) {
      throughput(asked, measured, extras.clients(), fragment);
    }
    if (extras.filters()) {
      filters(fragment);
    }
    parameters(fragment);
    Files.createDirectories(fragments);
    Path picture = fragments.resolve(fileName() + ".svg");
    Files.writeString(picture, new CurveSvg(title(), series, OURS).draw());
    Files.writeString(fragments.resolve(fileName() + ".md"), fragment.toString());
    report.print("For documents: " + picture + " and .md beside it");
  }

  private String title() {
    return String.format(
        Locale.ROOT,
        "%s: %,d vectors, %d dimensions, %s",
        set.name(),
        set.count(),
        set.dimension(),
        set.metric().id());
  }

  private String about() {
    return String.format(
        Locale.ROOT,
        "%s. %,d queries that are not among them, one by one on one thread; every round asks all"
            + " contenders in turns, and a point's time is the median of %d rounds.",
        set.origin(),
        set.queries().size(),
        rounds);
  }

  private String fileName() {
    return set.name() + "-" + set.count();
  }

  private void build() throws Exception {
    Grid grid = new Grid("build, one thread", "s", "CPU s", "vectors/CPU s", "MB", "load");
    List<Contender> failed = new ArrayList<>();
    for (Contender contender : contenders) {
      System.err.println("  building " + contender.name() + " ...");
      Built built;
      try {
        built = contender.build(set);
      } catch (Exception e) {
        report.print(contender.name() + " is left out, because its build failed: " + e);
        failed.add(contender);
        continue;
      }
      builds.put(contender.name(), built);
      report
          .object("build", contender.name())
          .put("set", fileName())
          .put("parameters", contender.parameters())
          .put("seconds", built.seconds())
          .put("cpu_seconds", built.cpuSeconds())
          .put("bytes", built.bytes())
          .put("load", Machine.load());
      grid.row(
          contender.name(),
          String.format(Locale.ROOT, "%.1f", built.seconds()),
          String.format(Locale.ROOT, "%.1f", built.cpuSeconds()),
          String.format(Locale.ROOT, "%,.0f", set.count() / built.cpuSeconds()),
          String.format(Locale.ROOT, "%.1f", built.bytes() / 1e6),
          Machine.load());
    }
    contenders.removeAll(failed);
    report.print(grid.toString());
  }

  private void tell(String filter, List<Measured> measured) {
    Grid grid =
        new Grid(
            set.name() + ", " + filter, "setting", "recall@10", "us a query", "fastest", "slowest");
    for (Measured point : measured) {
      var object =
          report
              .object("search", point.contender())
              .put("set", fileName())
              .put("filter", filter)
              .put("setting", point.setting())
              .put("recall_at_10", point.recall())
              .put("micros", point.median());
      point.micros().forEach(object.putArray("rounds_micros")::add);
      grid.row(
          point.contender(),
          point.setting(),
          String.format(Locale.ROOT, "%.4f", point.recall()),
          String.format(Locale.ROOT, "%.0f", point.median()),
          String.format(Locale.ROOT, "%.0f", point.fastest()),
          String.format(Locale.ROOT, "%.0f", point.slowest()));
    }
    report.print(grid.toString());
  }

  private String text(Summary summary) {
    StringBuilder text = new StringBuilder();
    text.append(grid("us a query at recall@10", Summary.HEAD, summary.rows())).append('\n');
    for (String reference : REFERENCES) {
      List<List<String>> ratios = summary.ratios(reference);
      if (!ratios.isEmpty()) {
        text.append(grid("in times of " + reference, Summary.HEAD, ratios)).append('\n');
      }
    }
    return text.append("load ").append(Machine.load()).append('\n').toString();
  }

  private static Grid grid(String corner, List<String> head, List<List<String>> rows) {
    List<String> first = new ArrayList<>(List.of(corner));
    first.addAll(head);
    Grid grid = new Grid(first.toArray(String[]::new));
    rows.forEach(row -> grid.row(row.toArray(String[]::new)));
    return grid;
  }

  private void throughput(Asked asked, List<Measured> measured, int clients, Fragment fragment)
      throws Exception {
    List<String> head = List.of("setting", "recall", "1 client", clients + " clients", "ratio");
    List<List<String>> rows = new ArrayList<>();
    for (Contender contender : contenders) {
      Optional<Setting> setting = cheapest(contender, measured);
      if (setting.isEmpty()) {
        continue;
      }
      String shown = setting.get().toString();
      int[] queries = repeated(asked.queries(), micros(contender, shown, measured));
      List<Double> alone = new ArrayList<>();
      List<Double> together = new ArrayList<>();
      for (int turn = 0; turn < THROUGHPUT_TURNS; turn++) {
        contender.throughput(setting.get(), queries, K, 1).ifPresent(alone::add);
        contender.throughput(setting.get(), queries, K, clients).ifPresent(together::add);
      }
      if (alone.isEmpty() || together.isEmpty()) {
        continue;
      }
      double one = median(alone);
      double many = median(together);
      double recall = recall(contender, shown, measured);
      report
          .object("throughput", contender.name())
          .put("set", fileName())
          .put("setting", shown)
          .put("recall_at_10", recall)
          .put("clients", clients)
          .put("queries_per_second_of_one", one)
          .put("queries_per_second", many)
          .put("load", Machine.load());
      rows.add(
          List.of(
              contender.name(),
              shown,
              String.format(Locale.ROOT, "%.3f", recall),
              String.format(Locale.ROOT, "%,.0f", one),
              String.format(Locale.ROOT, "%,.0f", many),
              String.format(Locale.ROOT, "%.2f", many / one)));
    }
    report.print(grid("queries/s on the clock", head, rows).toString());
    fragment.table("queries a second, on the clock", head, rows);
  }

  /** The setting with which a contender reaches the recall in the least time. */
  private static Optional<Setting> cheapest(Contender contender, List<Measured> measured) {
    Optional<Measured> best =
        measured.stream()
            .filter(point -> point.contender().equals(contender.name()))
            .filter(point -> point.recall() >= THROUGHPUT_RECALL)
            .min(Comparator.comparingDouble(Measured::median));
    return contender.settings().stream()
        .filter(setting -> best.isPresent() && setting.toString().equals(best.get().setting()))
        .findFirst();
  }

  private static double recall(Contender contender, String setting, List<Measured> measured) {
    return point(contender, setting, measured).recall();
  }

  private static double micros(Contender contender, String setting, List<Measured> measured) {
    return point(contender, setting, measured).median();
  }

  private static Measured point(Contender contender, String setting, List<Measured> measured) {
    return measured.stream()
        .filter(point -> point.contender().equals(contender.name()))
        .filter(point -> point.setting().equals(setting))
        .findFirst()
        .orElseThrow();
  }

  /** As often as it takes about a second: what is over at once measures how threads start. */
  private static int[] repeated(int[] queries, double micros) {
    int times = (int) Math.ceil(THROUGHPUT_MICROS / (micros * queries.length));
    int[] all = new int[queries.length * Math.max(1, times)];
    for (int i = 0; i < all.length; i++) {
      all[i] = queries[i % queries.length];
    }
    return all;
  }

  private static double median(List<Double> values) {
    return values.stream().sorted().toList().get(values.size() / 2);
  }

  private void filters(Fragment fragment) throws Exception {
    for (Filters.Filtered filtered : Filters.of(set, truths, K)) {
      Asked asked = filtered.asked();
      List<Contender> able = new ArrayList<>();
      for (Contender contender : contenders) {
        if (contender.accept(asked.accepted())) {
          able.add(contender);
        }
      }
      List<Measured> measured = new Rounds(able, asked, 1).run();
      tell(filtered.name(), measured);
      List<List<String>> rows = new ArrayList<>();
      for (Series one : Series.of(measured)) {
        List<String> cells = new ArrayList<>(List.of(one.name()));
        for (double recall : new double[] {.90, .95, .99}) {
          OptionalDouble at = one.curve().microsAt(recall);
          cells.add(at.isPresent() ? String.format(Locale.ROOT, "%,.0f", at.getAsDouble()) : "-");
        }
        double most =
            one.curve().points().stream().mapToDouble(Curve.Point::recall).max().orElse(0);
        cells.add(String.format(Locale.ROOT, "%.3f", most));
        rows.add(cells);
      }
      String corner =
          "us a query, "
              + filtered.name()
              + String.format(
                  Locale.ROOT,
                  " (%,d match, %,d queries)",
                  asked.truth().matching(),
                  asked.queries().length);
      report.print(grid(corner, FILTER_HEAD, rows).toString());
      fragment.table(corner, FILTER_HEAD, rows);
    }
    for (Contender contender : contenders) {
      var _ = contender.accept(Optional.empty());
    }
  }

  private void parameters(Fragment fragment) {
    Map<String, String> all = new LinkedHashMap<>();
    contenders.forEach(contender -> all.put(contender.name(), contender.parameters()));
    fragment.list(all);
  }
}
