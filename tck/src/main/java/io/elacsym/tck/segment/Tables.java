package io.elacsym.tck.segment;

import io.elacsym.api.segment.ColumnSpec;
import io.elacsym.api.segment.SegmentSchema;
import io.elacsym.api.segment.ValueType;
import io.elacsym.tck.memory.Cells;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Tables to write. */
final class Tables {
  private static final List<String> WORDS =
      List.of(
          "",
          "a",
          "segment",
          "\u00fcber",
          "\u65e5\u672c\u8a9e",
          "\ud83d\ude80",
          "a\u0000b",
          "tab\tnew\nline");

  private static final List<ValueType> TYPES = List.of(ValueType.values());

  private Tables() {}

  /** Every type as scalar and as list, and vectors. */
  static SegmentSchema everyType() {
    List<ColumnSpec> columns = new ArrayList<>();
    for (ValueType type : ValueType.values()) {
      if (type != ValueType.VECTOR) {
        columns.add(ColumnSpec.of(type.id(), type));
        columns.add(ColumnSpec.listOf(type.id() + "-list", type));
      }
    }
    columns.add(ColumnSpec.vector("vector", 3));
    columns.add(ColumnSpec.of("uint", ValueType.INT64).logically("uint"));
    columns.add(ColumnSpec.of("datetime", ValueType.INT64).logically("datetime"));
    return new SegmentSchema(columns);
  }

  /** A table with random cells, of which this share is absent. */
  static Table random(SegmentSchema schema, int rows, double absent, Random random) {
    List<List<Object>> columns = new ArrayList<>();
    for (ColumnSpec spec : schema.columns()) {
      List<Object> cells = new ArrayList<>(rows);
      for (int row = 0; row < rows; row++) {
        cells.add(random.nextDouble() < absent ? Cells.Absent.ABSENT : cell(spec, random));
      }
      columns.add(cells);
    }
    return new Table(schema, rows, columns);
  }

  /** A table whose columns have these cells, one list a column. */
  static Table of(List<ColumnSpec> columns, List<List<Object>> cells) {
    return new Table(new SegmentSchema(columns), cells.getFirst().size(), cells);
  }

  private static Object cell(ColumnSpec spec, Random random) {
    return spec.list()
        ? Stream.generate(() -> value(spec, random)).limit(random.nextInt(4)).toList()
        : value(spec, random);
  }

  static Object value(ColumnSpec spec, Random random) {
    return switch (spec.type()) {
      case BOOL -> random.nextBoolean();
      case INT64 -> random.nextBoolean() ? random.nextLong() : (long) random.nextInt(100);
      case FLOAT64 -> random.nextGaussian() * Math.pow(10, random.nextInt(40) - 20);
      case STRING ->
          random.nextBoolean()
              ? WORDS.get(random.nextInt(WORDS.size()))
              : "value " + random.nextInt(1000);
      case BINARY -> {
        byte[] bytes = new byte[random.nextInt(20)];
        random.nextBytes(bytes);
        yield ByteBuffer.wrap(bytes);
      }
      case VECTOR -> {
        float[] vector = new float[spec.dimension()];
        for (int i = 0; i < vector.length; i++) {
          vector[i] = (float) random.nextGaussian();
        }
        yield FloatBuffer.wrap(vector);
      }
    };
  }

  /** A schema of up to eight columns. */
  static SegmentSchema randomSchema(Random random) {
    List<ColumnSpec> columns = new ArrayList<>();
    int count = 1 + random.nextInt(8);
    for (int c = 0; c < count; c++) {
      ValueType type = TYPES.get(random.nextInt(TYPES.size()));
      String name = "column " + c;
      columns.add(
          type == ValueType.VECTOR
              ? ColumnSpec.vector(name, 1 + random.nextInt(40))
              : random.nextBoolean() ? ColumnSpec.of(name, type) : ColumnSpec.listOf(name, type));
    }
    return new SegmentSchema(columns);
  }

  /**
   * As large as a segment: 50,000 rows, about 7 MB, most of it in vectors and text. What is in it
   * can hardly be compressed, so that shares of the file mean something.
   */
  static Table large(Random random) {
    return large(random, 50_000);
  }

  static Table large(Random random, int rows) {
    List<ColumnSpec> columns =
        List.of(
            ColumnSpec.of("id", ValueType.INT64).logically("uint"),
            ColumnSpec.vector("vector", 16),
            ColumnSpec.of("text", ValueType.STRING),
            ColumnSpec.of("price", ValueType.FLOAT64),
            ColumnSpec.listOf("tags", ValueType.STRING));
    List<Object> ids = new ArrayList<>();
    List<Object> vectors = new ArrayList<>();
    List<Object> texts = new ArrayList<>();
    List<Object> prices = new ArrayList<>();
    List<Object> tags = new ArrayList<>();
    for (int row = 0; row < rows; row++) {
      ids.add(3L * row);
      vectors.add(value(columns.get(1), random));
      texts.add(text(random));
      prices.add(row % 7 == 0 ? Cells.Absent.ABSENT : (Object) (double) random.nextInt(10_000));
      tags.add(
          IntStream.range(0, row % 3).mapToObj(i -> (Object) ("tag" + random.nextInt(5))).toList());
    }
    return of(columns, List.of(ids, vectors, texts, prices, tags));
  }

  private static String text(Random random) {
    return Long.toString(random.nextLong() >>> 1, 36)
        + " "
        + Long.toString(random.nextLong() >>> 1, 36)
        + " "
        + Long.toString(random.nextLong() >>> 1, 36);
  }
}
