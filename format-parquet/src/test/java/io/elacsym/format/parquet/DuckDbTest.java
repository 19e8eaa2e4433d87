package io.elacsym.format.parquet;

import static org.assertj.core.api.Assertions.assertThat;

import io.elacsym.api.segment.Column;
import io.elacsym.api.segment.ColumnBatch;
import io.elacsym.api.segment.ColumnSpec;
import io.elacsym.api.segment.ValueType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.BitSet;
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
  @TempDir Path folder;

  @Test
  void everyTypeIsReadWithItsMeaning() throws Exception {
    BitSet first = bits(0);
    BitSet firstTwo = bits(0, 1);
    byte[] uuid = HexFormat.of().parseHex("00112233445566778899aabbccddeeff");
    Path file =
        write(
            Map.of(),
            ColumnBatch.of(
                3,
                List.of(
                    Column.of(
                        ColumnSpec.of("id", ValueType.INT64).logically("uint"),
                        3,
                        bits(0, 1, 2),
                        new long[] {-1, 2, 3}),
                    Column.of(
                        ColumnSpec.of("signed", ValueType.INT64), 3, first, new long[] {-5, 0, 0}),
                    Column.of(
                        ColumnSpec.of("at", ValueType.INT64).logically("datetime"),
                        3,
                        first,
                        new long[] {1_700_000_000_123L, 0, 0}),
                    Column.of(
                        ColumnSpec.of("score", ValueType.FLOAT64),
                        3,
                        first,
                        new double[] {0.1, 0, 0}),
                    Column.of(
                        ColumnSpec.of("flag", ValueType.BOOL),
                        3,
                        first,
                        new boolean[] {true, false, false}),
                    Column.of(
                        ColumnSpec.of("text", ValueType.STRING),
                        3,
                        firstTwo,
                        new String[] {"\u00fcber", "", ""}),
                    Column.of(
                        ColumnSpec.of("bytes", ValueType.BINARY),
                        3,
                        first,
                        new byte[][] {{1, 2}, {}, {}}),
                    Column.of(
                        ColumnSpec.of("key", ValueType.BINARY).logically("uuid"),
                        3,
                        first,
                        new byte[][] {uuid, uuid, uuid}),
                    Column.of(
                        ColumnSpec.vector("vector", 2),
                        3,
                        firstTwo,
                        new float[] {0.5f, -1, 2, 3, 0, 0}),
                    Column.ofLists(
                        ColumnSpec.listOf("tags", ValueType.STRING),
                        3,
                        firstTwo,
                        new int[] {0, 2, 2, 2},
                        new String[] {"a", "b"}))));
    assertThat(query("SELECT * FROM '" + file + "'"))
        .containsExactly(
            "[18446744073709551615, -5, 2023-11-14T22:13:20.123Z, 0.1, true, \u00fcber, 0102,"
                + " 00112233-4455-6677-8899-aabbccddeeff, [0.5, -1.0], [a, b]]",
            "[2, null, null, null, null, , null, null, [2.0, 3.0], []]",
            "[3, null, null, null, null, null, null, null, null, null]");
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
            "[VARCHAR[]]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"zstd", "snappy", "none"})
  void largeFilesOfEveryCompressionAreReadAndTheirStatisticsAreRight(String compression)
      throws Exception {
    int rows = 20_000;
    Path file =
        write(
            Map.of("compression", compression, "row_group_bytes", "256KB"),
            SampleRows.batch(0, rows));
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
                + (long) SampleRows.DIMENSION * rows
                + ", "
                + SampleRows.sumOfThirdComponents(rows)
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
    return Files.write(folder.resolve("segment.parquet"), SampleRows.file(options, batches));
  }

  private static BitSet bits(int... set) {
    BitSet bits = new BitSet();
    for (int bit : set) {
      bits.set(bit);
    }
    return bits;
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
