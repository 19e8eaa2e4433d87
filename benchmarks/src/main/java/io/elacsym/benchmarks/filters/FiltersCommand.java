package io.elacsym.benchmarks.filters;

import io.elacsym.benchmarks.endtoend.Report;
import io.elacsym.benchmarks.measure.Folders;
import io.elacsym.benchmarks.measure.Grid;
import io.elacsym.benchmarks.measure.Latencies;
import io.elacsym.benchmarks.measure.Machine;
import io.elacsym.benchmarks.measure.OwnEngine;
import io.elacsym.engine.Engine;
import io.elacsym.engine.model.Aggregate;
import io.elacsym.engine.model.Aggregated;
import io.elacsym.engine.model.Aggregation;
import io.elacsym.engine.model.DocId;
import io.elacsym.engine.model.Facet;
import io.elacsym.engine.model.Filter;
import io.elacsym.engine.model.IndexCount;
import io.elacsym.engine.model.NamespaceStats;
import io.elacsym.engine.model.Projection;
import io.elacsym.engine.model.QueryCost;
import io.elacsym.engine.model.QueryRequest;
import io.elacsym.engine.model.QueryResult;
import io.elacsym.engine.model.Ranking;
import io.elacsym.engine.model.Schema;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.SequencedMap;
import java.util.concurrent.Callable;
import java.util.function.BiFunction;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Measures filters. */
@Command(
    name = "filters",
    mixinStandardHelpOptions = true,
    showDefaultValues = true,
    description = {
      "Writes generated documents to a folder and asks for those that a filter matches: 50, 10, 1"
          + " and 0.1 %% of them, by attributes with an index and without. `count` asks how many"
          + " there are, `facet` for the ten most frequent labels among them;"
          + " `page` is a query for a hundred documents with all attributes; `search` is one for the"
          + " ten nearest vectors among the matches. Each is measured cold, in an engine that has"
          + " just started (the operating system may have the files in memory), with the waves,"
          + " requests and bytes that it took besides opening the namespace, and then warm.",
      "",
      "Attributes: number (every whole number below the count, shuffled), time (ascending with the"
          + " id), label (a word as often as the share), place (points, asked for by a box)."
    },
    footerHeading = "%nExamples:%n",
    footer = {"  bench filters", "  bench filters --documents 20000 --rounds 2     a quick look"})
public final class FiltersCommand implements Callable<Integer> {
  private static final String NAMESPACE = "filters";
  private static final int PAGE = 100;

  @Option(names = "--documents", paramLabel = "N", description = "How many.")
  private int documents = 1_000_000;

  @Option(
      names = "--dimension",
      paramLabel = "N",
      description = "Of the vectors, which are random.")
  private int dimension = 32;

  @Option(names = "--rounds", paramLabel = "N", description = "Measured rounds after one more.")
  private int rounds = 5;

  @Option(
      names = "--work",
      paramLabel = "DIR",
      description = "For the documents, which are written anew.")
  private Path work = Path.of("benchmarks", "target", "filters");

  @Override
  public Integer call() throws IOException {
    Folders.delete(work.resolve("data"));
    FilterData data = new FilterData(documents, dimension);
    NamespaceStats stats;
    try (Engine engine = open()) {
      System.out.printf(Locale.ROOT, "Writing %,d documents ...%n", documents);
      data.writeTo(engine.create(NAMESPACE, data.schema()));
      stats = engine.namespace(NAMESPACE).stats();
    }
    Report report =
        new Report(
            System.out,
            List.of(
                String.format(
                    Locale.ROOT,
                    "%,d documents of %d dimensions, %d segments, %.1f MB, of which attribute"
                        + " indexes %.1f MB",
                    documents,
                    dimension,
                    stats.segments(),
                    stats.storedBytes() / 1e6,
                    stats.indexes().stream()
                            .filter(index -> index.kind().equals("attribute"))
                            .mapToLong(IndexCount::bytes)
                            .sum()
                        / 1e6),
                rounds + " rounds after 1"));
    float[] vector = data.vector(new Random(7));
    measure(report, data, "count", (filter, _) -> only(filter, count()));
    measure(report, data, "facet", (filter, indexed) -> only(filter, labels(indexed)));
    measure(
        report,
        data,
        "page",
        (filter, _) ->
            QueryRequest.of(new Ranking.IdOrder())
                .withFilter(Optional.of(filter))
                .withTopK(PAGE)
                .withProjection(Projection.ATTRIBUTES));
    measure(
        report,
        data,
        "search",
        (filter, _) ->
            QueryRequest.of(Ranking.Nearest.of(Schema.VECTOR, vector))
                .withFilter(Optional.of(filter))
                .withProjection(Projection.IDS));
    report.print("load average " + Machine.load());
    report.write(work.resolve("results.json"));
    return 0;
  }

