package io.elacsym.benchmarks.judged;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Compares rankings with those of plain Lucene on a judged collection. */
@Command(
    name = "judged",
    mixinStandardHelpOptions = true,
    description = {
      "Ranks a judged collection of texts through the engine: in one segment, in many, after"
          + " updates and deletes, and with a part in the live buffer. nDCG@10, MAP and recall@100"
          + " must be those of one plain Lucene index with the same analyzer, to three decimals;"
          + " otherwise it exits with 1."
    },
    footerHeading = "%nExamples:%n",
    footer = {"  bench judged --data vaswani"})
public final class JudgedCommand implements Callable<Integer> {
  @Option(
      names = "--data",
      required = true,
      paramLabel = "DIR",
      description = "doc-text.trec, query-text.trec and qrels, such as those of Vaswani.")
  private Path data = Path.of("vaswani");

  @Override
  public Integer call() throws IOException {
    if (!Files.isDirectory(data)) {
      throw new IOException("there is no folder " + data + "; it is not part of Elacsym");
    }
    JudgedTexts texts = JudgedTexts.read(data);
    System.out.printf(
        "%,d documents, %,d queries%n", texts.documents().size(), texts.queries().size());
    Quality lucene = Quality.of(texts, new PlainLucene(texts.documents()));
    System.out.printf("%-28s %s%n", "plain Lucene", lucene);
    boolean same = true;
    for (Map.Entry<String, Quality> state :
        new States(texts, Files.createTempDirectory("judged")).qualities().entrySet()) {
      System.out.printf("%-28s %s%n", state.getKey(), state.getValue());
      same &= state.getValue().equals3(lucene);
    }
    System.out.println(same ? "equal to three decimals" : "NOT equal to three decimals");
    return same ? 0 : 1;
  }
}
