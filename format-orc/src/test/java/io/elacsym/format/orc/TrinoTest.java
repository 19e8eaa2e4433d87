package io.elacsym.format.orc;

import static org.assertj.core.api.Assertions.assertThat;

import io.airlift.slice.Slices;
import io.elacsym.api.segment.Column;
import io.elacsym.api.segment.ColumnBatch;
import io.elacsym.api.segment.ColumnSpec;
import io.elacsym.api.segment.ValueType;
import io.elacsym.tck.segment.SampleSegments;
import io.trino.memory.context.AggregatedMemoryContext;
import io.trino.orc.MemoryOrcDataSource;
import io.trino.orc.OrcColumn;
import io.trino.orc.OrcDataSourceId;
import io.trino.orc.OrcPredicate;
import io.trino.orc.OrcReader;
import io.trino.orc.OrcReaderOptions;
import io.trino.orc.OrcRecordReader;
import io.trino.orc.TupleDomainOrcPredicate;
import io.trino.spi.connector.SourcePage;
import io.trino.spi.predicate.Domain;
import io.trino.spi.type.ArrayType;
import io.trino.spi.type.BigintType;
import io.trino.spi.type.BooleanType;
import io.trino.spi.type.DoubleType;
import io.trino.spi.type.RealType;
import io.trino.spi.type.SqlTimestampWithTimeZone;
import io.trino.spi.type.SqlVarbinary;
import io.trino.spi.type.TimestampWithTimeZoneType;
import io.trino.spi.type.Type;
import io.trino.spi.type.VarbinaryType;
import io.trino.spi.type.VarcharType;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.joda.time.DateTimeZone;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What we write is read by Trino, whose ORC reader is its own, with its natural types. */
class TrinoTest {
  private static final SampleSegments SAMPLES = new SampleSegments(new OrcFormatProvider());

  @Test
  void everyTypeIsReadWithItsMeaning() throws IOException {
    OrcReader reader = open(SAMPLES.write(Map.of(), SampleSegments.everyType()));
    assertThat(reader.getColumnNames())
        .containsExactly(
            "id", "signed", "at", "score", "flag", "text", "bytes", "key", "vector", "tags",
            "times");
    assertThat(rows(reader, OrcPredicate.TRUE))
        .containsExactly(
            "[-1, -5, 2023-11-14T22:13:20.123Z, 0.1, true, \u00fcber, 0102,"
                + " 00112233445566778899aabbccddeeff, [0.5, -1.0], [a, b],"
                + " [1970-01-01T00:00:00.001Z]]",
            "[2, null, 1969-12-31T23:59:58.500Z, NaN, null, , null, null, [2.0, 3.0], [],"
                + " [1969-12-30T23:59:59.999Z, 1970-01-02T00:00:00Z]]",
            "[3, null, 1970-01-01T00:00:00Z, null, null, null, null, null, null, null, null]");
  }

