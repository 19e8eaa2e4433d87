package io.elacsym.tck.segment;

import io.elacsym.api.segment.ColumnSpec;
import io.elacsym.api.segment.ColumnStatistics;
import io.elacsym.api.segment.PageBounds;
import io.elacsym.api.segment.SegmentReader;
import io.elacsym.api.segment.SegmentSchema;
import io.elacsym.api.segment.ValueType;
import io.elacsym.tck.Check;
import io.elacsym.tck.Seed;
import io.elacsym.tck.expect.Expect;
import io.elacsym.tck.memory.Cells.Absent;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** That what comes back is what was written. */
record ValueChecks(Segments segments) {
  /** More than a page of any file that has pages of some kilobytes. */
  private static final int PAGED_ROWS = 5_000;

  List<Check> checks() {
    return List.of(
        Check.of("values of every type come back, scalars and lists", this::everyType),
        Check.of("absent, empty list, empty text and zero stay apart", this::absentIsNoValue),
        Check.of("columns without any value or without any absent row come back", this::allOrNone),
        Check.of("the largest, smallest and oddest values come back", this::extremes),
        Check.of("text of any script and length comes back", this::unicode),
        Check.of("the schema comes back: names, order, logical types, dimensions", this::schema),
        Check.of("a segment without rows is a segment", this::noRows),
        Check.of("random tables come back", this::randomTables),
        Check.of("statistics are right where there are any", this::statistics),
        Check.of("no value is beyond the bounds of its page", this::pageBounds));
  }

  private void everyType() throws Exception {
    roundTrip(Tables.random(Tables.everyType(), 200, 0, random()), 64);
    roundTrip(Tables.random(Tables.everyType(), 1, 0, random()), 64);
  }

  private void absentIsNoValue() throws Exception {
    Table table =
        Tables.of(
            List.of(
                ColumnSpec.of("s", ValueType.STRING),
                ColumnSpec.of("n", ValueType.INT64),
                ColumnSpec.of("d", ValueType.FLOAT64),
                ColumnSpec.of("b", ValueType.BOOL),
                ColumnSpec.of("x", ValueType.BINARY),
                ColumnSpec.vector("v", 2),
                ColumnSpec.listOf("sl", ValueType.STRING),
                ColumnSpec.listOf("nl", ValueType.INT64)),
            List.of(
                List.of("", Absent.ABSENT, "x", Absent.ABSENT),
                List.of(Absent.ABSENT, 0L, Absent.ABSENT, 7L),
                List.of(0.0, Absent.ABSENT, -0.0, Absent.ABSENT),
                List.of(false, Absent.ABSENT, true, false),
                List.of(ByteBuffer.allocate(0), Absent.ABSENT, Absent.ABSENT, bytes(0)),
                List.of(vector(0, 0), Absent.ABSENT, vector(0, 1), Absent.ABSENT),
                List.of(List.of(), Absent.ABSENT, List.of(""), List.of("", "")),
                List.of(Absent.ABSENT, List.of(), List.of(0L), Absent.ABSENT)));
    roundTrip(table, 4);
    roundTrip(table, 1);
  }

  private void allOrNone() throws Exception {
    roundTrip(Tables.random(Tables.everyType(), 50, 1, random()), 20);
    roundTrip(Tables.random(Tables.everyType(), 50, 0, random()), 20);
    roundTrip(Tables.random(Tables.everyType(), 3000, 0.999, random()), 999);
  }

  private void extremes() throws Exception {
    // One more than 2^53 is the first number that a double cannot hold.
    List<Object> longs =
        List.of(
            0L,
            -1L,
            Long.MIN_VALUE,
            Long.MAX_VALUE,
            Long.MIN_VALUE + 1,
            Long.MAX_VALUE - 1,
            (1L << 53) + 1,
            1L << 31);
    List<Object> doubles =
        List.of(
            0.0,
            -0.0,
            Double.MAX_VALUE,
            -Double.MAX_VALUE,
            Double.MIN_VALUE,
            Double.MIN_NORMAL,
            0.1 + 0.2,
            1e-300);
    List<Object> vectors =
        List.of(
            vector(0, 0),
            vector(Float.MAX_VALUE, -Float.MAX_VALUE),
            vector(Float.MIN_VALUE, -Float.MIN_VALUE),
            vector(1e-30f, 1),
            vector(0.1f, 0.2f),
            vector(-1, 1),
            vector(3, 4),
            vector(-0.0f, 16_777_217));
    Table table =
        Tables.of(
            List.of(
                ColumnSpec.of("long", ValueType.INT64),
                ColumnSpec.of("unsigned", ValueType.INT64).logically("uint"),
                ColumnSpec.of("time", ValueType.INT64).logically("datetime"),
                ColumnSpec.of("double", ValueType.FLOAT64),
                ColumnSpec.vector("vector", 2),
                ColumnSpec.listOf("longs", ValueType.INT64),
                ColumnSpec.listOf("unsigneds", ValueType.INT64).logically("uint"),
                ColumnSpec.listOf("doubles", ValueType.FLOAT64)),
            List.of(
                longs,
                longs,
                longs,
                doubles,
                vectors,
                nested(longs),
                nested(longs),
                nested(doubles)));
    roundTrip(table, 100);
  }

