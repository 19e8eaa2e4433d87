package io.elacsym.tck.segment;

import io.elacsym.api.segment.ColumnSpec;
import io.elacsym.api.segment.ColumnStatistics;
import io.elacsym.api.segment.SegmentReader;
import io.elacsym.api.segment.SegmentSchema;
import io.elacsym.api.segment.ValueType;
import io.elacsym.tck.Check;
import io.elacsym.tck.MemoryBlobSource;
import io.elacsym.tck.Profile;
import io.elacsym.tck.Seed;
import io.elacsym.tck.expect.Expect;
import io.elacsym.tck.expect.Lazily;
import io.elacsym.tck.memory.Cells.Absent;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;

/** Values, rows and columns of sizes that do not fit where smaller ones do. */
final class LimitChecks {
  private static final int SHORT_ROWS = 1 << 16;

  private final Segments segments;
  private final Lazily<Table> many = new Lazily<>(LimitChecks::manyRows);

  LimitChecks(Segments segments) {
    this.segments = segments;
  }

  List<Check> checks() {
    return List.of(
        Check.of("values of more than a MiB come back", this::largeValues),
        Check.of("lists of a hundred thousand elements come back", this::longLists),
        Check.of("vectors of any dimension come back to the bit", this::dimensions),
        Check.of("a segment may have hundreds of columns", this::manyColumns),
        Check.of("rows beyond 65,535 come back", this::manyRowsBack),
        Check.of("bounds are those of all values, of any sign and script", this::bounds));
  }

  private static Random random() {
    return new Random(Seed.current());
  }

  private void roundTrip(Table table, int batchRows) throws Exception {
    segments.roundTrip(
        table,
        batchRows,
        reader -> {
          table.expectScan(reader, table.names(), 0, 1000);
          int[] backwards =
              IntStream.range(0, table.rows()).map(row -> table.rows() - 1 - row).toArray();
          table.expect("a fetch", backwards, table.names(), reader.fetch(backwards, table.names()));
        });
  }

  private void largeValues() throws Exception {
    Random random = random();
    int size = Profile.current().pick(1_500_000, 8 << 20);
    byte[] bytes = new byte[size];
    random.nextBytes(bytes);
    StringBuilder text = new StringBuilder();
    while (text.length() < size / 2) {
      text.appendCodePoint(0x400 + random.nextInt(0x100));
    }
    roundTrip(
        Tables.of(
            List.of(
                ColumnSpec.of("text", ValueType.STRING),
                ColumnSpec.of("bytes", ValueType.BINARY),
                ColumnSpec.listOf("texts", ValueType.STRING)),
            List.of(
                List.of("small", text.toString(), "", "x".repeat(size)),
                List.of(
                    ByteBuffer.wrap(bytes),
                    Absent.ABSENT,
                    ByteBuffer.wrap(bytes, 0, 3),
                    ByteBuffer.allocate(size)),
                List.of(
                    List.of(text.toString(), "a", text.reverse().toString()),
                    List.of(),
                    Absent.ABSENT,
                    List.of("b")))),
        3);
  }

  private void longLists() throws Exception {
    Random random = random();
    int length = 100_000;
    List<Object> longs = new ArrayList<>();
    List<Object> texts = new ArrayList<>();
    List<Object> flags = new ArrayList<>();
    for (int i = 0; i < length; i++) {
      longs.add(random.nextLong());
      texts.add("element " + random.nextInt(100_000));
      flags.add(random.nextBoolean());
    }
    roundTrip(
        Tables.of(
            List.of(
                ColumnSpec.listOf("longs", ValueType.INT64),
                ColumnSpec.listOf("texts", ValueType.STRING),
                ColumnSpec.listOf("flags", ValueType.BOOL)),
            List.of(
                List.of(List.of(1L), longs, List.of(), longs.subList(0, SHORT_ROWS)),
                List.of(texts, List.of("one"), Absent.ABSENT, texts.subList(5, SHORT_ROWS + 6)),
                List.of(flags, flags.subList(1, length), List.of(true), List.of()))),
        2);
  }

  /** With both zeros, and numbers at the ends of the range of floats. */
  private void dimensions() throws Exception {
    Random random = random();
    List<Integer> dimensions = new ArrayList<>(List.of(1, 2, 1023, 1025, 4097));
    if (Profile.current() == Profile.FULL) {
      dimensions.add(65_536);
    }
    float[] odd = {
      0f, -0f, Float.MIN_VALUE, -Float.MIN_VALUE, Float.MAX_VALUE, -Float.MAX_VALUE, 1e-25f, 1e25f
    };
    for (int dimension : dimensions) {
      ColumnSpec spec = ColumnSpec.vector("vector", dimension);
      List<Object> cells = new ArrayList<>();
      for (int row = 0; row < 40; row++) {
        float[] vector = new float[dimension];
        for (int i = 0; i < dimension; i++) {
          vector[i] =
              random.nextInt(4) == 0
                  ? odd[random.nextInt(odd.length)]
                  : (float) random.nextGaussian();
        }
        cells.add(row % 9 == 4 ? Absent.ABSENT : FloatBuffer.wrap(vector));
      }
      Table table = Tables.of(List.of(spec), List.of(cells));
      roundTrip(table, 7);
      ReadingChecks.expectVectors(segments, table, "vector", segments.write(table, 13));
    }
  }

