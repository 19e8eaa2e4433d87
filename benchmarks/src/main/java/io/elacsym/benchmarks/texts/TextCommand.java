package io.elacsym.benchmarks.texts;

import io.elacsym.benchmarks.measure.Latencies;
import io.elacsym.benchmarks.measure.Machine;
import io.elacsym.index.bm25.Bm25IndexProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Measures text search beside plain Lucene. */
@Command(
    name = "text",
    mixinStandardHelpOptions = true,
    description = {
      "Asks for the ten best texts by BM25, warm: through the engine (one segment, eventual"
          + " consistency, ids only), through the index plugin alone, and through plain Lucene over a mapped index of one segment,"
          + " in one process and in turns. The texts are WordNet's definitions, repeated with"
          + " changes where there are not enough of them; then it says so. It exits with 1 when"
          + " engine and Lucene do not find the same scores (but for prefixes, which the engine also takes for words)."
    },
    footerHeading = "%nExamples:%n",
    footer = {"  bench text", "  bench text --documents 1000000"})
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
      description = "How often each of them is timed. Default: ${DEFAULT-VALUE}")
  private int rounds = 30;

  @Option(
      names = "--warm-up",
      paramLabel = "S",
      description =
          "For how many seconds all of them are asked in turns before any is timed, so that the"
              + " compiler is done with them. Default: ${DEFAULT-VALUE}")
  private int warmUp = 60;

  @Option(names = "--seed", description = "Of the queries. Default: ${DEFAULT-VALUE}")
  private long seed = 42;

  @Override
  public Integer call() throws IOException {
    Definitions definitions = Definitions.read(documents, seed);
    Machine.facts().forEach((name, fact) -> System.out.printf("%-10s %s%n", name, fact));
    System.out.printf(
        "%,d texts of %,d definitions%s, %,d queries of each kind, %d s of warm-up, %d rounds,"
            + " seed %d%n%n",
        documents,
        definitions.different(),
        definitions.areRepeated() ? ", REPEATED with changes" : "",
        queries,
        warmUp,
        rounds,
        seed);
    Path folder = Files.createTempDirectory("bench-text");
    boolean same = true;
    try (EngineRanker engine =
            new EngineRanker(definitions.texts(), Files.createDirectory(folder.resolve("engine")));
        LuceneRanker lucene =
            new LuceneRanker(definitions.texts(), Files.createDirectory(folder.resolve("lucene")));
        PluginRanker plugin = new PluginRanker(new Bm25IndexProvider(), definitions.texts())) {
      System.out.printf("segments of the engine: %d%n%n", engine.segments());
      System.out.printf(
          "%-16s %12s %12s %12s %14s %14s %14s%n",
          "",
          "engine us",
          "plugin us",
          "Lucene us",
          "engine/Lucene",
          "plugin/Lucene",
          "other scores");
      Map<Asked.Kind, List<Asked>> asked = new EnumMap<>(Asked.Kind.class);
      for (Asked.Kind kind : Asked.Kind.values()) {
        asked.put(kind, Asked.draw(kind, definitions.texts(), queries, new Random(seed)));
      }
      warmUp(asked.values(), List.of(engine, plugin, lucene));
      for (Map.Entry<Asked.Kind, List<Asked>> kind : asked.entrySet()) {
        same &= measure(kind.getKey(), kind.getValue(), engine, plugin, lucene);
      }
    }
    System.out.println("\nload at the end: " + Machine.load());
    return same ? 0 : 1;
  }

  private void warmUp(Collection<List<Asked>> kinds, List<Ranker> rankers) throws IOException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(warmUp);
    while (System.nanoTime() - end < 0) {
      for (List<Asked> asked : kinds) {
        for (Ranker ranker : rankers) {
          millis(asked, ranker);
        }
      }
    }
  }

  /** Whether both have found the same scores. */
  private boolean measure(
      Asked.Kind kind, List<Asked> asked, Ranker engine, Ranker plugin, Ranker lucene)
      throws IOException {
    int others = 0;
    for (Asked one : asked) {
      others += isSame(engine.best(one), lucene.best(one)) ? 0 : 1;
    }
    List<Double> ofEngine = new ArrayList<>();
    List<Double> ofPlugin = new ArrayList<>();
    List<Double> ofLucene = new ArrayList<>();
    for (int round = 0; round < rounds; round++) {
      ofEngine.add(millis(asked, engine));
      ofPlugin.add(millis(asked, plugin));
      ofLucene.add(millis(asked, lucene));
    }
    double own = median(ofEngine);
    double part = median(ofPlugin);
    double theirs = median(ofLucene);
    System.out.printf(
        "%-16s %12.1f %12.1f %12.1f %14.2f %14.2f %14d%n",
        kind, own * 1_000, part * 1_000, theirs * 1_000, own / theirs, part / theirs, others);
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