  @Test
  void aTimeInTheLastSecondBefore1970IsReadOneSecondLate() throws IOException {
    byte[] file =
        SAMPLES.write(
            Map.of(),
            ColumnBatch.of(
                1,
                List.of(
                    Column.of(
                        ColumnSpec.of("at", ValueType.INT64).logically("datetime"),
                        1,
                        SampleSegments.present(0),
                        new long[] {-250}))));
    assertThat(rows(open(file), OrcPredicate.TRUE)).containsExactly("[1970-01-01T00:00:00.750Z]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"zstd", "snappy", "none"})
  void largeFilesOfEveryCompressionAreReadAndTheirStatisticsAreRight(String compression)
      throws IOException {
    int rows = 20_000;
    OrcReader reader =
        open(
            SAMPLES.write(
                Map.of("compression", compression, "stripe_bytes", "256KB"),
                SampleSegments.rows(0, rows)));
    assertThat(reader.getFooter().getStripes()).hasSizeGreaterThan(3);
    long ids = 0;
    double thirdComponents = 0;
    long texts = 0;
    Set<String> categories = new HashSet<>();
    for (List<Object> row : values(reader, OrcPredicate.TRUE)) {
      ids += (Long) row.get(0);
      List<?> vector = (List<?>) row.get(1);
      assertThat(vector).hasSize(SampleSegments.DIMENSION);
      thirdComponents += (Float) vector.get(2);
      categories.add((String) row.get(2));
      texts += row.get(3).equals("null") ? 0 : 1;
    }
    assertThat(ids).isEqualTo(3L * rows * (rows - 1) / 2);
    assertThat(thirdComponents).isEqualTo(SampleSegments.sumOfThirdComponents(rows));
    assertThat(categories).hasSize(20);
    assertThat(texts).isEqualTo(rows - rows / 10);
    // Goes through the statistics of stripes and row groups: a wrong bound would lose the row.
    OrcColumn id = reader.getRootColumn().getNestedColumns().getFirst();
    OrcPredicate one =
        TupleDomainOrcPredicate.builder()
            .addColumn(id.getColumnId(), Domain.singleValue(BigintType.BIGINT, 33_333L))
            .build();
    assertThat(values(reader, one))
        .hasSizeLessThanOrEqualTo(256)
        .filteredOn(row -> row.getFirst().equals(33_333L))
        .singleElement()
        .satisfies(
            row -> assertThat(row.subList(2, 4)).containsExactly("category 11", "text 11111"));
  }

  private static OrcReader open(byte[] file) throws IOException {
    return OrcReader.createOrcReader(
            new MemoryOrcDataSource(new OrcDataSourceId("segment"), Slices.wrappedBuffer(file)),
            new OrcReaderOptions())
        .orElseThrow();
  }

  /** The rows as text. */
  private static List<String> rows(OrcReader reader, OrcPredicate predicate) throws IOException {
    return values(reader, predicate).stream().map(List::toString).toList();
  }

  private static List<List<Object>> values(OrcReader reader, OrcPredicate predicate)
      throws IOException {
    List<OrcColumn> columns = reader.getRootColumn().getNestedColumns();
    List<Type> types = columns.stream().map(TrinoTest::type).toList();
    List<List<Object>> rows = new ArrayList<>();
    try (OrcRecordReader records =
        reader.createRecordReader(
            columns,
            types,
            false,
            predicate,
            DateTimeZone.UTC,
            AggregatedMemoryContext.newSimpleAggregatedMemoryContext(),
            OrcReader.INITIAL_BATCH_SIZE,
            IllegalStateException::new)) {
      for (SourcePage page = records.nextPage(); page != null; page = records.nextPage()) {
        for (int row = 0; row < page.getPositionCount(); row++) {
          List<Object> values = new ArrayList<>();
          for (int c = 0; c < types.size(); c++) {
            values.add(plain(types.get(c).getObjectValue(page.getBlock(c), row)));
          }
          rows.add(values);
        }
      }
    }
    return rows;
  }

  private static Type type(OrcColumn column) {
    return switch (column.getColumnType().getOrcTypeKind()) {
      case BOOLEAN -> BooleanType.BOOLEAN;
      case LONG -> BigintType.BIGINT;
      case FLOAT -> RealType.REAL;
      case DOUBLE -> DoubleType.DOUBLE;
      case STRING -> VarcharType.VARCHAR;
      case BINARY -> VarbinaryType.VARBINARY;
      case TIMESTAMP_INSTANT -> TimestampWithTimeZoneType.TIMESTAMP_TZ_MILLIS;
      case LIST -> new ArrayType(type(column.getNestedColumns().getFirst()));
      default -> throw new AssertionError(column.toString());
    };
  }

  private static Object plain(Object value) {
    return switch (value) {
      case null -> "null";
      case SqlVarbinary bytes -> HexFormat.of().formatHex(bytes.getBytes());
      case SqlTimestampWithTimeZone time -> Instant.ofEpochMilli(time.getEpochMillis());
      case List<?> list -> list.stream().map(TrinoTest::plain).toList();
      default -> value;
    };
  }
}
