package io.elacsym.benchmarks.endtoend;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.elacsym.benchmarks.data.DataFiles;
import io.elacsym.benchmarks.data.DataOptions;
import io.elacsym.benchmarks.data.Dataset;
import io.elacsym.benchmarks.measure.Machine;
import io.elacsym.benchmarks.server.Client;
import io.elacsym.benchmarks.server.Installation;
import io.elacsym.benchmarks.server.Server;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Measures a server from outside. */
@Command(
    name = "end-to-end",
    mixinStandardHelpOptions = true,
    showDefaultValues = true,
    description = {
      "Starts the packaged server with empty local storage and its default settings, loads the"
          + " documents of `bench data` (by `elacsym import`, and again by plain upserts), compacts,"
          + " and measures size, memory, latency and recall@10 over HTTP.",
      "",
      "Latency is what one client sees that sends one request after the other; client and server"
          + " share the machine. CPU is the server's time for one call. Recall compares with all"
          + " documents."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  bench end-to-end --index ivf",
      "  bench end-to-end --index hnsw --no-upserts --json hnsw.json",
      "  bench end-to-end --documents 10000        a quick look"
    })
public final class EndToEndCommand implements Callable<Integer> {
  @Mixin private DataOptions data = new DataOptions();
  @Mixin private Installation.Options installation = new Installation.Options();

  @Option(
      names = "--index",
      paramLabel = "NAME",
      description = "The vector index of the server: ivf or hnsw.")
  private String index = "ivf";

  @Option(names = "--documents", paramLabel = "N", description = "Use only the first N documents.")
  private int documents = 100_000;

  @Option(names = "--calls", paramLabel = "N", description = "Measured calls of each kind.")
  private int calls = 2_000;

  @Option(names = "--warmups", paramLabel = "N", description = "Calls of each kind before those.")
  private int warmups = 1_000;

  @Option(
      names = "--upserts",
      negatable = true,
      defaultValue = "true",
      fallbackValue = "true",
      description = "Also load by plain upserts, into a second namespace that is dropped then.")
  private boolean upserts;

  @Option(
      names = "--work",
      paramLabel = "DIR",
      description = "For the server's data; what is in it is removed first.")
  private Path work = Path.of("benchmarks", "target", "end-to-end");

  @Option(
      names = "--java-opts",
      paramLabel = "OPTIONS",
      description = "More options for the server's JVM.")
  private @Nullable String javaOptions;

  @Option(
      names = "--json",
      paramLabel = "FILE",
      description = "Where the results go as JSON. Default: results-<index>.json in --work")
  private @Nullable Path json;

  @Override
  public Integer call() throws Exception {
    DataFiles files = data.files();
    Dataset dataset = Dataset.read(files, documents);
    Report report =
        new Report(
            System.out,
            List.of(
                String.format(Locale.ROOT, "%,d documents", dataset.count()),
                dataset.vectors().dimension() + " dimensions",
                dataset.glosses().size() + " glosses",
                dataset.phrases().size() + " phrases",
                "index " + index,
                calls + " calls after " + warmups));
    Path directory = work.resolve(index);
    empty(directory);
    Map<String, String> environment = new HashMap<>();
    if (javaOptions != null) {
      environment.put("ELACSYM_JAVA_OPTS", javaOptions);
    }
    Path part = firstDocuments(files.documents(), dataset.count());
    Installation elacsym = installation.get();
    try (Server server = Server.start(elacsym, directory, index, environment)) {
      Loading loading = new Loading(elacsym, server, files, report);
      loading.byCommand("bench", part, dataset.count());
      loading.sizes("bench", index);
      if (upserts) {
        try (Client client = new Client(server.url(), "upserts")) {
          loading.byUpserts(client, "upserts", part, dataset.count(), 4);
          client.call("DELETE", "", new byte[0]);
        }
      }
      memory(server, report, "after loading");
    }
    try (Server server = Server.start(elacsym, directory, index, environment);
        Client client = new Client(server.url(), "bench")) {
      new Searching(client, server::cpuTime, dataset, report, warmups, calls).run(index);
      memory(server, report, "after all queries");
    }
    report.write(json == null ? work.resolve("results-" + index + ".json") : json);
    return 0;
  }

  private static void memory(Server server, Report report, String when) throws IOException {
    ObjectNode result = report.object("memory", when);
    long now = server.memoryBytes("VmRSS");
    long peak = server.memoryBytes("VmHWM");
    result.put("rss_bytes", now).put("peak_rss_bytes", peak);
    report.print(
        "memory of the server "
            + when
            + ": "
            + Loading.megabytes(now)
            + " MB resident, "
            + Loading.megabytes(peak)
            + " MB at most; load "
            + Machine.load()
            + "\n");
  }

  /** A file of the first {@code count} documents; the given file itself when it has no more. */
  private Path firstDocuments(Path file, int count) throws IOException {
    Path part = work.resolve("documents.jsonl");
    try (BufferedReader in = Files.newBufferedReader(file);
        BufferedWriter out = Files.newBufferedWriter(part)) {
      for (int i = 0; i < count; i++) {
        out.append(in.readLine()).append('\n');
      }
      return in.readLine() == null ? file : part;
    }
  }

  private static void empty(Path directory) throws IOException {
    if (Files.exists(directory)) {
      try (Stream<Path> all = Files.walk(directory)) {
        for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(path);
        }
      }
    }
    Files.createDirectories(directory);
  }
}
