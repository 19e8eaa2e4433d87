package io.elacsym.distribution.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.elacsym.distribution.terminal.Table;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class QueryTablesTest {
  private static JsonNode json(String text) throws IOException {
    return new ObjectMapper().readTree(text);
  }

  /** Without the line under the head, and with single spaces. */
  private static List<String> lines(Table table) {
    return table.lines(Integer.MAX_VALUE).stream()
        .filter(line -> !line.matches("[- ]+"))
        .map(line -> line.strip().replaceAll(" +", " "))
        .toList();
  }

  @Test
  void hitsShowTheirAttributesAndWhereTheyHaveWhatWasAskedFor() throws IOException {
    Table table =
        HitTable.of(
            json(
                """
                [{"id":"a","score":1.5,"attributes":{"year":7},"highlights":{"body":["x <em>y</em>","z"]}},
                 {"id":"b","score":1,"attributes":{"tags":["k"]},"highlights":{}}]
                """));
    assertThat(lines(table))
        .containsExactly(
            "# id score year tags body (found)",
            "1 a 1.5000 7 x <em>y</em> ... z",
            "2 b 1.0000 [\"k\"]");
  }

  @Test
  void aggregatesFacetsAndGroupsAreTablesOfTheirOwn() throws IOException {
    List<Table> tables =
        AggregateTables.of(
            json(
                """
                {"aggregates":{"n":4,"latest":null},
                 "facets":{"tags":{"buckets":[{"value":"sea","count":3}],"more":true},
                           "prices":{"buckets":[{"to":10.0,"count":1},{"from":10.0,"count":0}],"more":false}},
                 "groups":{"buckets":[{"key":{"author":"Ada"},"aggregates":{"n":2}}],"more":true}}
                """));
    assertThat(tables.stream().map(QueryTablesTest::lines))
        .containsExactly(
            List.of("aggregate value", "n 4", "latest"),
            List.of("tags count", "sea 3", "..."),
            List.of("prices count", "to 10.0 1", "10.0 to 0"),
            List.of("author n", "Ada 2", "..."));
  }

  @Test
  void whatWasNotAskedForHasNoTable() throws IOException {
    assertThat(AggregateTables.of(json("{\"results\":[]}"))).isEmpty();
    assertThat(HitTable.of(json("[]")).isEmpty()).isTrue();
  }
}
