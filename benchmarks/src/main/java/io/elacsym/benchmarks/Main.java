package io.elacsym.benchmarks;

import io.elacsym.benchmarks.cold.ColdCommand;
import io.elacsym.benchmarks.endtoend.EndToEndCommand;
import io.elacsym.benchmarks.filters.FiltersCommand;
import io.elacsym.benchmarks.judged.JudgedCommand;
import io.elacsym.benchmarks.kernels.KernelsCommand;
import io.elacsym.benchmarks.namespaces.NamespacesCommand;
import io.elacsym.benchmarks.rivals.RivalsCommand;
import io.elacsym.benchmarks.sets.DataCommand;
import io.elacsym.benchmarks.texts.HybridCommand;
import io.elacsym.benchmarks.texts.TextCommand;
import java.io.IOException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParseResult;

/** The command line of the benchmarks. */
@Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    description = "Measures Elacsym. Every run prints the machine, its versions and parameters.",
    subcommands = {
      DataCommand.class,
      EndToEndCommand.class,
      ColdCommand.class,
      RivalsCommand.class,
      NamespacesCommand.class,
      FiltersCommand.class,
      JudgedCommand.class,
      TextCommand.class,
      HybridCommand.class,
      KernelsCommand.class
    },
    footerHeading = "%nIn this order:%n",
    footer = {
      "  bench data          117,791 WordNet definitions -> documents and held-out queries",
      "                      (computes the vectors the first time: about 10 minutes on 2 cores);",
      "                      --set fetches or makes others for rivals",
      "  bench end-to-end    import, size on disk, latency and recall of a real server over HTTP",
      "  bench cold          first queries on storage that takes its time: waves, requests, bytes",
      "  bench rivals        our vector indexes beside Lucene, JVector, hnswlib, FAISS and others",
      "  bench namespaces    counting and listing 10 to 10,000 namespaces: requests, time, CPU",
      "  bench filters       filters of 50 to 0.1 % of a million documents, with an index and without",
      "  bench judged        text rankings beside plain Lucene on a judged collection that you have",
      "  bench text          BM25 through the engine beside plain Lucene, warm, in one process",
      "  bench hybrid        what text and vector together cost beside each of them, warm",
      "  bench kernels       nanoseconds of the vector arithmetic (JMH)",
      "",
      "Leave the machine alone while it measures; the load is printed with the results."
    })
public final class Main {
  private Main() {}

  public static void main(String[] arguments) {
    System.exit(
        new CommandLine(new Main())
            .setUsageHelpLongOptionsMaxWidth(24)
            .setExecutionExceptionHandler(Main::tell)
            .execute(arguments));
  }

  /** What is missing on a disk has a message that says what to do; a trace would hide it. */
  private static int tell(Exception problem, CommandLine command, ParseResult parsed)
      throws Exception {
    if (!(problem instanceof IOException)) {
      throw problem;
    }
    command.getErr().println(problem.getMessage());
    return command.getCommandSpec().exitCodeOnExecutionException();
  }
}
