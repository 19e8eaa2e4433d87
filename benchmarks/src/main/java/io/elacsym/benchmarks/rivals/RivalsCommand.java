package io.elacsym.benchmarks.rivals;

import io.elacsym.benchmarks.data.DataOptions;
import io.elacsym.benchmarks.endtoend.Report;
import io.elacsym.benchmarks.measure.Machine;
import io.elacsym.benchmarks.rivals.contenders.Contender;
import io.elacsym.benchmarks.rivals.contenders.Lineup;
import io.elacsym.benchmarks.rivals.contenders.PythonOptions;
import io.elacsym.benchmarks.rivals.contenders.Script;
import io.elacsym.benchmarks.rivals.results.Circumstances;
import io.elacsym.benchmarks.sets.VectorSet;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.apache.lucene.util.Version;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Measures our vector indexes beside those of others. */
@Command(
    name = "rivals",
    mixinStandardHelpOptions = true,
    showDefaultValues = true,
    description = {
      "Builds each index on one thread over a set of `bench data`, then searches them on one thread,"
          + " in turns: a round asks every setting of every index all queries. A point's time is the"
          + " CPU time of a query, the median of its rounds. No HTTP, no documents, everything in"
          + " memory, except LanceDB, which reads a local folder.",
      "",
      "Contenders, by their names or the beginnings of names:",
      "  elacsym ivf              our default: lists, 5-bit codes",
      "  elacsym ivf rabitq1, pq, sq8 or flat    other codes",
      "  elacsym hnsw             our graph",
      "  lucene hnsw f32, int8    the k of the query is what is set; the best 10 are kept",
      "  jvector                  a graph built by JVector",
      "  hnswlib, usearch, faiss ivf pq, rabitq or sq8, lancedb ivf pq",
      "                           in a Python process of one thread, if there is one:",
      "",
      "    python3 -m venv benchmarks/target/venv",
      "    benchmarks/target/venv/bin/pip install -r benchmarks/rivals/requirements.txt",
      "",
      "Filters in hnswlib are calls back to Python, one a vector it meets, and it answers nothing when"
          + " it finds fewer than 10; usearch and lancedb are not measured with filters.",
      "",
      "Ours are also searched by recall_target, which are curves of their own. A call from Python"
          + " costs some microseconds by itself. FAISS has about 3 sqrt(n) lists, a power of two,"
          + " and ranks candidates by their vectors (RFlat), as ours do. Slow settings are timed"
          + " with fewer queries, at least 100. Before the first build is measured, everything of this"
          + " process builds 5,000 vectors, so that compilers have done their work.",
      "",
      "A table and a picture of each set go to --fragments, all figures to results.json in --work."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  bench rivals",
      "  bench rivals --documents 20000 --rounds 1 --fragments benchmarks/target",
      "  bench rivals --set wordnet,glove,mnist,mixture --threads 2 --filters",
      "  bench rivals --contenders elacsym,hnswlib,faiss",
      "  bench rivals --contenders \"elacsym ivf,elacsym hnsw,lucene\"",
      "  bench rivals --growth 100000,1000000"
    })
public final class RivalsCommand implements Callable<Integer> {

  /** An index holds vectors, codes and links: together less than this share more than vectors. */
  private static final double INDEX_SHARE = 1.5;

  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private DataOptions data = new DataOptions();

  @Option(
      names = "--set",
      paramLabel = "NAME",
      split = ",",
      description = "Sets of `bench data --set`, one or more.")
  private List<String> sets = List.of("wordnet");

  @Option(names = "--documents", paramLabel = "N", description = "Use only the first N vectors.")
  private int documents = 100_000;

