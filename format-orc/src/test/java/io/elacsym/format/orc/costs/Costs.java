package io.elacsym.format.orc.costs;

import io.elacsym.api.blob.BlobSource;
import io.elacsym.api.segment.BatchCursor;
import io.elacsym.api.segment.Column;
import io.elacsym.api.segment.ColumnBatch;
import io.elacsym.api.segment.SegmentReader;
import io.elacsym.api.segment.SegmentSchema;
import io.elacsym.api.segment.SegmentWriter;
import io.elacsym.format.orc.OrcFormatProvider;
import io.elacsym.tck.MemoryBlobSink;
import io.elacsym.tck.TestContext;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** What writing and reading {@link Papers} costs, as lines of a table. */
final class Costs {
  private static final int FETCHED_ROWS = 10;
  private static final int REPEATS = 9;

  private Costs() {}

  static byte[] write(Map<String, String> options, List<ColumnBatch> batches) {
    OrcFormatProvider provider = new OrcFormatProvider();
    SegmentSchema schema =
        new SegmentSchema(
            batches.getFirst().columns().values().stream().map(Column::spec).toList());
    MemoryBlobSink sink = new MemoryBlobSink();
    try (SegmentWriter writer = provider.writer(schema, sink, TestContext.of(provider, options))) {
      batches.forEach(writer::write);
      writer.finish();
    }
    return sink.bytes();
  }

  private static SegmentReader open(BlobSource source) {
    OrcFormatProvider provider = new OrcFormatProvider();
    return provider.open(source, provider.encoding(), TestContext.of(provider));
  }

  /** Rows that lie anywhere, in their order. */
  static int[] rows(int seed) {
    return new Random(seed).ints(0, Papers.ROWS).distinct().limit(FETCHED_ROWS).sorted().toArray();
  }

  /** Something that is measured. */
  @FunctionalInterface
  interface Work {
    void run() throws Exception;
  }

  static void speed(String what, int count, Work work) throws Exception {
    double[] perSecond = new double[REPEATS];
    for (int i = 0; i < REPEATS; i++) {
      long start = System.nanoTime();
      work.run();
      perSecond[i] = count * 1e9 / (System.nanoTime() - start);
    }
    Arrays.sort(perSecond);
    System.out.printf(
        Locale.ROOT,
        "%s: %,.0f a second at best, median %,.0f%n",
        what,
        perSecond[REPEATS - 1],
        perSecond[REPEATS / 2]);
  }

  static void writeSpeeds(List<ColumnBatch> batches) throws Exception {
    List<ColumnBatch> withoutVectors =
        batches.stream()
            .map(batch ->
                ColumnBatch.of(
                    batch.rows(),
                    batch.columns().values().stream()
                        .filter(column -> !column.spec().name().equals("vector"))
                        .toList()))
            .toList();
    speed("rows written, all columns", Papers.ROWS, () -> write(Map.of(), batches));
    speed("rows written, all but vectors", Papers.ROWS, () -> write(Map.of(), withoutVectors));
  }

  static void readSpeeds(byte[] file) throws Exception {
    for (List<String> columns :
        List.of(List.of("year"), Papers.SMALL, Papers.TEXT, Papers.VECTOR, Papers.ALL)) {
      speed("rows scanned of " + columns, Papers.ROWS, () -> scan(new Blocks(file), columns));
    }
    for (List<String> columns : List.of(Papers.SMALL, Papers.TEXT, Papers.VECTOR, Papers.ALL)) {
      try (SegmentReader reader = open(new Blocks(file))) {
        speed(
            "fetches of " + FETCHED_ROWS + " rows of " + columns,
            100,
            () -> {
              for (int i = 0; i < 100; i++) {
                reader.fetch(rows(i), columns);
              }
            });
      }
    }
  }

  static void reads(byte[] file) {
    System.out.printf(Locale.ROOT, "file: %,d bytes%n", file.length);
    for (List<String> columns : List.of(Papers.SMALL, Papers.TEXT, Papers.VECTOR, Papers.ALL)) {
      Blocks source = new Blocks(file);
      try (SegmentReader reader = open(source)) {
        source.print("open");
        reader.fetch(rows(1), columns);
        source.print("first fetch of " + columns);
        reader.fetch(rows(2), columns);
        source.print("next fetch of " + columns);
      }
    }
    for (List<String> columns : List.of(List.of("year"), Papers.TEXT, Papers.ALL)) {
      Blocks source = new Blocks(file);
      scan(source, columns);
      source.print("open and scan " + columns);
    }
  }

  private static void scan(BlobSource source, List<String> columns) {
    try (SegmentReader reader = open(source);
        BatchCursor cursor = reader.scan(columns, 0, 1024)) {
      int rows = 0;
      for (Optional<ColumnBatch> next = cursor.next(); next.isPresent(); next = cursor.next()) {
        rows += next.get().rows();
      }
      if (rows != Papers.ROWS) {
        throw new IllegalStateException(rows + " rows");
      }
    }
  }
}
