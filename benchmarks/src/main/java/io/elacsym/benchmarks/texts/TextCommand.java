package io.elacsym.benchmarks.texts;

import io.elacsym.benchmarks.measure.Latencies;
import io.elacsym.benchmarks.measure.Machine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Measures text search beside plain Lucene. */
@Command(
    name = "text",
    mixinStandardHelpOptions = true,
    description = {
      "Asks for the ten best texts by BM25, warm: through the engine (one segment, eventual"
          + " consistency, ids only) and through plain Lucene over a mapped index of one segment,"
          + " in one process and in turns. The texts are WordNet's definitions, repeated with"
          + " changes where there are not enough of them; then it says so. It exits with 1 when the"
          + " two do not find the same scores (but for prefixes, which the engine also takes for words)."
    },
    footerHeading = "%nExamples:%n",
    footer = {"  bench text", "  bench text --documents 1000000 --rounds 15"})
public final class TextCommand implements Callable<Integer> {
  /** Of scores, so that the order of additions does not count. */
  private static final double SAME = 1e-4;

  @Option(
      names = "--documents",
      paramLabel = "N",
      description = "How many texts. Default: ${DEFAULT-VALUE}")
  private int documents = 100_000;

  @Option(
      names = "--queries",
      paramLabel = "N",
      description = "How many queries of each kind. Default: ${DEFAULT-VALUE}")
  private int queries = 200;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      description =
          "How often each of them is timed, after as many rounds that are not."
              + " Default: ${DEFAULT-VALUE}")
  private int rounds = 9;

  @Option(names = "--seed", description = "Of the queries. Default: ${DEFAULT-VALUE}")
  private long seed = 42;

  @Override
  public Integer call() throws IOException {
    Definitions definitions = Definitions.read(documents, seed);
    Machine.facts().forEach((name, fact) -> System.out.printf("%-10s %s%n", name, fact));
    System.out.printf(
        "%,d texts of %,d definitions%s, %,d queries of each kind, %d rounds, seed %d%n%n",
        documents,
        definitions.different(),
        definitions.areRepeated() ? ", REPEATED with changes" : "",
        queries,
        rounds,
        seed);
    Path folder = Files.createTempDirectory("bench-text");
    boolean same = true;
    try (EngineRanker engine =
            new EngineRanker(definitions.texts(), Files.createDirectory(folder.resolve("engine")));
        LuceneRanker lucene =
            new LuceneRanker(
                definitions.texts(), Files.createDirectory(folder.resolve("lucene")))) {
      System.out.printf("segments of the engine: %d%n%n", engine.segments());
      System.out.printf(
          "%-16s %12s %12s %8s %14s%n", "", "engine us", "Lucene us", "ratio", "other scores");
      for (Asked.Kind kind : Asked.Kind.values()) {
        List<Asked> asked = Asked.draw(kind, definitions.texts(), queries, new Random(seed));
        same &= measure(kind, asked, engine, lucene);
      }
    }
    System.out.println("\nload at the end: " + Machine.load());
    return same ? 0 : 1;
  }

  /** Whether both have found the same scores. */
  private boolean measure(Asked.Kind kind, List<Asked> asked, Ranker engine, Ranker lucene)
      throws IOException {
    int others = 0;
    for (Asked one : asked) {
      others += isSame(engine.best(one), lucene.best(one)) ? 0 : 1;
    }
    for (int round = 0; round < rounds; round++) {
      millis(asked, engine);
      millis(asked, lucene);
    }
    List<Double> ofEngine = new ArrayList<>();
    List<Double> ofLucene = new ArrayList<>();
    for (int round = 0; round < rounds; round++) {
      ofEngine.add(millis(asked, engine));
      ofLucene.add(millis(asked, lucene));
    }
    double own = median(ofEngine);
    double theirs = median(ofLucene);
    System.out.printf(
        "%-16s %12.1f %12.1f %8.2f %14d%n",
        kind, own * 1_000, theirs * 1_000, own / theirs, others);
    // To the engine a prefix is also a word that may be whole, of which Lucene's query knows
    // nothing.
    return others == 0 || kind == Asked.Kind.PREFIX;
  }

  private static double median(List<Double> rounds) {
    return rounds.stream().sorted().toList().get(rounds.size() / 2);
  }

  /** The median of one round. */
  private static double millis(List<Asked> asked, Ranker ranker) throws IOException {
    long[] nanos = new long[asked.size()];
    for (int i = 0; i < nanos.length; i++) {
      long start = System.nanoTime();
      ranker.best(asked.get(i));
      nanos[i] = System.nanoTime() - start;
    }
    return new Latencies(nanos).millis(50);
  }

  private static boolean isSame(double[] a, double[] b) {
    if (a.length != b.length) {
      return false;
    }
    for (int i = 0; i < a.length; i++) {
      if (Math.abs(a[i] - b[i]) > SAME * Math.abs(b[i])) {
        return false;
      }
    }
    return true;
  }
}
