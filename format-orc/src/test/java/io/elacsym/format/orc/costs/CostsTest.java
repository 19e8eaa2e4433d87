package io.elacsym.format.orc.costs;

import io.elacsym.api.segment.ColumnBatch;
import io.elacsym.format.orc.read.LibraryReader;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Prints the figures of docs/format/segment-orc-reading.md when it is asked to. */
@EnabledIfSystemProperty(named = "elacsym.costs", matches = "true")
class CostsTest {
  private static final List<List<String>> COLUMNS =
      List.of(Papers.SMALL, Papers.TEXT, Papers.VECTOR, Papers.ALL);

  private final List<ColumnBatch> batches = Papers.batches();

  @Test
  void whatOurReaderLoads() {
    for (String rowGroupRows : List.of("256", "1000")) {
      System.out.println("-- our reader, row groups of " + rowGroupRows);
      Costs.reads(Costs.write(Map.of("row_group_rows", rowGroupRows), batches));
    }
  }

  @Test
  void whatTheLibrarysReaderLoads() throws IOException {
    byte[] file = Costs.write(Map.of(), batches);
    for (List<String> columns : COLUMNS) {
      System.out.println("-- the library's reader, " + columns);
      Blocks source = new Blocks(file);
      LibraryReader reader = new LibraryReader(source);
      source.print("open");
      reader.seek(Costs.rows(1), columns);
      source.print("seek each row");
      source = new Blocks(file);
      reader = new LibraryReader(source);
      source.print("open");
      reader.fetch(Costs.rows(1), columns);
      source.print("first fetch with its parts");
      reader.fetch(Costs.rows(2), columns);
      source.print("next fetch with its parts");
    }
    for (List<String> columns : List.of(List.of("year"), Papers.TEXT, Papers.ALL)) {
      Blocks source = new Blocks(file);
      new LibraryReader(source).scan(columns);
      source.print("open and scan " + columns);
    }
  }

  @Test
  void howFastWeAre() throws Exception {
    Costs.writeSpeeds(batches);
    Costs.readSpeeds(Costs.write(Map.of(), batches));
  }

  @Test
  void howFastTheLibraryIs() throws Exception {
    byte[] file = Costs.write(Map.of(), batches);
    LibraryReader reader = new LibraryReader(new Blocks(file));
    for (List<String> columns :
        List.of(List.of("year"), Papers.SMALL, Papers.TEXT, Papers.VECTOR, Papers.ALL)) {
      Costs.speed("rows scanned of " + columns, Papers.ROWS, () -> reader.scan(columns));
    }
    for (List<String> columns : COLUMNS) {
      Costs.speed(
          "fetches with its parts of 10 rows of " + columns,
          10,
          () -> {
            for (int i = 0; i < 10; i++) {
              reader.fetch(Costs.rows(i), columns);
            }
          });
    }
  }
}
