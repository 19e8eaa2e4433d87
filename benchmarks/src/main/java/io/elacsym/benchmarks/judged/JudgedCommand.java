package io.elacsym.benchmarks.judged;

import io.elacsym.benchmarks.measure.Machine;
import io.elacsym.benchmarks.server.Installation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Compares rankings with those of plain Lucene on a judged collection. */
@Command(
    name = "judged",
    mixinStandardHelpOptions = true,
    description = {
      "Ranks a judged collection of texts through a server: in one segment, in many, after updates"
          + " and deletes, and with a part in the live buffer. nDCG@10, MAP and recall@100 must be"
          + " those of one plain Lucene index with the same analyzer, to three decimals. Then the"
          + " texts get vectors (all-MiniLM-L6-v2, some minutes), and what vector and text find"
          + " together must be better, by nDCG@10 and by MAP, than what each of them finds. If"
          + " not, it exits with 1."
    },
    footerHeading = "%nExamples:%n",
    footer = {"  bench judged --data vaswani", "  bench judged --data vaswani --no-vectors"})
public final class JudgedCommand implements Callable<Integer> {
  @Option(
      names = "--data",
      required = true,
      paramLabel = "DIR",
      description = "doc-text.trec, query-text.trec and qrels, such as those of Vaswani.")
  private Path data = Path.of("vaswani");

  @Option(names = "--no-vectors", negatable = true, description = "Leave out the vectors.")
  private boolean vectors = true;

  @Mixin private Installation.Options installation = new Installation.Options();

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (!Files.isDirectory(data)) {
      throw new IOException("there is no folder " + data + "; it is not part of Elacsym");
    }
    JudgedTexts texts = JudgedTexts.read(data);
    System.out.printf(
        "%,d documents, %,d queries%n", texts.documents().size(), texts.queries().size());
    Quality lucene = Quality.of(texts, new PlainLucene(texts.documents()));
    show("plain Lucene", lucene);
    boolean good = true;
    Path folder = Files.createTempDirectory("judged");
    try (JudgedServer server = JudgedServer.start(installation.get(), folder)) {
      boolean same = true;
      for (Map.Entry<String, Quality> state : new States(texts, server).qualities().entrySet()) {
        show(state.getKey(), state.getValue());
        same &= state.getValue().equals3(lucene);
      }
      System.out.println(same ? "equal to three decimals" : "NOT equal to three decimals");
      good = same && (!vectors || hybridIsBest(texts, server));
    }
    System.out.println("load at the end: " + Machine.load());
    return good ? 0 : 1;
  }

  private static boolean hybridIsBest(JudgedTexts texts, JudgedServer server) throws IOException {
    Halves halves = Halves.of(texts, server);
    show("text", halves.text());
    show("vector", halves.vector());
    show("both", halves.both());
    boolean best = halves.both().beats(halves.text()) && halves.both().beats(halves.vector());
    System.out.println(best ? "both are better than each" : "both are NOT better than each");
    return best;
  }

  private static void show(String what, Quality quality) {
    System.out.printf("%-28s %s%n", what, quality);
  }
}
