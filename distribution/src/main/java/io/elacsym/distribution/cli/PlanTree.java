package io.elacsym.distribution.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.elacsym.distribution.terminal.Figures;
import io.elacsym.distribution.terminal.Table;
import java.util.Locale;

/** Draws how a query was answered: the last step on top, below each what it was made of. */
final class PlanTree {
  private static final double MICROS_PER_MILLI = 1_000;

  private final Table table =
      new Table("plan", "rows", "of at most", "waves", "requests", "bytes", "ms");

  private PlanTree() {}

  /**
   * The plan as a table.
   *
   * @param plan as the server explains it
   */
  static Table of(JsonNode plan) {
    PlanTree tree = new PlanTree();
    tree.add(plan, "", "");
    return tree.table;
  }

  /**
   * Adds a node and all below it.
   *
   * @param branch what stands before its own line
   * @param indent what stands before those below it
   */
  private void add(JsonNode node, String branch, String indent) {
    String name = node.path(node.has("where") ? "where" : "operation").asText();
    table.row(
        branch + name + ": " + node.path("what").asText(),
        node.path("rows").asText(),
        node.path("estimated").asText(),
        node.path("waves").asText(),
        node.path("requests").asText(),
        Figures.bytes(node.path("bytes").asLong()),
        String.format(Locale.ROOT, "%.1f", node.path("took_us").asLong() / MICROS_PER_MILLI));
    JsonNode inputs = node.path("inputs");
    for (int i = 0; i < inputs.size(); i++) {
      boolean last = i == inputs.size() - 1;
      add(inputs.get(i), indent + (last ? "└─ " : "├─ "), indent + (last ? "   " : "│  "));
    }
  }
}
