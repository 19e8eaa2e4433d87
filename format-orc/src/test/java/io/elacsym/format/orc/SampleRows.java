package io.elacsym.format.orc;

import static org.assertj.core.api.Assertions.assertThat;

import io.elacsym.api.segment.BatchCursor;
import io.elacsym.api.segment.Column;
import io.elacsym.api.segment.ColumnBatch;
import io.elacsym.api.segment.ColumnSpec;
import io.elacsym.api.segment.SegmentReader;
import io.elacsym.api.segment.SegmentSchema;
import io.elacsym.api.segment.SegmentWriter;
import io.elacsym.api.segment.ValueType;
import io.elacsym.tck.MemoryBlobSink;
import io.elacsym.tck.MemoryBlobSource;
import io.elacsym.tck.TestContext;
import java.util.BitSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Rows whose values follow from their numbers: id 3n, a vector of n + component, one of 20
 * categories, and a text that every tenth row lacks.
 */
public final class SampleRows {
  public static final int DIMENSION = 16;

  private SampleRows() {}

  public static ColumnBatch batch(int from, int to) {
    int rows = to - from;
    BitSet all = new BitSet();
    all.set(0, rows);
    BitSet withText = new BitSet();
    long[] ids = new long[rows];
    float[] vectors = new float[rows * DIMENSION];
    String[] categories = new String[rows];
    String[] texts = new String[rows];
    for (int i = 0; i < rows; i++) {
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
        rows,
        List.of(
            Column.of(ColumnSpec.of("id", ValueType.INT64).logically("uint"), rows, all, ids),
            Column.of(ColumnSpec.vector("vector", DIMENSION), rows, all, vectors),
            Column.of(ColumnSpec.of("category", ValueType.STRING), rows, all, categories),
            Column.of(ColumnSpec.of("text", ValueType.STRING), rows, withText, texts)));
  }

  /** Three rows with a column of each type: all values, some, and hardly any. */
  public static ColumnBatch everyType() {
    BitSet first = bits(0);
    BitSet firstTwo = bits(0, 1);
    BitSet all = bits(0, 1, 2);
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

  public static BitSet bits(int... set) {
    BitSet bits = new BitSet();
    for (int bit : set) {
      bits.set(bit);
    }
    return bits;
  }

  public static double sumOfThirdComponents(int rows) {
    return (double) rows * (rows - 1) / 2 + 2.0 * rows;
  }

  public static byte[] file(Map<String, String> options, ColumnBatch... batches) {
    OrcFormatProvider provider = new OrcFormatProvider();
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

  public static SegmentReader open(MemoryBlobSource source) {
    OrcFormatProvider provider = new OrcFormatProvider();
    return provider.open(source, provider.encoding(), TestContext.of(provider));
  }

  /** That the file has the rows of {@code batch(0, rows)}. */
  public static void expectAll(SegmentReader reader, int rows) {
    ColumnBatch expected = batch(0, rows);
    int row = 0;
    try (BatchCursor cursor = reader.scan(List.of("id", "vector", "category", "text"), 0, 97)) {
      for (Optional<ColumnBatch> next = cursor.next(); next.isPresent(); next = cursor.next()) {
        ColumnBatch batch = next.get();
        for (int i = 0; i < batch.rows(); i++, row++) {
          assertThat(batch.column("id").longs()[i]).isEqualTo(expected.column("id").longs()[row]);
          assertThat(batch.column("vector").floats()[i * DIMENSION + 5]).isEqualTo(row + 5f);
          assertThat(batch.column("category").strings()[i])
              .isEqualTo(expected.column("category").strings()[row]);
          assertThat(batch.column("text").isPresent(i)).isEqualTo(row % 10 != 0);
        }
      }
    }
    assertThat(row).isEqualTo(rows);
  }
}
