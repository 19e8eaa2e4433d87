package io.elacsym.distribution.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.elacsym.distribution.terminal.Table;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What a query has computed of all documents that it found, as tables. */
final class AggregateTables {
  private static final String AGGREGATES = "aggregates";
  private static final String MORE = "...";

  private AggregateTables() {}

  /** One of all aggregates, one for each facet, and one of the groups: those that there are. */
  static List<Table> of(JsonNode answer) {
    List<Table> tables = new ArrayList<>();
    if (!answer.path(AGGREGATES).isEmpty()) {
      Table table = new Table("aggregate", "value");
      answer
          .path(AGGREGATES)
          .properties()
          .forEach(entry -> table.row(entry.getKey(), HitTable.shown(entry.getValue())));
      tables.add(table);
    }
    answer
        .path("facets")
        .properties()
        .forEach(facet -> tables.add(facet(facet.getKey(), facet.getValue())));
    if (answer.has("groups")) {
      tables.add(groups(answer.get("groups")));
    }
    return tables;
  }

  private static Table facet(String label, JsonNode facet) {
    Table table = new Table(label, "count");
    for (JsonNode bucket : facet.path("buckets")) {
      String what =
          bucket.has("value")
              ? HitTable.shown(bucket.get("value"))
              : HitTable.shown(bucket.path("from")) + " to " + HitTable.shown(bucket.path("to"));
      table.row(what, bucket.path("count").asText());
    }
    if (facet.path("more").asBoolean()) {
      table.row(MORE, "");
    }
    return table;
  }

  private static Table groups(JsonNode groups) {
    Set<String> keys = new LinkedHashSet<>();
    Set<String> aggregates = new LinkedHashSet<>();
    for (JsonNode bucket : groups.path("buckets")) {
      bucket.path("key").fieldNames().forEachRemaining(keys::add);
      bucket.path(AGGREGATES).fieldNames().forEachRemaining(aggregates::add);
    }
    List<String> head = new ArrayList<>(keys);
    head.addAll(aggregates);
    if (head.isEmpty()) {
      return new Table("groups");
    }
    Table table = new Table(head);
    for (JsonNode bucket : groups.path("buckets")) {
      List<String> row = new ArrayList<>();
      keys.forEach(key -> row.add(HitTable.shown(bucket.path("key").path(key))));
      aggregates.forEach(name -> row.add(HitTable.shown(bucket.path(AGGREGATES).path(name))));
      table.row(row);
    }
    if (groups.path("more").asBoolean()) {
      List<String> more = new ArrayList<>();
      head.forEach(_ -> more.add(more.isEmpty() ? MORE : ""));
      table.row(more);
    }
    return table;
  }
}
