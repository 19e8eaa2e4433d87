package io.elacsym.examples.dictionary;

import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The reverse dictionary: finds the word when you only know what it means. */
@Command(
    name = "reverse-dictionary",
    mixinStandardHelpOptions = true,
    version = "Elacsym reverse dictionary 0.1.0",
    sortOptions = false,
    description = {
      "Finds words by what they mean: the demo of the Elacsym search database.",
      "",
      "Reads the definitions of WordNet 3.1, turns each into a vector with a small language model"
          + " (in this process, no network), loads the documents into a namespace over HTTP and"
          + " shows a few queries. Vectors are kept in a file, so that only the first run computes"
          + " them; a namespace that is loaded already is left as it is.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  The small dictionary, a few thousand familiar words, and the tour of queries:",
      "    java -cp 'demo/*' io.elacsym.examples.dictionary.Main",
      "  Your own look-up, once it is loaded:",
      "    ... --query \"inability to sleep\"",
      "  All 117,791 meanings, rare words too:",
      "    ... --all --no-queries",
      "    ... --query \"someone who is afraid of spiders\"",
      "  The documents with their vectors as a file, without a server:",
      "    ... --all --export-jsonl dictionary.jsonl"
    })
public final class Main implements Callable<Integer> {

  private static final int DEFAULT_LIMIT = 5_000;
  private static final int LONGEST_HELP_LINE = 100;
  private static final int TOUR_RESULTS = 4;
  private static final int QUERY_RESULTS = 10;
  private static final String CACHE_FILE = "dictionary-minilm.bin";

  @Option(
      names = "--server",
      paramLabel = "URL",
      defaultValue = "http://127.0.0.1:3000",
      description = "Where Elacsym listens. Default: ${DEFAULT-VALUE}")
  private URI server = URI.create("http://127.0.0.1:3000");

  @Option(
      names = "--namespace",
      paramLabel = "NAME",
      defaultValue = "dictionary",
      description = "The namespace to load and ask. Default: ${DEFAULT-VALUE}")
  private String namespace = "dictionary";

  @Option(
      names = "--query",
      paramLabel = "TEXT",
      description = "Only look up the words that mean TEXT, in a namespace loaded before.")
  private @Nullable String query;

  @Option(names = "--all", description = "Take all of WordNet, not only the familiar words.")
  private boolean all;

  @Option(
      names = "--limit",
      paramLabel = "N",
      description =
          "How many meanings to take: about the N most familiar, or with --all the first N."
              + " Default: "
              + DEFAULT_LIMIT
              + ", or all with --all")
  private @Nullable Integer limit;