  private void unicode() throws Exception {
    List<Object> texts =
        List.of(
            "",
            " ",
            "\u00e4\u00f6\u00fc\u00df",
            "\u65e5\u672c\u8a9e\u306e\u6587",
            "\u0627\u0644\u0639\u0631\u0628\u064a\u0629",
            "\ud83d\ude80\ud83d\udc69\u200d\ud83d\ude80",
            "e\u0301 is not \u00e9",
            "a\u0000b\u0000",
            "\ufffe\uffff\ue000",
            "line\r\nline\ttab \"quote\" \\ ,;",
            "long \u00fc".repeat(30_000));
    roundTrip(
        Tables.of(
            List.of(
                ColumnSpec.of("text", ValueType.STRING),
                ColumnSpec.listOf("texts", ValueType.STRING)),
            List.of(texts, nested(texts))),
        3);
  }

  private void schema() throws Exception {
    List<ColumnSpec> columns =
        List.of(
            ColumnSpec.of("_id", ValueType.INT64).logically("uint"),
            ColumnSpec.of("when", ValueType.INT64).logically("datetime"),
            ColumnSpec.of("key", ValueType.BINARY).logically("uuid"),
            ColumnSpec.of("odd", ValueType.STRING).logically("a meaning nobody knows"),
            ColumnSpec.listOf("keys", ValueType.BINARY).logically("uuid"),
            ColumnSpec.listOf("times", ValueType.INT64).logically("datetime"),
            ColumnSpec.vector("v384", 384),
            ColumnSpec.vector("v1", 1),
            ColumnSpec.of("with.dot/slash space", ValueType.BOOL),
            ColumnSpec.of("\u540d\u524d", ValueType.FLOAT64),
            ColumnSpec.of("UPPER", ValueType.STRING),
            ColumnSpec.of("upper", ValueType.STRING),
            ColumnSpec.of("list", ValueType.STRING),
            ColumnSpec.listOf("element", ValueType.FLOAT64));
    Random random = random();
    List<List<Object>> cells = new ArrayList<>();
    for (ColumnSpec spec : columns) {
      cells.add(List.of(schemaCell(spec, random), Absent.ABSENT, schemaCell(spec, random)));
    }
    roundTrip(Tables.of(columns, cells), 10);
  }

  /** A random cell for a column. In a column of UUIDs every value must have 16 bytes. */
  private static Object schemaCell(ColumnSpec spec, Random random) {
    byte[] uuid = new byte[16];
    random.nextBytes(uuid);
    Object value =
        spec.logicalType().equals("uuid") ? ByteBuffer.wrap(uuid) : Tables.value(spec, random);
    return spec.list() ? List.of(value) : value;
  }

  private void noRows() throws Exception {
    Table table = Tables.random(Tables.everyType(), 0, 0, random());
    segments.roundTrip(
        table,
        1,
        reader -> {
          Expect.equal("rows", 0, reader.rowCount());
          Expect.equal("schema", table.schema(), reader.schema());
          table.expectScan(reader, table.names(), 0, 10);
        });
  }

  private void randomTables() throws Exception {
    Random random = random();
    for (int i = 0; i < 25; i++) {
      SegmentSchema schema = Tables.randomSchema(random);
      Table table = Tables.random(schema, 1 + random.nextInt(700), random.nextInt(4) / 4.0, random);
      try {
        roundTrip(table, 1 + random.nextInt(300));
      } catch (AssertionError e) {
        throw new AssertionError("table " + i + " " + schema.columns() + ": " + e.getMessage(), e);
      }
    }
  }

