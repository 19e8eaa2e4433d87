package io.elacsym.benchmarks.texts;

import io.elacsym.benchmarks.cold.Documents;
import io.elacsym.benchmarks.data.DataOptions;
import io.elacsym.benchmarks.data.Dataset;
import io.elacsym.benchmarks.data.Query;
import io.elacsym.benchmarks.measure.Machine;
import io.elacsym.benchmarks.measure.OwnEngine;
import io.elacsym.engine.Engine;
import io.elacsym.engine.model.Consistency;
import io.elacsym.engine.model.Namespace;
import io.elacsym.engine.model.Projection;
import io.elacsym.engine.model.QueryRequest;
import io.elacsym.engine.model.Ranking;
import io.elacsym.engine.model.Schema;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Measures what a hybrid query costs beside its halves. */
@Command(
    name = "hybrid",
    mixinStandardHelpOptions = true,
    description = {
      "Asks for the ten best of WordNet's definitions by vector and text, warm, through the engine"
          + " (one segment, eventual consistency, ids only), and in turns for as many by each of"
          + " them alone as the fusion ranks."
    },
    footerHeading = "%nExamples:%n",
    footer = {"  bench hybrid", "  bench hybrid --documents 20000     a quick look"})
public final class HybridCommand implements Callable<Integer> {
  private static final String TEXT = "gloss";
  private static final int TOP = 10;

  @Mixin private DataOptions data = new DataOptions();

  @Option(
      names = "--documents",
      paramLabel = "N",
      description = "How many, the first ones. Default: ${DEFAULT-VALUE}")
  private int documents = 100_000;

  @Option(
      names = "--queries",
      paramLabel = "N",
      description = "How many of each set of queries. Default: ${DEFAULT-VALUE}")
  private int queries = 100;

  @Mixin private Turns turns = new Turns();

  @Option(
      names = "--depths",
      split = ",",
      paramLabel = "N",
      description = "How many each half ranks. Default: ${DEFAULT-VALUE}")
  private List<Integer> depths = List.of(10, 100, Ranking.Fusion.DEFAULT_DEPTH);

  @Override
  public Integer call() throws IOException {
    Dataset dataset = Dataset.read(data.files(), 1);
    Machine.facts().forEach((name, fact) -> System.out.printf("%-10s %s%n", name, fact));
    System.out.printf("%,d documents, %,d queries of each set, %s%n", documents, queries, turns);
    try (Engine engine = OwnEngine.quiet(Files.createTempDirectory("bench-hybrid"))) {
      Documents source = new Documents(data.files(), documents);
      Namespace namespace = engine.create("hybrid", source.schema());
      source.writeTo(namespace);
      namespace.compact();
      measure(namespace, "glosses", dataset.glosses().subList(0, queries));
      measure(namespace, "phrases", dataset.phrases().subList(0, queries));
    }
    System.out.println("\nload at the end: " + Machine.load());
    return 0;
  }

  private void measure(Namespace namespace, String set, List<Query> asked) throws IOException {
    List<Turns.Kind<Query>> kinds = new ArrayList<>();
    for (int depth : depths) {
      List.<Function<Query, QueryRequest>>of(
              query -> request(vector(query), depth),
              query -> request(text(query), depth),
              query -> request(both(query, depth), TOP))
          .forEach(request ->
              kinds.add(new Turns.Kind<>(asked, query -> namespace.query(request.apply(query)))));
    }
    turns.warmUp(kinds);
    Iterator<Double> micros = turns.medians(kinds).iterator();
    System.out.printf(
        "%n%-20s %12s %12s %12s %16s%n",
        set, "vector us", "text us", "both us", "both/dearer half");
    for (int depth : depths) {
      double vector = micros.next();
      double text = micros.next();
      double both = micros.next();
      System.out.printf(
          "%-20s %12.1f %12.1f %12.1f %16.2f%n",
          "depth " + depth, vector, text, both, both / Math.max(vector, text));
    }
  }

  private static Ranking vector(Query query) {
    return Ranking.Nearest.of(Schema.VECTOR, query.vector());
  }

  private static Ranking text(Query query) {
    return new Ranking.Bm25(List.of(new Ranking.WeightedField(TEXT, 1)), query.text());
  }

  private static Ranking both(Query query, int depth) {
    return new Ranking.Fusion(
        List.of(
            new Ranking.WeightedClause(vector(query), 1),
            new Ranking.WeightedClause(text(query), 1)),
        new Ranking.Method.ReciprocalRank(Ranking.Method.ReciprocalRank.DEFAULT_CONSTANT),
        depth);
  }

  private static QueryRequest request(Ranking ranking, int topK) {
    return QueryRequest.of(ranking)
        .withTopK(topK)
        .withProjection(Projection.IDS)
        .withConsistency(Consistency.EVENTUAL);
  }
}
