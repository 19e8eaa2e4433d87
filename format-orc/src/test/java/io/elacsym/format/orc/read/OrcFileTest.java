package io.elacsym.format.orc.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.ErrorKind;
import io.elacsym.api.blob.BlobSource;
import io.elacsym.api.segment.Column;
import io.elacsym.api.segment.ColumnBatch;
import io.elacsym.api.segment.ColumnSpec;
import io.elacsym.api.segment.ColumnStatistics;
import io.elacsym.api.segment.SegmentReader;
import io.elacsym.api.segment.ValueType;
import io.elacsym.format.orc.OrcFormatProvider;
import io.elacsym.tck.MemoryBlobSource;
import io.elacsym.tck.Seed;
import io.elacsym.tck.memory.Cells;
import io.elacsym.tck.segment.SampleSegments;
import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.apache.orc.OrcProto.ColumnEncoding;
import org.apache.orc.OrcProto.Stream;
import org.apache.orc.OrcProto.StripeFooter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OrcFileTest {
  private static final SampleSegments SAMPLES = new SampleSegments(new OrcFormatProvider());
  private static final int ROWS = 50_000;
  private static final List<String> ALL = List.of("id", "vector", "category", "text");

  @Test
  void openingNeedsTheTailAloneAndARandomFetchTwoWavesThenOne() {
    MemoryBlobSource source = new MemoryBlobSource(large()).withTail();
    try (SegmentReader reader = SAMPLES.open(source)) {
      assertThat(source.waves()).isZero();
      int[] rows = new Random(Seed.current()).ints(10, 0, ROWS).toArray();
      reader.fetch(rows, ALL);
      assertThat(source.waves()).isEqualTo(2);
      reader.fetch(rows, ALL);
      assertThat(source.waves()).isEqualTo(3);
    }
  }

  @Test
  void aFetchFromManyStripesTakesNoMoreWaves() {
    MemoryBlobSource source =
        new MemoryBlobSource(
                SAMPLES.write(Map.of("stripe_bytes", "64KB"), SampleSegments.rows(0, ROWS)))
            .withTail();
    try (SegmentReader reader = SAMPLES.open(source)) {
      reader.fetch(new Random(Seed.current()).ints(50, 0, ROWS).toArray(), ALL);
      assertThat(source.waves()).isEqualTo(2);
    }
  }

  @Test
  void aFetchOfTenRowsOfSmallColumnsReadsLittle() {
    MemoryBlobSource source = new MemoryBlobSource(large());
    try (SegmentReader reader = SAMPLES.open(source)) {
      List<String> small = List.of("id", "category", "text");
      reader.fetch(new int[] {0}, small);
      long bytes = source.bytesRead();
      long reads = source.reads();
      reader.fetch(new Random(Seed.current()).ints(10, 0, ROWS).toArray(), small);
      assertThat(source.bytesRead() - bytes).isLessThan(10 * 3 * 4_000);
      assertThat(source.reads() - reads).isLessThan(10 * 4);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"zstd", "none"})
  void aFetchOfVectorsReadsTheVectorsAndNothingElse(String compression) {
    MemoryBlobSource source =
        new MemoryBlobSource(
            SAMPLES.write(Map.of("compression", compression), SampleSegments.rows(0, ROWS)));
    try (SegmentReader reader = SAMPLES.open(source)) {
      reader.fetch(new int[] {0}, List.of("vector"));
      long before = source.bytesRead();
      int[] rows = {40_000, 7, 20_000, 30_001, 12_345}; // none in the tail
      float[] floats = reader.fetch(rows, List.of("vector")).column("vector").floats();
      for (int i = 0; i < rows.length; i++) {
        assertThat(floats[i * SampleSegments.DIMENSION + 3]).isEqualTo(rows[i] + 3f);
      }
      assertThat(source.bytesRead() - before)
          .isBetween(
              (long) rows.length * SampleSegments.DIMENSION * Float.BYTES,
              (long) rows.length
                  * (SampleSegments.DIMENSION * Float.BYTES + IndexedStream.HEADER_BYTES));
    }
  }

  @Test
  void dataStreamsLieFromTheShortestToTheLongestAndNoneIsADictionary() throws IOException {
    BlobSource file = new MemoryBlobSource(large());
    Footer footer = Footer.read(file);
    StripePlace stripe = footer.stripes().getFirst();
    try (Decompressor decompressor = footer.decompressor()) {
      StripeFooter streams =
          StripeFooter.parseFrom(
              decompressor.message(file.readAll(List.of(stripe.footer())).getFirst()));
      assertThat(streams.getColumnsList().stream().map(ColumnEncoding::getKind))
          .containsOnly(ColumnEncoding.Kind.DIRECT, ColumnEncoding.Kind.DIRECT_V2);
      assertThat(
              streams.getStreamsList().stream()
                  .filter(stream -> stream.getKind() != Stream.Kind.ROW_INDEX)
                  .map(Stream::getLength))
          .isSorted()
          .hasSizeGreaterThan(5);
    }
  }

  @Test
  void theSameRowsGiveTheSameBytesHoweverTheyAreBatched() {
    byte[] whole = SAMPLES.write(Map.of(), SampleSegments.rows(0, 5000));
    byte[] parts = SAMPLES.write(Map.of(), SampleSegments.rows(0, 1), SampleSegments.rows(1, 5000));
    assertThat(parts).isEqualTo(whole);
  }

  @Test
  void nothingIsLogged() {
    List<String> logged = new ArrayList<>();
    Handler handler =
        new Handler() {
          @Override
          public void publish(LogRecord entry) {
            logged.add(entry.getLevel() + " " + entry.getMessage());
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        };
    Logger root = Logger.getLogger("");
    root.addHandler(handler);
    try (SegmentReader reader =
        SAMPLES.open(new MemoryBlobSource(SAMPLES.write(Map.of(), SampleSegments.rows(0, 3000))))) {
      SampleSegments.expect(reader, SampleSegments.rows(0, 3000));
    } finally {
      root.removeHandler(handler);
    }
    assertThat(logged).isEmpty();
  }

  @Test
  void aUuidOfAnotherLengthIsRefused() {
    ColumnBatch batch =
        ColumnBatch.of(
            1,
            List.of(
                Column.of(
                    ColumnSpec.of("key", ValueType.BINARY).logically("uuid"),
                    1,
                    SampleSegments.present(0),
                    new byte[][] {new byte[15]})));
    assertThatThrownBy(() -> SAMPLES.write(Map.of(), batch))
        .isInstanceOfSatisfying(
            ElacsymException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.INVALID_REQUEST))
        .hasMessageContaining("'key'")
        .hasMessageContaining("15 bytes, expected 16");
  }

  @Test
  void optionsOutOfRangeAreRefusedNamingTheRange() {
    ColumnBatch batch = SampleSegments.rows(0, 1);
    for (Map<String, String> options :
        List.of(
            Map.of("compression", "gzip"),
            Map.of("zstd_level", "23"),
            Map.of("stripe_bytes", "1KB"),
            Map.of("row_group_rows", "0"),
            Map.of("chunk_bytes", "16MB"),
            Map.of("chunk_bytes", "4097"))) {
      assertThatThrownBy(() -> SAMPLES.write(options, batch))
          .isInstanceOfSatisfying(
              ElacsymException.class,
              e -> assertThat(e.kind()).isEqualTo(ErrorKind.INVALID_REQUEST))
          .hasMessageContaining(options.keySet().iterator().next())
          .hasMessageContaining("expected");
    }
  }

  @Test
  void valuesLargerThanAChunkAreReadAndThoseBeforeThemPassedOver() {
    int rows = 40;
    BitSet all = new BitSet();
    all.set(0, rows);
    String[] texts = new String[rows];
    for (int i = 0; i < rows; i++) {
      texts[i] = Integer.toString(i).repeat(60_000);
    }
    for (String compression : List.of("zstd", "snappy", "none")) {
      byte[] file =
          SAMPLES.write(
              Map.of("compression", compression, "row_group_rows", "16"),
              ColumnBatch.of(
                  rows,
                  List.of(Column.of(ColumnSpec.of("t", ValueType.STRING), rows, all, texts))));
      MemoryBlobSource source = new MemoryBlobSource(file).withTail();
      try (SegmentReader reader = SAMPLES.open(source)) {
        long before = source.bytesRead();
        String[] read = reader.fetch(new int[] {7, 39, 0}, List.of("t")).column("t").strings();
        assertThat(read).containsExactly(texts[7], texts[39], texts[0]);
        assertThat(source.bytesRead() - before).isLessThan(file.length * 2L / 3);
      }
    }
  }

  @Test
  void whereSomeRowsHaveNoVectorTheOthersAreFound() {
    int rows = 3000;
    Random random = new Random(Seed.current());
    BitSet present = new BitSet();
    float[] floats = new float[rows * 3];
    for (int row = 0; row < rows; row++) {
      // Row groups with all, with some and with no vectors.
      present.set(row, row / 256 % 3 == 0 || (row / 256 % 3 == 1 && random.nextBoolean()));
      floats[row * 3] = present.get(row) ? row : 0;
    }
    byte[] file =
        SAMPLES.write(
            Map.of(),
            ColumnBatch.of(
                rows, List.of(Column.of(ColumnSpec.vector("v", 3), rows, present, floats))));
    try (SegmentReader reader = SAMPLES.open(new MemoryBlobSource(file))) {
      int[] asked = random.ints(500, 0, rows).toArray();
      Column fetched = reader.fetch(asked, List.of("v")).column("v");
      for (int i = 0; i < asked.length; i++) {
        assertThat(fetched.isPresent(i)).as("row %d", asked[i]).isEqualTo(present.get(asked[i]));
        assertThat(fetched.floats()[i * 3]).isEqualTo(floats[asked[i] * 3]);
      }
    }
  }

  /** Where chunks, runs of values and row groups end, no two of them together. */
  @ParameterizedTest
  @ValueSource(strings = {"zstd", "snappy", "none"})
  void aFetchFindsEveryRowThatAScanFinds(String compression) {
    System.out.println("OrcFileTest seed " + Seed.current());
    Random random = new Random(Seed.current());
    int rows = 20_000;
    List<Column> columns = new ArrayList<>();
    for (double density : List.of(0.02, 0.5, 0.99)) {
      BitSet present = new BitSet();
      boolean[] flags = new boolean[rows];
      long[] numbers = new long[rows];
      String[] texts = new String[rows];
      for (int row = 0; row < rows; row++) {
        present.set(row, random.nextDouble() < density);
        flags[row] = random.nextDouble() < density;
        numbers[row] = random.nextInt(50) == 0 ? random.nextLong() : row / 100;
        texts[row] = "x".repeat(random.nextInt(40));
      }
      ColumnSpec numberSpec = ColumnSpec.of("number " + density, ValueType.INT64);
      columns.add(
          Column.of(ColumnSpec.of("flag " + density, ValueType.BOOL), rows, present, flags));
      columns.add(Column.of(numberSpec, rows, present, numbers));
      columns.add(
          Column.of(ColumnSpec.of("text " + density, ValueType.STRING), rows, present, texts));
    }
    byte[] file =
        SAMPLES.write(
            Map.of("compression", compression, "row_group_rows", "37", "chunk_bytes", "1KB"),
            ColumnBatch.of(rows, columns));
    try (SegmentReader reader = SAMPLES.open(new MemoryBlobSource(file))) {
      for (Column written : columns) {
        String name = written.spec().name();
        int[] asked = random.ints(3000, 0, rows).toArray();
        List<Object> expected = new ArrayList<>();
        for (int row : asked) {
          expected.add(Cells.at(written, row));
        }
        assertThat(Cells.of(reader.fetch(asked, List.of(name)).column(name)))
            .as(name)
            .isEqualTo(expected);
      }
    }
  }

  @Test
  void boundsThatAreNotKnownAreNotSaid() {
    BitSet all = SampleSegments.present(0, 1);
    byte[] file =
        SAMPLES.write(
            Map.of(),
            ColumnBatch.of(
                2,
                List.of(
                    Column.of(
                        ColumnSpec.of("nan", ValueType.FLOAT64),
                        2,
                        all,
                        new double[] {1, Double.NaN}),
                    Column.of(
                        ColumnSpec.of("mixed", ValueType.INT64).logically("uint"),
                        2,
                        all,
                        new long[] {1, -1}),
                    Column.of(
                        ColumnSpec.of("large", ValueType.INT64).logically("uint"),
                        2,
                        all,
                        new long[] {-1, -5}),
                    Column.of(
                        ColumnSpec.of("long", ValueType.STRING),
                        2,
                        all,
                        new String[] {"a", "b".repeat(100)}),
                    Column.of(
                        ColumnSpec.of("at", ValueType.INT64).logically("datetime"),
                        2,
                        all,
                        new long[] {-1, 5}),
                    Column.of(
                        ColumnSpec.of("around", ValueType.INT64).logically("datetime"),
                        2,
                        all,
                        new long[] {-1000, 1000}))));
    try (SegmentReader reader = SAMPLES.open(new MemoryBlobSource(file))) {
      expectBounds(reader, "nan", Optional.empty(), Optional.empty());
      expectBounds(reader, "mixed", Optional.empty(), Optional.empty());
      expectBounds(reader, "large", Optional.of(-5L), Optional.of(-1L));
      expectBounds(reader, "long", Optional.of("a"), Optional.empty());
      expectBounds(reader, "at", Optional.empty(), Optional.empty());
      expectBounds(reader, "around", Optional.of(-1000L), Optional.of(1000L));
    }
  }

  private static void expectBounds(
      SegmentReader reader,
      String column,
      Optional<Comparable<?>> min,
      Optional<Comparable<?>> max) {
    assertThat(reader.statistics(column)).contains(new ColumnStatistics(0, min, max));
  }

  private static byte[] large() {
    return SAMPLES.write(Map.of(), SampleSegments.rows(0, ROWS));
  }
}