  /** What is computed of all matches; none of them is asked for itself. */
  private static QueryRequest only(Filter filter, Aggregation aggregation) {
    return QueryRequest.of(new Ranking.IdOrder())
        .withFilter(Optional.of(filter))
        .withTopK(0)
        .withProjection(Projection.IDS)
        .withAggregation(aggregation);
  }

  private static Aggregation count() {
    SequencedMap<String, Aggregate> aggregates = new LinkedHashMap<>();
    aggregates.put("count", new Aggregate.Count());
    return new Aggregation(aggregates, new LinkedHashMap<>(), Optional.empty());
  }

  private static Aggregation labels(boolean indexed) {
    SequencedMap<String, Facet> facets = new LinkedHashMap<>();
    facets.put("label", new Facet.Terms(FilterData.label(indexed), Facet.DEFAULT_LIMIT));
    return new Aggregation(new LinkedHashMap<>(), facets, Optional.empty());
  }

  /** Hits, or what was counted. */
  private static long found(QueryResult result) {
    return result
        .aggregated()
        .map(aggregated -> aggregated.aggregates().get("count"))
        .map(count -> ((Aggregated.Whole) count).value().longValueExact())
        .orElseGet(
            () -> (long) result.aggregated().map(Aggregated::size).orElse(result.hits().size()));
  }

  private void measure(
      Report report,
      FilterData data,
      String kind,
      BiFunction<Filter, Boolean, QueryRequest> request) {
    Grid grid =
        new Grid(kind, "index", "cold p50 ms", "waves", "requests", "MB", "warm p50 ms", "found");
    for (double share : FilterData.SHARES) {
      for (String name : data.filters(share, true).sequencedKeySet()) {
        for (boolean indexed : new boolean[] {true, false}) {
          Filter filter = data.filters(share, indexed).get(name);
          row(report, grid, kind, share, name, indexed, request.apply(filter, indexed));
        }
      }
    }
    report.print(grid.toString());
  }

  private void row(
      Report report,
      Grid grid,
      String kind,
      double share,
      String name,
      boolean indexed,
      QueryRequest request) {
    long[] cold = new long[rounds];
    List<QueryCost> costs = new ArrayList<>();
    long found = 0;
    for (int round = -1; round < rounds; round++) {
      try (Engine engine = open()) {
        engine.namespace(NAMESPACE).get(DocId.of(0), Projection.IDS);
        long start = System.nanoTime();
        QueryResult result = engine.query(NAMESPACE, request);
        if (round >= 0) {
          cold[round] = System.nanoTime() - start;
          costs.add(result.cost());
          found = found(result);
        }
      }
    }
    long[] warm = new long[rounds];
    try (Engine engine = open()) {
      for (int round = -1; round < rounds; round++) {
        long start = System.nanoTime();
        engine.query(NAMESPACE, request);
        if (round >= 0) {
          warm[round] = System.nanoTime() - start;
        }
      }
    }
    QueryCost cost = costs.getLast();
    double coldMillis = new Latencies(cold).millis(50);
    double warmMillis = new Latencies(warm).millis(50);
    String title = String.format(Locale.ROOT, "%s %.1f %%", name, 100 * share);
    grid.row(
        title,
        indexed ? "yes" : "no",
        String.format(Locale.ROOT, "%.2f", coldMillis),
        Integer.toString(cost.waves()),
        Integer.toString(cost.requests()),
        String.format(Locale.ROOT, "%.2f", cost.bytes() / 1e6),
        String.format(Locale.ROOT, "%.2f", warmMillis),
        Long.toString(found));
    report
        .object(kind, title + (indexed ? ", indexed" : ""))
        .put("cold_p50_ms", coldMillis)
        .put("warm_p50_ms", warmMillis)
        .put("waves", cost.waves())
        .put("requests", cost.requests())
        .put("bytes", cost.bytes())
        .put("found", found);
  }

  private Engine open() {
    return OwnEngine.open(
        Map.of(
            "storage.backend", "local",
            "storage.local.root_path", work.resolve("data").toString(),
            "cache.disk_size", "0"));
  }
}
