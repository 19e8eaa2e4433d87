package io.elacsym.distribution.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.elacsym.distribution.terminal.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Draws how results came to their scores: below each score what it is made of. */
final class ScoreTree {
  private final Table table = new Table("why", "score");

  private ScoreTree() {}

  /**
   * The explanations of results as a table.
   *
   * @param results as the server gives them; empty of what has none
   */
  static Table of(JsonNode results) {
    ScoreTree tree = new ScoreTree();
    for (JsonNode result : results) {
      if (result.has("explanation")) {
        tree.row("id " + result.path("id").asText(), result.path("score"));
        tree.add(result.path("explanation"), "└─ ", "   ");
      }
    }
    return tree.table;
  }

  private void row(String what, JsonNode score) {
    table.row(what, String.format(Locale.ROOT, "%.4f", score.asDouble()));
  }

  /**
   * Adds a node and all below it.
   *
   * @param branch what stands before its own line
   * @param indent what stands before those below it
   */
  private void add(JsonNode node, String branch, String indent) {
    row(branch + what(node), node.path("score"));
    List<JsonNode> below = new ArrayList<>();
    if (node.has("of")) {
      below.add(node.path("of"));
    }
    node.path("parts").forEach(below::add);
    for (JsonNode clause : node.path("clauses")) {
      row(
          indent
              + "clause "
              + clause.path("clause").asText()
              + ": rank "
              + clause.path("rank").asText()
              + ", weight "
              + clause.path("weight").asText()
              + " * "
              + figure(clause.path("share")),
          clause.path("share"));
      add(clause.path("of"), indent + "└─ ", indent + "   ");
    }
    for (int i = 0; i < below.size(); i++) {
      boolean last = i == below.size() - 1;
      add(below.get(i), indent + (last ? "└─ " : "├─ "), indent + (last ? "   " : "│  "));
    }
  }

  private static String what(JsonNode node) {
    return switch (node.path("kind").asText()) {
      case "sum" -> "sum";
      case "best" -> "the best, and " + node.path("tie_breaker").asText() + " of the others";
      case "field" ->
          "field " + node.path("field").asText() + ", weight " + node.path("weight").asText();
      case "boost" -> "boost " + node.path("boost").asText();
      case "term", "phrase" -> match(node);
      case "vector" -> node.path("field").asText() + " is near by " + node.path("metric").asText();
      case "order" -> "its " + node.path("field").asText();
      case "fusion" -> "fusion";
      case String other -> other + " " + node.path("plugin").asText();
    };
  }

  private static String match(JsonNode node) {
    List<String> terms = new ArrayList<>();
    for (JsonNode term : node.path("terms")) {
      terms.add(
          term.path("term").asText()
              + " (in "
              + term.path("documents_with_term").asText()
              + " of "
              + term.path("documents").asText()
              + ")");
    }
    List<String> fields = new ArrayList<>();
    for (JsonNode field : node.path("fields")) {
      fields.add(
          figure(field.path("weight"))
              + " * "
              + figure(field.path("frequency"))
              + " in "
              + field.path("field").asText());
    }
    return node.path("kind").asText()
        + " "
        + String.join(" ", terms)
        + ": idf "
        + figure(node.path("idf"))
        + ", "
        + figure(node.path("frequency"))
        + " times"
        + (fields.isEmpty() ? "" : " (" + String.join(" + ", fields) + ")")
        + ", length "
        + figure(node.path("length"))
        + " of "
        + figure(node.path("average_length"))
        + " on average";
  }

  private static String figure(JsonNode number) {
    double value = number.asDouble();
    return value == Math.rint(value)
        ? String.format(Locale.ROOT, "%.0f", value)
        : String.format(Locale.ROOT, "%.4f", value);
  }
}
