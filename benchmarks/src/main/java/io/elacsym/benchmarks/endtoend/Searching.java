package io.elacsym.benchmarks.endtoend;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.elacsym.benchmarks.data.Dataset;
import io.elacsym.benchmarks.data.Query;
import io.elacsym.benchmarks.measure.Grid;
import io.elacsym.benchmarks.measure.Machine;
import io.elacsym.benchmarks.measure.Truth;
import io.elacsym.benchmarks.server.Client;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.IntPredicate;
import java.util.function.Supplier;

/** Measures every kind of query on a loaded namespace. */
final class Searching {
  private static final List<Double> TARGETS = List.of(.5, .8, .9, .95, .98, .99, .999, 1.0);
  private static final List<Integer> IVF_EFFORTS = List.of(1, 2, 4, 8, 16, 32, 64, 128);
  private static final List<Integer> HNSW_EFFORTS = List.of(10, 20, 40, 80, 160, 320, 640);

  /**
   * A filter as the server is asked for it, and the same filter over our own copy of the documents.
   */
  private record Selected(
      String name, String field, String op, Object value, IntPredicate documents) {}

  private final Client client;
  private final Dataset data;
  private final Report report;
  private final Runner runner;
  private final Answers answers;

  Searching(
      Client client,
      Supplier<Duration> cpuTime,
      Dataset data,
      Report report,
      int warmups,
      int calls) {
    this.client = client;
    this.data = data;
    this.report = report;
    this.runner = new Runner(client, cpuTime, warmups, calls);
    this.answers = new Answers(data);
  }

  void run(String index) throws Exception {
    firstQuery();
    client.call("POST", "/warm", new byte[0]);
    List<float[]> glossVectors = data.glosses().stream().map(Query::vector).toList();
    List<float[]> phraseVectors = data.phrases().stream().map(Query::vector).toList();
    Truth glossTruth = Truth.of(data.vectors(), glossVectors, Workload.TOP_K, i -> true);
    Truth phraseTruth = Truth.of(data.vectors(), phraseVectors, Workload.TOP_K, i -> true);
    kinds(glossTruth, phraseTruth);
    filters(glossVectors);
    curve("recall_target", glossTruth, TARGETS, List.of());
    curve("effort", glossTruth, List.of(), index.equals("hnsw") ? HNSW_EFFORTS : IVF_EFFORTS);
    throughput();
  }

  /**
   * Measures one query right after the start of the server, when nothing of the namespace is in
   * memory.
   */
  private void firstQuery() {
    Workload one =
        Workload.queries(
            "first",
            client,
            data.glosses().subList(0, 1),
            (body, query) -> {
              Workload.vector(body, query);
              body.put("explain", true);
            });
    long start = System.nanoTime();
    JsonNode cost = Client.tree(client.send(one.requests().getFirst())).path("cost");
    double millis = (System.nanoTime() - start) / 1e6;
    ObjectNode result = report.object("first_query", "vector").put("millis", millis);
    result.set("cost", cost);
    report.print(
        String.format(
            Locale.ROOT,
            "first query after a restart: %.0f ms, %d waves, %d requests, %.1f MB read%n",
            millis,
            cost.path("waves").asInt(),
            cost.path("requests").asInt(),
            cost.path("bytes").asLong() / 1e6));
  }

  private void kinds(Truth glossTruth, Truth phraseTruth) {
    Grid grid = grid("warm, one client");
    List<Query> glosses = data.glosses();
    List<Query> phrases = data.phrases();
    BiConsumer<ObjectNode, Query> vector = Workload::vector;
    BiConsumer<ObjectNode, Query> text = Workload::text;
    BiConsumer<ObjectNode, Query> hybrid = Workload::hybrid;
    measure(grid, "get by id", gets(), Optional.empty());
    measure(grid, "vector, glosses", glosses, vector, Optional.of(glossTruth));
    measure(grid, "vector, phrases", phrases, vector, Optional.of(phraseTruth));
    measure(
        grid,
        "vector, glosses, ids only",
        glosses,
        vector.andThen((body, query) -> body.putArray("include_attributes")),
        Optional.of(glossTruth));
    measure(grid, "full text, glosses", glosses, text, Optional.empty());
    measure(grid, "full text, phrases", phrases, text, Optional.empty());
    measure(grid, "hybrid, glosses", glosses, hybrid, Optional.empty());
    measure(grid, "hybrid, phrases", phrases, hybrid, Optional.empty());
    report.print(grid.toString());
  }

