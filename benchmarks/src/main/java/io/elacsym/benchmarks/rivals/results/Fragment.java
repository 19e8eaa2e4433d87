package io.elacsym.benchmarks.rivals.results;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A part of a document about one set. */
public final class Fragment {
  private final StringBuilder text = new StringBuilder();

  /**
   * Starts with what was measured, and where.
   *
   * @param title of the part
   * @param about the set, in a sentence
   * @param load the load averages before and after
   */
  public Fragment(String title, String about, Circumstances circumstances, String load) {
    text.append("### ").append(title).append("\n\n```sh\n").append(circumstances.command());
    text.append("\n```\n\n").append(about).append("\n\n");
    text.append(listed(circumstances.machine())).append(", load average ").append(load);
    text.append(". ").append(listed(circumstances.versions())).append(".\n\n");
  }

  private static String listed(Map<String, String> facts) {
    return facts.entrySet().stream()
        .map(fact -> fact.getKey() + " " + fact.getValue())
        .collect(Collectors.joining(", "));
  }

  public Fragment picture(String description, String file) {
    text.append("![").append(description).append("](").append(file).append(")\n\n");
    return this;
  }

  /** The table and its ratios against ours. */
  public Fragment summary(Summary summary, List<String> references) {
    table("microseconds of CPU time a query at recall@10", Summary.HEAD, summary.rows());
    for (String reference : references) {
      List<List<String>> ratios = summary.ratios(reference);
      if (!ratios.isEmpty()) {
        table("in times of " + reference, Summary.HEAD, ratios);
      }
    }
    return this;
  }

  /** A table whose columns after the first are numbers. */
  public Fragment table(String corner, List<String> head, List<List<String>> rows) {
    text.append("| ").append(corner).append(" | ").append(String.join(" | ", head)).append(" |\n");
    text.append("|---").append("|--:".repeat(head.size())).append("|\n");
    for (List<String> row : rows) {
      text.append("| ").append(String.join(" | ", row)).append(" |\n");
    }
    text.append('\n');
    return this;
  }

  /** Names and texts. */
  public Fragment list(Map<String, String> entries) {
    entries.forEach(
        (name, value) -> text.append("* ").append(name).append(": ").append(value).append('\n'));
    text.append('\n');
    return this;
  }

  /** A sentence of its own. */
  public Fragment note(String sentence) {
    text.append(sentence).append("\n\n");
    return this;
  }

  @Override
  public String toString() {
    return text.toString().stripTrailing() + "\n";
  }
}
