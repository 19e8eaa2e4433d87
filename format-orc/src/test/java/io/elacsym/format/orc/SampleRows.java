package io.elacsym.format.orc;

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
import java.util.List;
import java.util.Map;

/**
 * Rows whose values follow from their numbers: id 3n, a vector of n + component, one of 20
 * categories, and a text that every tenth row lacks.
 */
final class SampleRows {
  static final int DIMENSION = 16;

  private SampleRows() {}

  static ColumnBatch batch(int from, int to) {
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

  static double sumOfThirdComponents(int rows) {
    return (double) rows * (rows - 1) / 2 + 2.0 * rows;
  }

  static byte[] file(Map<String, String> options, ColumnBatch... batches) {
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

  static SegmentReader open(MemoryBlobSource source) {
    OrcFormatProvider provider = new OrcFormatProvider();
    return provider.open(source, provider.encoding(), TestContext.of(provider));
  }
}
