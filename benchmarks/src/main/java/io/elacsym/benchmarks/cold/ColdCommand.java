package io.elacsym.benchmarks.cold;

import io.elacsym.benchmarks.data.DataOptions;
import io.elacsym.benchmarks.endtoend.Report;
import io.elacsym.benchmarks.measure.Folders;
import io.elacsym.benchmarks.measure.Machine;
import io.elacsym.benchmarks.measure.OwnEngine;
import io.elacsym.benchmarks.rivals.contenders.PythonOptions;
import io.elacsym.benchmarks.sets.VectorSet;
import io.elacsym.engine.Engine;
import io.elacsym.engine.model.NamespaceStats;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Measures first queries. */
@Command(
    name = "cold",
    mixinStandardHelpOptions = true,
    showDefaultValues = true,
    description = {
      "Opens a namespace with the documents of `bench data` in a bucket where every request takes"
          + " some time more, in an engine that has just started, and asks one query: how many"
          + " waves of requests, how many requests and bytes, and how long from the call that opens"
          + " the namespace to the answer with ten documents and all their attributes. Then the"
          + " same with what an earlier run has left in the disk cache, and when everything is"
          + " warm.",
      "",
      "The namespace has one segment and nothing in the WAL. Its bucket is in a MinIO if there is"
          + " one, else in a server inside this process, which is no measure of anything but waves,"
          + " requests and bytes; the report says which. Every round is a new engine in the same"
          + " process, with another query; the first rounds are not counted, because a JVM that has"
          + " compiled nothing measures itself."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  bench cold",
      "  bench cold --index hnsw",
      "  bench cold --set mixture --documents 1000000 --lancedb",
      "  bench cold --documents 10000 --delay 0      a quick look"
    })
public final class ColdCommand implements Callable<Integer> {
  @Mixin private DataOptions data = new DataOptions();

  @Option(names = "--index", paramLabel = "NAME", description = "The vector index: ivf or hnsw.")
  private String index = "ivf";

  @Option(
      names = "--set",
      paramLabel = "NAME",
      description =
          "A set of `bench data --set NAME` in place of the documents: its vectors, each with one"
              + " number, by which they are filtered.")
  private Optional<String> set = Optional.empty();

  @Option(
      names = "--lancedb",
      description =
          "The first query of LanceDB over the same bucket, too: in a process of its own for each"
              + " query, from the call that connects to the answer. Only with --set.")
  private boolean lancedb;

  @Mixin private PythonOptions python = new PythonOptions();

  @Option(names = "--documents", paramLabel = "N", description = "Use only the first N documents.")
  private int documents = 100_000;

  @Option(
      names = "--delay",
      paramLabel = "MS",
      description = "How long every request to the storage waits before it is sent.")
  private int delayMillis = 60;

  @Option(names = "--rounds", paramLabel = "N", description = "Measured rounds of each query.")
  private int rounds = 7;

  @Option(names = "--warmups", paramLabel = "N", description = "Rounds before those.")
  private int warmups = 3;

  @Option(names = "--work", paramLabel = "DIR", description = "For the disk cache.")
  private Path work = Path.of("benchmarks", "target", "cold");

  @Override
  public Integer call() throws Exception {
    ColdData source =
        set.isEmpty()
            ? new Documents(data.files(), documents)
            : new SetDocuments(
                VectorSet.open(data.directory(), set.get(), documents, warmups + rounds));
    try (SlowBucket bucket = SlowBucket.create()) {
      fill(source, bucket);
      measure(source, work.resolve("cache"), bucket);
    }
    return 0;
  }

  private void measure(ColdData source, Path cache, SlowBucket bucket) throws IOException {
    Report report =
        new Report(
            System.out,
            List.of(
                String.format(Locale.ROOT, "%,d documents, %s", documents, source.description()),
                "index " + index,
                bucket.description(),
                delayMillis + " ms more for each request",
                rounds + " rounds after " + warmups));
    ColdRun run =
        new ColdRun(
            report,
            bucket,
            disk -> open(bucket, disk),
            Duration.ofMillis(delayMillis),
            source.queries(),
            new ColdRun.Rounds(warmups, rounds));
    run.first("nothing cached", Optional.empty());
    Folders.delete(cache);
    run.fillDisk(cache);
    run.first("restarted, disk cache warm", Optional.of(cache));
    run.warm("everything in memory");
    if (lancedb) {
      lancedb(source, bucket, report);
    }
    report.print("load average " + Machine.load());
    report.write(work.resolve("results-" + index + ".json"));
  }

  private void fill(ColdData source, SlowBucket bucket) throws IOException {
    System.out.printf(Locale.ROOT, "Making a namespace of %,d documents ...%n", documents);
    try (Engine engine = open(bucket, Optional.empty())) {
      source.writeTo(engine.create(ColdRun.NAMESPACE, source.schema()));
      NamespaceStats stats = engine.namespace(ColdRun.NAMESPACE).stats();
      if (stats.documents() != documents || stats.segments() != 1 || stats.liveRows() != 0) {
        throw new IllegalStateException(
            "expected " + documents + " documents in one segment, found " + stats);
      }
    }
  }

  private void lancedb(ColdData source, SlowBucket bucket, Report report) throws IOException {
    if (!(source instanceof SetDocuments(VectorSet vectors))) {
      throw new IOException("--lancedb is measured on a set; name one by --set");
    }
    LanceCold.measure(
        vectors,
        bucket,
        Duration.ofMillis(delayMillis),
        new ColdRun.Rounds(warmups, rounds),
        python,
        work,
        report);
  }

  private Engine open(SlowBucket bucket, Optional<Path> cache) {
    Map<String, String> settings = new HashMap<>(bucket.settings());
    settings.put("index.vector", index);
    settings.put("compaction.enabled", "false");
    settings.put("write.flush_age", "1h");
    settings.put("cache.disk_size", cache.isPresent() ? "10GB" : "0");
    cache.ifPresent(path -> settings.put("cache.disk_path", path.toString()));
    return OwnEngine.open(settings);
  }
}
