package io.elacsym.benchmarks.texts;

import io.elacsym.benchmarks.measure.Machine;
import io.elacsym.index.bm25.Bm25IndexProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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

  @Mixin private Turns turns = new Turns();

  @Option(names = "--seed", description = "Of the queries. Default: ${DEFAULT-VALUE}")
  private long seed = 42;

  @Override
  public Integer call() throws IOException {
    Definitions definitions = Definitions.read(documents, seed);
    Machine.facts().forEach((name, fact) -> System.out.printf("%-10s %s%n", name, fact));
    System.out.printf(
        "%,d texts of %,d definitions%s, %,d queries of each kind, %s, seed %d%n%n",
        documents,
        definitions.different(),
        definitions.areRepeated() ? ", REPEATED with changes" : "",
        queries,
        turns,
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
      List<Ranker> rankers = List.of(engine, plugin, lucene);
      Map<Asked.Kind, List<Asked>> asked = new EnumMap<>(Asked.Kind.class);
      for (Asked.Kind kind : Asked.Kind.values()) {
        asked.put(kind, Asked.draw(kind, definitions.texts(), queries, new Random(seed)));
      }
      turns.warmUp(asked.values().stream().flatMap(own -> kinds(own, rankers).stream()).toList());
      for (Map.Entry<Asked.Kind, List<Asked>> kind : asked.entrySet()) {
        same &= measure(kind.getKey(), kind.getValue(), rankers);
      }
    }
    System.out.println("\nload at the end: " + Machine.load());
    return same ? 0 : 1;
  }

  private static List<Turns.Kind<Asked>> kinds(List<Asked> asked, List<Ranker> rankers) {
    return rankers.stream().map(ranker -> new Turns.Kind<>(asked, ranker::best)).toList();
  }

  /**
   * Whether the first and the last have found the same scores.
   *
   * @param rankers the engine, the plugin and Lucene
   */
  private boolean measure(Asked.Kind kind, List<Asked> asked, List<Ranker> rankers)
      throws IOException {
    int others = 0;
    for (Asked one : asked) {
      others += isSame(rankers.getFirst().best(one), rankers.getLast().best(one)) ? 0 : 1;
    }
    Iterator<Double> micros = turns.medians(kinds(asked, rankers)).iterator();
    double engine = micros.next();
    double plugin = micros.next();
    double lucene = micros.next();
    System.out.printf(
        "%-16s %12.1f %12.1f %12.1f %14.2f %14.2f %14d%n",
        kind, engine, plugin, lucene, engine / lucene, plugin / lucene, others);
    // To the engine a prefix is also a word that may be whole, of which Lucene's query knows
    // nothing.
    return others == 0 || kind == Asked.Kind.PREFIX;
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