  @Option(
      names = "--cache",
      paramLabel = "DIR",
      description =
          "Where computed vectors are kept, in "
              + CACHE_FILE
              + ". Default: $${XDG_CACHE_HOME:-~/.cache}/elacsym")
  private @Nullable Path cache;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "How many texts are embedded at a time. Default: one per processor")
  private int threads = Runtime.getRuntime().availableProcessors();

  @Option(
      names = "--export-jsonl",
      paramLabel = "FILE",
      description =
          "Only write the documents with their vectors to FILE, one JSON object a line; no server"
              + " is needed.")
  private @Nullable Path exportFile;

  @Option(names = "--no-queries", description = "Load, but do not show the tour of queries.")
  private boolean noQueries;

  private final Screen screen;

  private @Nullable Embedder loadedEmbedder;

  private Main(Screen screen) {
    this.screen = screen;
  }

  /**
   * Runs the program and ends the process.
   *
   * @param arguments see {@code --help}
   */
  public static void main(String[] arguments) {
    // The tokenizer's library would report each of its steps.
    Logger.getLogger("").setLevel(Level.WARNING);
    System.exit(run(Screen.standard(), System.err, arguments));
  }

  /** Runs the program; returns 0 if all went well, 1 for a failure, 2 for wrong arguments. */
  static int run(Screen screen, PrintStream errors, String... arguments) {
    return new CommandLine(new Main(screen))
        .setOut(new PrintWriter(screen.out(), true, screen.out().charset()))
        .setErr(new PrintWriter(errors, true, errors.charset()))
        .setUsageHelpWidth(Math.min(screen.width(), LONGEST_HELP_LINE))
        .setExecutionExceptionHandler((failure, commandLine, parsed) -> {
          if (!(failure instanceof Failure || failure instanceof IOException)) {
            throw failure;
          }
          commandLine.getErr().println("reverse-dictionary: " + failure.getMessage());
          return CommandLine.ExitCode.SOFTWARE;
        })
        .execute(arguments);
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    checkArguments();
    if (exportFile != null) {
      export(exportFile);
      return CommandLine.ExitCode.OK;
    }
    try (ElacsymClient client = new ElacsymClient(server)) {
      if (query != null) {
        new Tour(client, namespace, embedder(), screen)
            .ask(Question.byMeaning(query), QUERY_RESULTS);
        return CommandLine.ExitCode.OK;
      }
      load(client);
      if (!noQueries) {
        showTour(client);
      }
    }
    return CommandLine.ExitCode.OK;
  }

  private void checkArguments() {
    if (!List.of("http", "https").contains(String.valueOf(server.getScheme()))
        || server.getHost() == null) {
      throw new Failure("--server " + server + ": expected an address like http://127.0.0.1:3000");
    }
    if (limit != null && limit < 1) {
      throw new Failure("--limit " + limit + ": expected 1 or more");
    }
    if (threads < 1) {
      throw new Failure("--threads " + threads + ": expected 1 or more");
    }
  }

  private void load(ElacsymClient client) throws IOException, InterruptedException {
    Loader loader = new Loader(client, namespace, screen);
    long loaded = loader.prepare();
    if (holdsAll(loaded, all ? Integer.MAX_VALUE : familiarLimit())) {
      return;
    }
    List<Entry> entries = entries();
    if (holdsAll(loaded, entries.size())) {
      return;
    }
    try (EmbeddingCache vectorFile = openCache()) {
      Vectors vectors = computed(entries, vectorFile);
      loader.load(entries, vectors::of);
    }
  }

  /** The choices are parts of each other, so that the count alone tells what is loaded. */
  private boolean holdsAll(long loaded, int wanted) {
    if (loaded < wanted) {
      return false;
    }
    screen.line("Namespace " + namespace + " holds " + loaded + " meanings already.");
    return true;
  }

  private int familiarLimit() {
    return limit == null ? DEFAULT_LIMIT : limit;
  }

  private void export(Path file) throws IOException, InterruptedException {
    List<Entry> entries = entries();
    try (EmbeddingCache vectorFile = openCache()) {
      Vectors vectors = computed(entries, vectorFile);
      JsonLinesExport.write(file, entries, vectors::of, screen);
    }
  }

  private List<Entry> entries() {
    screen.line("Reading WordNet 3.1 ...");
    List<Entry> everything = WordNet.readAll();
    if (!all) {
      return Selection.familiar(everything, familiarLimit());
    }
    return limit == null ? everything : everything.subList(0, Math.min(limit, everything.size()));
  }

  private EmbeddingCache openCache() throws IOException {
    Path directory = cache != null ? cache : defaultCacheDirectory();
    EmbeddingCache opened =
        EmbeddingCache.open(directory.resolve(CACHE_FILE), Embedder.MODEL, Embedder.DIMENSIONS);
    if (opened.damaged() > 0) {
      screen.line(opened.damaged() + " damaged vectors in the cache are computed again.");
    }
    return opened;
  }

  private static Path defaultCacheDirectory() {
    return Optional.ofNullable(System.getenv("XDG_CACHE_HOME"))
        .filter(value -> !value.isBlank())
        .map(Path::of)
        .orElseGet(() -> Path.of(System.getProperty("user.home"), ".cache"))
        .resolve("elacsym");
  }

  private Vectors computed(List<Entry> entries, EmbeddingCache vectorFile)
      throws IOException, InterruptedException {
    Vectors vectors = new Vectors(vectorFile);
    Supplier<Embedder> model = this::embedder;
    vectors.computeMissing(entries, model, threads, screen);
    return vectors;
  }

  /** The model, loaded when first needed: many runs need none. */
  private Embedder embedder() {
    Embedder ready = loadedEmbedder;
    if (ready == null) {
      ready = new Embedder();
      loadedEmbedder = ready;
    }
    return ready;
  }

  private void showTour(ElacsymClient client) throws InterruptedException {
    Tour tour = new Tour(client, namespace, embedder(), screen);
    for (Question question : Question.tour()) {
      tour.ask(question, TOUR_RESULTS);
    }
    screen.blank();
    screen.line("What to try next:");
    screen.line("  Is it well?        curl -s " + server + "/health");
    screen.line("  What is in there?  curl -s " + client.path(namespace, ""));
    screen.line("  Your own look-up:  this program with --query \"inability to sleep\"");
    screen.line("  All of WordNet:    this program with --all (117,791 meanings)");
    screen.line("  The command line:  elacsym query --help");
    screen.line("  How it works:      README.md and docs/");
  }
}