  private void manyColumns() throws Exception {
    Random random = random();
    int count = Profile.current().pick(130, 1032);
    List<ColumnSpec> columns = new ArrayList<>();
    List<ValueType> types = List.of(ValueType.values());
    for (int c = 0; c < count; c++) {
      ValueType type = types.get(c % types.size());
      String name = "column " + c;
      columns.add(
          type == ValueType.VECTOR
              ? ColumnSpec.vector(name, 2)
              : c % 4 == 1 ? ColumnSpec.listOf(name, type) : ColumnSpec.of(name, type));
    }
    Table table = Tables.random(new SegmentSchema(columns), 30, 0.3, random);
    roundTrip(table, 20);
    List<String> some = new ArrayList<>(table.names());
    Collections.shuffle(some, random);
    segments.roundTrip(
        table,
        30,
        reader -> {
          Expect.equal("schema", table.schema(), reader.schema());
          table.expectScan(reader, some.subList(0, 70), 3, 11);
        });
  }

  private static Table manyRows() {
    int rows = Profile.current().pick(70_000, 300_000);
    List<ColumnSpec> columns =
        List.of(
            ColumnSpec.of("id", ValueType.INT64).logically("uint"),
            ColumnSpec.of("text", ValueType.STRING),
            ColumnSpec.vector("vector", 2),
            ColumnSpec.listOf("tags", ValueType.INT64));
    List<Object> ids = new ArrayList<>();
    List<Object> texts = new ArrayList<>();
    List<Object> vectors = new ArrayList<>();
    List<Object> tags = new ArrayList<>();
    for (int row = 0; row < rows; row++) {
      ids.add(7L * row);
      texts.add(row % 5 == 2 ? Absent.ABSENT : "t" + row);
      vectors.add(FloatBuffer.wrap(new float[] {row, -row}));
      tags.add(row % 3 == 0 ? List.of() : List.of((long) row));
    }
    return Tables.of(columns, List.of(ids, texts, vectors, tags));
  }

  private void manyRowsBack() throws Exception {
    Table table = many.get();
    MemoryBlobSource file = segments.write(table, 5000);
    try (SegmentReader reader = segments.open(file)) {
      Expect.equal("rows", table.rows(), reader.rowCount());
      int[] rows = {
        SHORT_ROWS, 0, SHORT_ROWS - 1, table.rows() - 1, SHORT_ROWS + 1, 4464, SHORT_ROWS, 69_999
      };
      table.expect("a fetch", rows, table.names(), reader.fetch(rows, table.names()));
      table.expectScan(reader, List.of("id", "tags"), SHORT_ROWS - 3, 3000);
      table.expectScan(reader, List.of("text"), 100, 66_000);
      reader
          .statistics("text")
          .ifPresent(seen -> Expect.equal("absent texts", table.rows() / 5L, seen.absent()));
    }
    ReadingChecks.expectVectors(segments, table, "vector", file);
  }

  /** One value a batch, so that the bounds come from the first, the middle and the last. */
  private void bounds() throws Exception {
    List<List<Object>> orders =
        List.of(List.of(0, 1, 2, 3), List.of(3, 2, 1, 0), List.of(1, 3, 0, 2));
    for (List<Object> order : orders) {
      Table table =
          Tables.of(
              List.of(
                  ColumnSpec.of("negative", ValueType.FLOAT64),
                  ColumnSpec.of("tiny", ValueType.FLOAT64),
                  ColumnSpec.of("negative-long", ValueType.INT64),
                  ColumnSpec.of("unsigned", ValueType.INT64).logically("uint"),
                  ColumnSpec.of("text", ValueType.STRING),
                  ColumnSpec.of("case", ValueType.STRING),
                  ColumnSpec.listOf("doubles", ValueType.FLOAT64),
                  ColumnSpec.listOf("texts", ValueType.STRING)),
              List.of(
                  in(order, -1e300, -7.5, -2.5, -1e-300),
                  in(order, Double.MIN_VALUE, 1e-300, 1e-299, 2e-299),
                  in(order, Long.MIN_VALUE, -9L, -8L, -7L),
                  in(order, 1L, Long.MAX_VALUE, Long.MIN_VALUE, -1L),
                  in(order, "a", "\u00fc", "\uffff", "\ud800\udc00"),
                  in(order, "A", "B", "a", "b"),
                  in(order, List.of(-5.0, -4.0), List.of(), List.of(-3.5), List.of(-3.0, -4.5)),
                  in(order, List.of("b"), List.of(), List.of("z", "c"), List.of("\u00e4", "d"))));
      segments.roundTrip(
          table,
          1,
          reader -> {
            expectBounds(reader, "negative", -1e300, -1e-300);
            expectBounds(reader, "tiny", Double.MIN_VALUE, 2e-299);
            expectBounds(reader, "negative-long", Long.MIN_VALUE, -7L);
            expectBounds(reader, "unsigned", 1L, -1L);
            expectBounds(reader, "text", "a", "\ud800\udc00");
            expectBounds(reader, "case", "A", "b");
            expectBounds(reader, "doubles", -5.0, -3.0);
            expectBounds(reader, "texts", "b", "\u00e4");
          });
    }
  }

  private static List<Object> in(List<Object> order, Object... values) {
    return order.stream().map(at -> values[(Integer) at]).toList();
  }

  private static void expectBounds(
      SegmentReader reader, String column, Comparable<?> min, Comparable<?> max) {
    Optional<ColumnStatistics> statistics = reader.statistics(column);
    statistics
        .flatMap(ColumnStatistics::min)
        .ifPresent(seen -> Expect.equal("least of " + column, min, seen));
    statistics
        .flatMap(ColumnStatistics::max)
        .ifPresent(seen -> Expect.equal("most of " + column, max, seen));
  }
}
