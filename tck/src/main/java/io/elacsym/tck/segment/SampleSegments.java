package io.elacsym.tck.segment;

import io.elacsym.api.blob.BlobSource;
import io.elacsym.api.segment.BatchCursor;
import io.elacsym.api.segment.Column;
import io.elacsym.api.segment.ColumnBatch;
import io.elacsym.api.segment.ColumnSpec;
import io.elacsym.api.segment.SegmentFormatProvider;
import io.elacsym.api.segment.SegmentReader;
import io.elacsym.api.segment.SegmentSchema;
import io.elacsym.api.segment.SegmentWriter;
import io.elacsym.api.segment.ValueType;
import io.elacsym.tck.MemoryBlobSink;
import io.elacsym.tck.TestContext;
import io.elacsym.tck.expect.Expect;
import io.elacsym.tck.memory.Cells;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Segments for what a format tests beyond the contract, such as that tools which are not ours read
 * its files. The values of {@link #rows} follow from the rows' numbers: id 3n, a vector of n +
 * component, one of 20 categories, and a text that every tenth row lacks.
 */
public record SampleSegments(SegmentFormatProvider provider) {
  /** Components of a vector. */
  public static final int DIMENSION = 16;

  /** Rows {@code from} to {@code to} (exclusive). */
  public static ColumnBatch rows(int from, int to) {
    int count = to - from;
    BitSet all = new BitSet();
    all.set(0, count);
    BitSet withText = new BitSet();
    long[] ids = new long[count];
    float[] vectors = new float[count * DIMENSION];
    String[] categories = new String[count];
    String[] texts = new String[count];
    for (int i = 0; i < count; i++) {
      int row = from + i;
      ids[i] = 3L * row;
      for (int j = 0; j < DIMENSION; j++) {
        vectors[i * DIMENSION + j] = row + j;
      }
      categories[i] = "category " + row % 20;
      texts[i] = "text " + row;
      withText.set(i, row % 10 != 0);
    }
    return ColumnBatch.of(
        count,
        List.of(
            Column.of(ColumnSpec.of("id", ValueType.INT64).logically("uint"), count, all, ids),
            Column.of(ColumnSpec.vector("vector", DIMENSION), count, all, vectors),
            Column.of(ColumnSpec.of("category", ValueType.STRING), count, all, categories),
            Column.of(ColumnSpec.of("text", ValueType.STRING), count, withText, texts)));
  }

  /** Three rows with a column of each type: all values, some, and hardly any. */
  public static ColumnBatch everyType() {
    BitSet first = present(0);
    BitSet firstTwo = present(0, 1);
    BitSet all = present(0, 1, 2);
    byte[] uuid = HexFormat.of().parseHex("00112233445566778899aabbccddeeff");
    return ColumnBatch.of(
        3,
        List.of(
            Column.of(
                ColumnSpec.of("id", ValueType.INT64).logically("uint"),
                3,
                all,
                new long[] {-1, 2, 3}),
            Column.of(ColumnSpec.of("signed", ValueType.INT64), 3, first, new long[] {-5, 0, 0}),
            Column.of(
                ColumnSpec.of("at", ValueType.INT64).logically("datetime"),
                3,
                all,
                new long[] {1_700_000_000_123L, -1_500, 0}),
            Column.of(
                ColumnSpec.of("score", ValueType.FLOAT64),
                3,
                firstTwo,
                new double[] {0.1, Double.NaN, 0}),
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
                ColumnSpec.of("bytes", ValueType.BINARY), 3, first, new byte[][] {{1, 2}, {}, {}}),
            Column.of(
                ColumnSpec.of("key", ValueType.BINARY).logically("uuid"),
                3,
                first,
                new byte[][] {uuid, uuid, uuid}),
            Column.of(
                ColumnSpec.vector("vector", 2), 3, firstTwo, new float[] {0.5f, -1, 2, 3, 0, 0}),
            Column.ofLists(
                ColumnSpec.listOf("tags", ValueType.STRING),
                3,
                firstTwo,
                new int[] {0, 2, 2, 2},
                new String[] {"a", "b"}),
            Column.ofLists(
                ColumnSpec.listOf("times", ValueType.INT64).logically("datetime"),
                3,
                firstTwo,
                new int[] {0, 1, 3, 3},
                new long[] {1, -86_400_001, 86_400_000})));
  }

  /** These rows, as those that have a value. */
  public static BitSet present(int... rows) {
    BitSet present = new BitSet();
    Arrays.stream(rows).forEach(present::set);
    return present;
  }

  /** What the third components of the vectors of {@code rows(0, rows)} add up to. */
  public static double sumOfThirdComponents(int rows) {
    return (double) rows * (rows - 1) / 2 + 2.0 * rows;
  }

  /** The file with these batches, which have the same columns. */
  public byte[] write(Map<String, String> options, ColumnBatch... batches) {
    SegmentSchema schema =
        new SegmentSchema(batches[0].columns().values().stream().map(Column::spec).toList());
    MemoryBlobSink sink = new MemoryBlobSink();
    try (SegmentWriter writer = provider.writer(schema, sink, TestContext.of(provider, options))) {
      for (ColumnBatch batch : batches) {
        writer.write(batch);
      }
      writer.finish();
    }
    return sink.bytes();
  }

  public SegmentReader open(BlobSource source) {
    return provider.open(source, provider.encoding(), TestContext.of(provider));
  }

  /** Expects a segment to have exactly these rows. */
  public static void expect(SegmentReader reader, ColumnBatch expected) {
    List<String> names = List.copyOf(expected.columns().keySet());
    Expect.equal(
        "schema",
        expected.columns().values().stream().map(Column::spec).toList(),
        reader.schema().columns());
    int row = 0;
    try (BatchCursor cursor = reader.scan(names, 0, 97)) {
      for (Optional<ColumnBatch> next = cursor.next(); next.isPresent(); next = cursor.next()) {
        for (int i = 0; i < next.get().rows(); i++, row++) {
          Expect.that(row < expected.rows(), () -> "more than " + expected.rows() + " rows");
          for (String name : names) {
            Expect.equal(
                "column '" + name + "', row " + row,
                Cells.at(expected.column(name), row),
                Cells.at(next.get().column(name), i));
          }
        }
      }
    }
    Expect.equal("rows", expected.rows(), row);
  }
}
