package io.elacsym.examples.dictionary;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Shows the results of a query as lines: word, word class, score, and as much gloss as fits. */
final class Table {

  private static final String INDENT = "  ";
  private static final int LONGEST_WORD = 24;
  private static final int SCORE_WIDTH = 7;
  private static final int LEAST_GLOSS = 20;

  private Table() {}

  /**
   * The lines of the table, the head first.
   *
   * @param results the array {@code results} of a query's answer
   * @param width how many columns a line may have
   */
  static List<String> lines(JsonNode results, int width) {
    if (results.isEmpty()) {
      return List.of(INDENT + "(nothing found)");
    }
    int wordWidth = "word".length();
    int posWidth = "pos".length();
    for (JsonNode result : results) {
      wordWidth = Math.max(wordWidth, Math.min(LONGEST_WORD, text(result, "word").length()));
      posWidth = Math.max(posWidth, text(result, "pos").length());
    }
    String row = INDENT + "%-" + wordWidth + "s  %-" + posWidth + "s  %" + SCORE_WIDTH + "s  %s";
    int before = INDENT.length() + wordWidth + 2 + posWidth + 2 + SCORE_WIDTH + 2;
    int glossWidth = Math.max(LEAST_GLOSS, width - before);

    List<String> lines = new ArrayList<>();
    lines.add(String.format(Locale.ROOT, row, "word", "pos", "score", "gloss"));
    for (JsonNode result : results) {
      String line =
          String.format(
              Locale.ROOT,
              row,
              cut(text(result, "word"), wordWidth),
              text(result, "pos"),
              score(result.path("score")),
              cut(text(result, "gloss"), glossWidth));
      lines.add(line.stripTrailing());
    }
    return lines;
  }

  private static String text(JsonNode result, String attribute) {
    return result.path("attributes").path(attribute).asText("");
  }

  /** Fused scores are small and BM25 scores large: always the same number of columns. */
  private static String score(JsonNode score) {
    if (!score.isNumber()) {
      return "-";
    }
    return String.format(Locale.ROOT, score.asDouble() < 100 ? "%.4f" : "%.2f", score.asDouble());
  }

  /** The text, cut to {@code width} columns at most; a cut is shown by three dots. */
  static String cut(String text, int width) {
    return text.length() <= width ? text : text.substring(0, width - 3).stripTrailing() + "...";
  }
}
