package io.elacsym.distribution.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.elacsym.distribution.terminal.Table;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The results of a query, a line each: their attributes, and where they have what was asked for.
 */
final class HitTable {
  private static final String ATTRIBUTES = "attributes";
  private static final String HIGHLIGHTS = "highlights";

  private HitTable() {}

  static Table of(JsonNode results) {
    Set<String> attributes = names(results, ATTRIBUTES);
    Set<String> highlights = names(results, HIGHLIGHTS);
    List<String> head = new ArrayList<>(List.of("#", "id", "score"));
    head.addAll(attributes);
    highlights.forEach(field -> head.add(field + " (found)"));
    Table table = new Table(head);
    int rank = 1;
    for (JsonNode result : results) {
      List<String> row = new ArrayList<>();
      row.add(Integer.toString(rank++));
      row.add(result.path("id").asText());
      row.add(String.format(Locale.ROOT, "%.4f", result.path("score").asDouble()));
      attributes.forEach(name -> row.add(shown(result.path(ATTRIBUTES).path(name))));
      for (String field : highlights) {
        List<String> pieces = new ArrayList<>();
        result.path(HIGHLIGHTS).path(field).forEach(piece -> pieces.add(piece.asText()));
        row.add(String.join(" ... ", pieces));
      }
      table.row(row);
    }
    return table;
  }

  private static Set<String> names(JsonNode results, String of) {
    Set<String> names = new LinkedHashSet<>();
    results.forEach(result -> result.path(of).fieldNames().forEachRemaining(names::add));
    return names;
  }

  /** A value as it stands in a cell; nothing where there is none. */
  static String shown(JsonNode value) {
    return value.isContainerNode() ? value.toString() : value.asText("");
  }
}
