package io.elacsym.format.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.elacsym.api.ElacsymException;
import io.elacsym.api.ErrorKind;
import io.elacsym.api.segment.Column;
import io.elacsym.api.segment.ColumnBatch;
import io.elacsym.api.segment.ColumnSpec;
import io.elacsym.api.segment.SegmentReader;
import io.elacsym.api.segment.ValueType;
import io.elacsym.tck.MemoryBlobSource;
import io.elacsym.tck.Seed;
import io.elacsym.tck.segment.SampleSegments;
import java.io.ByteArrayInputStream;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.format.Util;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.junit.jupiter.api.Test;

class ParquetFileTest {
  private static final SampleSegments SAMPLES = new SampleSegments(new ParquetFormatProvider());
  private static final int ROWS = 50_000;
  private static final List<String> ALL = List.of("id", "vector", "category", "text");

  @Test
  void openingNeedsTheTailAloneAndARandomFetchAtMostTwoWavesThenOne() {
    MemoryBlobSource source = new MemoryBlobSource(large()).withTail();
    try (SegmentReader reader = SAMPLES.open(source)) {
      assertThat(source.waves()).isZero();
      int[] rows = new Random(Seed.current()).ints(10, 0, ROWS).toArray();
      reader.fetch(rows, ALL);
      assertThat(source.waves()).isLessThanOrEqualTo(2);
      long before = source.waves();
      reader.fetch(rows, ALL);
      assertThat(source.waves()).isEqualTo(before + 1);
    }
  }

  @Test
  void aFetchOfTenRowsOfSmallColumnsReadsLittle() {
    MemoryBlobSource source = new MemoryBlobSource(large());
    try (SegmentReader reader = SAMPLES.open(source)) {
      List<String> small = List.of("id", "category", "text");
      reader.fetch(new int[] {0}, small);
      long before = source.bytesRead();
      reader.fetch(new Random(Seed.current()).ints(10, 0, ROWS).toArray(), small);
      assertThat(source.bytesRead() - before).isLessThan(10 * 3 * 10_000);
    }
  }

  @Test
  void fewDifferentValuesHaveADictionaryAndIdsAndVectorsHaveNone() throws Exception {
    Footer footer = Footer.read(new MemoryBlobSource(large()));
    assertThat(encodings(footer, "category")).contains(Encoding.RLE_DICTIONARY);
    assertThat(encodings(footer, "id")).containsOnly(Encoding.PLAIN);
    assertThat(encodings(footer, "vector")).doesNotContain(Encoding.RLE_DICTIONARY);
  }

  private static Set<Encoding> encodings(Footer footer, String column) {
    return chunk(footer, column).getEncodings();
  }

  private static ColumnChunkMetaData chunk(Footer footer, String column) {
    return Optional.ofNullable(footer.columns().get(column)).orElseThrow().chunks().getFirst();
  }

  @Test
  void pagesCarryChecksumsForOtherReaders() throws Exception {
    byte[] file = large();
    Footer footer = Footer.read(new MemoryBlobSource(file));
    for (String column : ALL) {
      int start = (int) chunk(footer, column).getFirstDataPageOffset();
      PageHeader header =
          Util.readPageHeader(new ByteArrayInputStream(file, start, file.length - start));
      assertThat(header.isSetCrc()).as(column).isTrue();
    }
  }

  @Test
  void theSameRowsGiveTheSameBytesHoweverTheyAreBatched() {
    byte[] whole = SAMPLES.write(Map.of(), SampleSegments.rows(0, 5000));
    byte[] parts = SAMPLES.write(Map.of(), SampleSegments.rows(0, 1), SampleSegments.rows(1, 5000));
    assertThat(parts).isEqualTo(whole);
  }

  @Test
  void allOfThisRunsWithoutHadoop() {
    assertThatThrownBy(() -> Class.forName("org.apache.hadoop.conf.Configuration"))
        .isInstanceOf(ClassNotFoundException.class);
  }

  @Test
  void aUuidOfAnotherLengthIsRefused() {
    BitSet first = new BitSet();
    first.set(0);
    ColumnBatch batch =
        ColumnBatch.of(
            1,
            List.of(
                Column.of(
                    ColumnSpec.of("key", ValueType.BINARY).logically("uuid"),
                    1,
                    first,
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
            Map.of("row_group_bytes", "1KB"),
            Map.of("page_rows", "0"),
            Map.of("page_bytes", "1GB"))) {
      assertThatThrownBy(() -> SAMPLES.write(options, batch))
          .isInstanceOfSatisfying(
              ElacsymException.class,
              e -> assertThat(e.kind()).isEqualTo(ErrorKind.INVALID_REQUEST))
          .hasMessageContaining(options.keySet().iterator().next())
          .hasMessageContaining("expected");
    }
  }

  @Test
  void valuesLargerThanAPageGetPagesOfTheirOwn() {
    int rows = 40;
    BitSet all = new BitSet();
    all.set(0, rows);
    String[] texts = new String[rows];
    for (int i = 0; i < rows; i++) {
      texts[i] = Integer.toString(i).repeat(60_000);
    }
    byte[] file =
        SAMPLES.write(
            Map.of("compression", "none"),
            ColumnBatch.of(
                rows, List.of(Column.of(ColumnSpec.of("t", ValueType.STRING), rows, all, texts))));
    MemoryBlobSource source = new MemoryBlobSource(file);
    try (SegmentReader reader = SAMPLES.open(source)) {
      long before = source.bytesRead();
      assertThat(reader.fetch(new int[] {7}, List.of("t")).column("t").strings()[0])
          .isEqualTo(texts[7]);
      assertThat(source.bytesRead() - before).isLessThan(200_000);
    }
  }

  private static byte[] large() {
    return SAMPLES.write(Map.of(), SampleSegments.rows(0, ROWS));
  }
}