  private Workload gets() {
    List<HttpRequest> requests = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      long id = data.ids()[(int) ((long) i * data.count() / 1_000)];
      requests.add(client.request("GET", "/documents/" + id, new byte[0]));
    }
    return new Workload("get by id", requests);
  }

  private void filters(List<float[]> vectors) {
    Grid grid = grid("filtered, glosses");
    List<Selected> filters =
        List.of(
            shard("50 %", 500),
            shard("10 %", 100),
            shard("1 %", 10),
            shard("0.1 %", 1),
            new Selected(
                "pos = verb", "pos", "eq", "verb", i -> data.partsOfSpeech().get(i).equals("verb")),
            new Selected(
                "category = animal",
                "category",
                "eq",
                "animal",
                i -> data.categories().get(i).equals("animal")));
    for (Selected filter : filters) {
      Truth truth = Truth.of(data.vectors(), vectors, Workload.TOP_K, filter.documents());
      BiConsumer<ObjectNode, Query> where =
          Workload.filter(filter.field(), filter.op(), filter.value());
      String matches =
          String.format(Locale.ROOT, "%s (%,d match)", filter.name(), truth.matching());
      measure(
          grid,
          "vector, " + matches,
          data.glosses(),
          where.andThen(Workload::vector),
          Optional.of(truth));
      measure(
          grid,
          "full text, " + filter.name(),
          data.glosses(),
          where.andThen(Workload::text),
          Optional.empty());
    }
    measure(
        grid,
        "filter only, 1 %",
        data.glosses(),
        Workload.filter("shard", "lt", 10),
        Optional.empty());
    measure(
        grid,
        "filter only, pos = verb",
        data.glosses(),
        Workload.filter("pos", "eq", "verb"),
        Optional.empty());
    report.print(grid.toString());
  }

  private Selected shard(String name, int below) {
    return new Selected(name, "shard", "lt", below, i -> data.shards()[i] < below);
  }

  private void curve(String what, Truth truth, List<Double> targets, List<Integer> efforts) {
    Grid grid = grid("curve of " + what + ", glosses, ids only");
    BiConsumer<ObjectNode, Query> vector = Workload::vector;
    for (double target : targets) {
      measure(
          grid,
          what + " " + target,
          data.glosses(),
          vector.andThen(Workload.depth(Optional.of(target), Optional.empty())),
          Optional.of(truth));
    }
    for (int effort : efforts) {
      measure(
          grid,
          what + " " + effort,
          data.glosses(),
          vector.andThen(Workload.depth(Optional.empty(), Optional.of(effort))),
          Optional.of(truth));
    }
    report.print(grid.toString());
  }

  private void throughput() throws Exception {
    Grid grid =
        new Grid("throughput, queries/s", "1 client", "2 clients", "4 clients", "8 clients");
    BiConsumer<ObjectNode, Query> vector = Workload::vector;
    BiConsumer<ObjectNode, Query> text = Workload::text;
    BiConsumer<ObjectNode, Query> hybrid = Workload::hybrid;
    row(grid, Workload.queries("vector", client, data.glosses(), vector));
    row(grid, Workload.queries("full text", client, data.glosses(), text));
    row(grid, Workload.queries("hybrid", client, data.glosses(), hybrid));
    report.print(grid.toString());
  }

  private void row(Grid grid, Workload workload) throws Exception {
    ObjectNode result = report.object("throughput", workload.name());
    List<String> cells = new ArrayList<>(List.of(workload.name()));
    for (int callers : new int[] {1, 2, 4, 8}) {
      double rate = runner.throughput(workload, callers);
      result.put("clients_" + callers, rate);
      cells.add(String.format(Locale.ROOT, "%,.0f", rate));
    }
    grid.row(cells.toArray(String[]::new));
  }

  private static Grid grid(String what) {
    return new Grid(what, "p50 ms", "p90 ms", "p99 ms", "CPU ms", "recall@10", "load");
  }

  private void measure(
      Grid grid,
      String name,
      List<Query> queries,
      BiConsumer<ObjectNode, Query> shape,
      Optional<Truth> truth) {
    Workload workload = Workload.queries(name, client, queries, shape);
    measure(grid, name, workload, truth.map(exact -> new Expected(queries, exact)));
  }

  /** Queries and the right answers to them. */
  private record Expected(List<Query> queries, Truth truth) {}

  private void measure(Grid grid, String name, Workload workload, Optional<Expected> expected) {
    Runner.Outcome outcome = runner.run(workload);
    ObjectNode result = report.object("queries", name);
    List<String> cells = new ArrayList<>(List.of(name));
    for (double percent : new double[] {50, 90, 99}) {
      double millis = outcome.latencies().millis(percent);
      result.put("p" + (int) percent + "_ms", millis);
      cells.add(String.format(Locale.ROOT, "%.2f", millis));
    }
    result.put("mean_ms", outcome.latencies().meanMillis());
    result.put("server_cpu_ms", outcome.cpuMillis());
    cells.add(String.format(Locale.ROOT, "%.2f", outcome.cpuMillis()));
    if (expected.isPresent()) {
      Expected known = expected.get();
      double recall = answers.recall(outcome.answers(), known.queries(), known.truth());
      result.put("recall_at_10", recall);
      cells.add(String.format(Locale.ROOT, "%.4f", recall));
    } else {
      cells.add("");
    }
    result.put("load", Machine.load());
    cells.add(Machine.load());
    grid.row(cells.toArray(String[]::new));
  }
}