  @Option(names = "--queries", paramLabel = "N", description = "Use only the first N queries.")
  private int queries = 1_000;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      description = "Measured rounds, after one unmeasured.")
  private int rounds = 3;

  @Option(
      names = "--contenders",
      paramLabel = "NAME",
      split = ",",
      showDefaultValue = Help.Visibility.NEVER,
      description = "Only these names, or names that begin so; all unless given.")
  private List<String> contenders = List.of("");

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "With 2 or more: also measure queries per second of so many clients.")
  private int threads = 1;

  @Option(
      names = "--filters",
      description =
          "Also measure 50, 10, 1 and 0.1 %% of the vectors at random, and the 10 %% least like"
              + " the queries, with those that can filter.")
  private boolean filters;

  @Option(
      names = "--growth",
      paramLabel = "N",
      split = ",",
      showDefaultValue = Help.Visibility.NEVER,
      description =
          "Instead: our ivf with each of these numbers of vectors of the set (mixture unless"
              + " given): CPU time of a query, bytes of a cold query, build time, and the powers"
              + " they grow by.")
  private List<Integer> growth = List.of();

  @Mixin private PythonOptions python = new PythonOptions();

  @Option(
      names = "--fragments",
      paramLabel = "DIR",
      description = "Where <set>-<n>.md and .svg go.")
  private Path fragments = Path.of("docs", "performance");

  @Option(names = "--work", paramLabel = "DIR", description = "For indexes and the results.")
  private Path work = Path.of("benchmarks", "target", "rivals");

  @Override
  public Integer call() throws Exception {
    for (String prefix : contenders) {
      if (Lineup.NAMES.stream().noneMatch(name -> name.startsWith(prefix))) {
        throw new ParameterException(
            spec.commandLine(),
            "--contenders has '" + prefix + "', expected beginnings of " + Lineup.NAMES);
      }
    }
    Files.createDirectories(work);
    Report report =
        new Report(
            System.out,
            List.of(
                command(), String.format(Locale.ROOT, "recall@10, %d rounds, one thread", rounds)));
    if (growth.isEmpty()) {
      for (String set : sets) {
        measure(set, report);
      }
    } else {
      String set =
          spec.commandLine().getParseResult().hasMatchedOption("--set")
              ? sets.getFirst()
              : "mixture";
      new Growth(data.files().directory(), set, queries, rounds, work, report)
          .run(growth, circumstances(Optional.empty()), fragments);
    }
    report.write(work.resolve("results.json"));
    return 0;
  }

  private void measure(String name, Report report) throws Exception {
    VectorSet set = VectorSet.open(data.files().directory(), name, documents, queries);
    Path files = Files.createTempDirectory(work, name);
    Optional<Script> script = script(set, files, report);
    try {
      List<Contender> taking = new Lineup(set, files).contenders(contenders, script);
      warnOfMemory(set, taking.size(), report);
      WarmUp.run(set, contenders, work);
      new SetRun(set, taking, rounds, report)
          .run(new SetRun.Extras(threads, filters), circumstances(script), fragments);
      close(taking);
    } finally {
      if (script.isPresent()) {
        script.get().close();
      }
      WarmUp.delete(files);
    }
  }

  private static void close(List<Contender> contenders) {
    for (Contender contender : contenders) {
      try {
        contender.close();
      } catch (Exception e) {
        // One that has failed before cannot be closed either; what counts has been measured.
        System.err.println("  " + contender.name() + " did not close: " + e.getMessage());
      }
    }
  }

  /** The process with Python's libraries, or nothing and a word about why. */
  private Optional<Script> script(VectorSet set, Path files, Report report) {
    try {
      Script script = python.start();
      if (!script.missing().isEmpty()) {
        report.print(
            python.program()
                + " has no "
                + String.join(", ", script.missing())
                + ", which are left out; "
                + PythonOptions.remedy());
      }
      if (!script.versions().containsKey("numpy")) {
        script.close();
        return Optional.empty();
      }
      script.load(set, files);
      return Optional.of(script);
    } catch (IOException e) {
      report.print(
          "Contenders in Python are left out: " + e.getMessage() + "; " + PythonOptions.remedy());
      return Optional.empty();
    }
  }

  private static void warnOfMemory(VectorSet set, int contenders, Report report) {
    double needed = INDEX_SHARE * contenders * set.count() * (double) set.dimension() * Float.BYTES;
    var system = ManagementFactory.getOperatingSystemMXBean();
    if (system instanceof com.sun.management.OperatingSystemMXBean machine
        && needed > machine.getTotalMemorySize()) {
      report.print(
          String.format(
              Locale.ROOT,
              "%d contenders hold up to %.0f GB at once, and this machine has %.0f GB; choose some"
                  + " by --contenders%n",
              contenders,
              needed / 1e9,
              machine.getTotalMemorySize() / 1e9));
    }
  }

  private Circumstances circumstances(Optional<Script> script) {
    Map<String, String> machine = new LinkedHashMap<>(Machine.facts());
    machine.remove("load");
    Map<String, String> versions = new LinkedHashMap<>();
    versions.put("lucene", Version.LATEST.toString());
    versions.put("jvector", Lineup.jvectorVersion());
    script.ifPresent(started -> new TreeMap<>(started.versions()).forEach(versions::put));
    return new Circumstances(command(), machine, versions);
  }

  private String command() {
    return "benchmarks/bench "
        + String.join(" ", spec.root().commandLine().getParseResult().originalArgs());
  }
}
