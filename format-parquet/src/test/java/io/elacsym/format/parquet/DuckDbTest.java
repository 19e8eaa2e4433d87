package io.elacsym.format.parquet;

import static org.assertj.core.api.Assertions.assertThat;

import io.elacsym.api.segment.ColumnBatch;
import io.elacsym.tck.segment.SampleSegments;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.duckdb.DuckDBDriver;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What we write is read by DuckDB, whose Parquet reader is not ours, with its natural types. */
class DuckDbTest {
  private static final SampleSegments SAMPLES = new SampleSegments(new ParquetFormatProvider());
  @TempDir Path folder;

  @Test
  void everyTypeIsReadWithItsMeaning() throws Exception {
    Path file = write(Map.of(), SampleSegments.everyType());
    assertThat(query("SELECT * FROM '" + file + "'"))
        .containsExactly(
            "[18446744073709551615, -5, 2023-11-14T22:13:20.123Z, 0.1, true, \u00fcber, 0102,"
                + " 00112233-4455-6677-8899-aabbccddeeff, [0.5, -1.0], [a, b],"
                + " [1970-01-01T00:00:00.001Z]]",
            "[2, null, 1969-12-31T23:59:58.500Z, NaN, null, , null, null, [2.0, 3.0], [],"
                + " [1969-12-30T23:59:59.999Z, 1970-01-02T00:00Z]]",
            "[3, null, 1970-01-01T00:00:00Z, null, null, null, null, null, null, null, null]");
    assertThat(query("SELECT column_type FROM (DESCRIBE SELECT * FROM '" + file + "')"))
        .containsExactly(
            "[UBIGINT]",
            "[BIGINT]",
            "[TIMESTAMP WITH TIME ZONE]",
            "[DOUBLE]",
            "[BOOLEAN]",
            "[VARCHAR]",
            "[BLOB]",
            "[UUID]",
            "[FLOAT[]]",
            "[VARCHAR[]]",
            "[TIMESTAMP WITH TIME ZONE[]]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"zstd", "snappy", "none"})
  void largeFilesOfEveryCompressionAreReadAndTheirStatisticsAreRight(String compression)
      throws Exception {
    int rows = 20_000;
    Path file =
        write(
            Map.of("compression", compression, "row_group_bytes", "256KB"),
            SampleSegments.rows(0, rows));
    assertThat(
            query(
                "SELECT count(*), sum(id), count(DISTINCT category), sum(len(vector)),"
                    + " sum(vector[3]), count(text), min(text), max(id) FROM '"
                    + file
                    + "'"))
        .containsExactly(
            "["
                + rows
                + ", "
                + 3L * rows * (rows - 1) / 2
                + ", 20, "
                + (long) SampleSegments.DIMENSION * rows
                + ", "
                + SampleSegments.sumOfThirdComponents(rows)
                + ", "
                + (rows - rows / 10)
                + ", text 1, "
                + 3L * (rows - 1)
                + "]");
    // Goes through row group statistics and page indexes: a wrong bound would lose the row.
    assertThat(query("SELECT id, category, text FROM '" + file + "' WHERE id = 33333"))
        .containsExactly("[33333, category 11, text 11111]");
    assertThat(
            query(
                "SELECT count(*) > 3 FROM (SELECT DISTINCT row_group_id FROM parquet_metadata('"
                    + file
                    + "'))"))
        .containsExactly("[true]");
  }

  private Path write(Map<String, String> options, ColumnBatch... batches) throws Exception {
    return Files.write(folder.resolve("segment.parquet"), SAMPLES.write(options, batches));
  }

  /** The rows of a result as text. */
  private static List<String> query(String sql) throws SQLException {
    try (Connection connection = new DuckDBDriver().connect("jdbc:duckdb:", new Properties());
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      List<String> rows = new ArrayList<>();
      while (result.next()) {
        List<String> row = new ArrayList<>();
        for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
          row.add(text(result.getObject(i)));
        }
        rows.add(row.toString());
      }
      return rows;
    }
  }

  private static String text(Object value) throws SQLException {
    return switch (value) {
      case null -> "null";
      case java.sql.Array array -> List.of((Object[]) array.getArray()).toString();
      case java.sql.Blob blob -> HexFormat.of().formatHex(blob.getBytes(1, (int) blob.length()));
      case java.time.OffsetDateTime time -> time.toInstant().toString();
      default -> value.toString();
    };
  }
}