  private void statistics() throws Exception {
    Table table =
        Tables.of(
            List.of(
                ColumnSpec.of("long", ValueType.INT64),
                ColumnSpec.of("unsigned", ValueType.INT64).logically("uint"),
                ColumnSpec.of("double", ValueType.FLOAT64),
                ColumnSpec.of("text", ValueType.STRING),
                ColumnSpec.of("flag", ValueType.BOOL),
                ColumnSpec.listOf("longs", ValueType.INT64),
                ColumnSpec.of("odd", ValueType.FLOAT64),
                ColumnSpec.of("nothing", ValueType.INT64),
                ColumnSpec.vector("vector", 2)),
            List.of(
                List.of(5L, -7L, Absent.ABSENT, 3L),
                List.of(5L, -7L, Absent.ABSENT, 3L),
                List.of(1.5, Absent.ABSENT, -2.5, 1e300),
                List.of("pear", "apple", "z".repeat(200), Absent.ABSENT),
                List.of(true, true, Absent.ABSENT, Absent.ABSENT),
                List.of(List.of(4L, 9L), List.of(), Absent.ABSENT, List.of(-1L)),
                List.of(2.5, Double.NaN, Absent.ABSENT, -1.5),
                List.of(Absent.ABSENT, Absent.ABSENT, Absent.ABSENT, Absent.ABSENT),
                List.of(vector(1, 2), Absent.ABSENT, vector(1, 2), vector(1, 2))));
    segments.roundTrip(
        table,
        2,
        reader -> {
          expectStatistics(reader, "long", 1, -7L, 5L);
          expectStatistics(reader, "unsigned", 1, 3L, -7L);
          expectStatistics(reader, "double", 1, -2.5, 1e300);
          expectStatistics(reader, "text", 1, "apple", "z".repeat(200));
          expectStatistics(reader, "flag", 2, true, true);
          expectStatistics(reader, "longs", 1, -1L, 9L);
          expectStatistics(reader, "odd", 1, -1.5, 2.5);
          Optional<ColumnStatistics> nothing = reader.statistics("nothing");
          Expect.equal(
              "statistics of a column without values",
              nothing.map(s -> new ColumnStatistics(4, Optional.empty(), Optional.empty())),
              nothing);
          Expect.that(
              reader.statistics("vector").stream().allMatch(s -> s.absent() == 1),
              () -> "a vector column with one absent row has " + reader.statistics("vector"));
        });
  }

  private static void expectStatistics(
      SegmentReader reader, String column, long absent, Comparable<?> min, Comparable<?> max) {
    reader
        .statistics(column)
        .ifPresent(seen -> {
          Expect.equal("absent rows of " + column, absent, seen.absent());
          seen.min().ifPresent(value -> Expect.equal("least of " + column, min, value));
          seen.max().ifPresent(value -> Expect.equal("most of " + column, max, value));
        });
  }

  private void pageBounds() throws Exception {
    List<Object> longs = new ArrayList<>();
    List<Object> unsigned = new ArrayList<>();
    List<Object> doubles = new ArrayList<>();
    Random random = random();
    for (int row = 0; row < PAGED_ROWS; row++) {
      boolean absent = random.nextInt(5) == 0;
      longs.add(absent ? Absent.ABSENT : (Object) (row * 10L + random.nextInt(10) - 20_000));
      unsigned.add(absent ? Absent.ABSENT : (Object) random.nextLong());
      doubles.add(absent ? Absent.ABSENT : (Object) (row / 7.0 - 300));
    }
    Table table =
        Tables.of(
            List.of(
                ColumnSpec.of("long", ValueType.INT64),
                ColumnSpec.of("unsigned", ValueType.INT64).logically("uint"),
                ColumnSpec.of("double", ValueType.FLOAT64)),
            List.of(longs, unsigned, doubles));
    segments.roundTrip(
        table,
        1_000,
        reader -> {
          expectBounds(reader, "long", longs, (a, b) -> Long.compare((Long) a, (Long) b));
          expectBounds(
              reader, "unsigned", unsigned, (a, b) -> Long.compareUnsigned((Long) a, (Long) b));
          expectBounds(reader, "double", doubles, (a, b) -> Double.compare((Double) a, (Double) b));
        });
  }

  private static void expectBounds(
      SegmentReader reader, String column, List<Object> values, Comparator<Object> order) {
    int end = 0;
    for (PageBounds page : reader.pageBounds(column)) {
      boolean inOrder =
          end <= page.fromRow() && page.fromRow() < page.endRow() && page.endRow() <= values.size();
      Expect.that(inOrder, () -> "a page of " + column + " behind others is " + page);
      end = page.endRow();
      List<Object> within = values.subList(page.fromRow(), page.endRow());
      Expect.equal(
          "absent rows of " + page,
          within.stream().filter(Absent.ABSENT::equals).count(),
          (long) page.absent());
      for (Object value : within) {
        Expect.that(
            value.equals(Absent.ABSENT)
                || (order.compare(page.min(), value) <= 0 && order.compare(value, page.max()) <= 0),
            () -> column + " has " + value + " beyond the bounds of " + page);
      }
    }
  }

  private void roundTrip(Table table, int batchRows) throws Exception {
    segments.roundTrip(
        table,
        batchRows,
        reader -> {
          Expect.equal("schema", table.schema(), reader.schema());
          Expect.equal("rows", table.rows(), reader.rowCount());
          table.expectScan(reader, table.names(), 0, 1000);
        });
  }

  private static List<Object> nested(List<Object> values) {
    List<Object> lists = new ArrayList<>();
    for (int i = 0; i < values.size(); i++) {
      lists.add(List.copyOf(values.subList(0, i)));
    }
    return lists;
  }

  private static ByteBuffer bytes(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return ByteBuffer.wrap(bytes);
  }

  private static FloatBuffer vector(float... components) {
    return FloatBuffer.wrap(components);
  }

  private static Random random() {
    return new Random(Seed.current());
  }
}
