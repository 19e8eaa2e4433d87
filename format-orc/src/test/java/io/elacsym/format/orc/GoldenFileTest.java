package io.elacsym.format.orc;

import static org.assertj.core.api.Assertions.assertThat;

import io.elacsym.api.segment.Column;
import io.elacsym.api.segment.ColumnBatch;
import io.elacsym.api.segment.SegmentReader;
import io.elacsym.tck.MemoryBlobSource;
import io.elacsym.tck.memory.Cells;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/**
 * Files of every released version stay readable. {@code segment-v1.orc} is what {@code
 * SampleRows.file(Map.of("stripe_bytes", "64KB"), SampleRows.batch(0, 2500))} gave in version 1,
 * and {@code every-type-v1.orc} what {@code SampleRows.file(Map.of("compression", "none"),
 * SampleRows.everyType())} gave.
 */
class GoldenFileTest {
  @Test
  void aFileOfVersion1IsRead() throws IOException {
    try (SegmentReader reader = open("segment-v1.orc")) {
      assertThat(reader.schema().columns()).hasSize(4);
      OrcFileTest.expectAll(reader, 2500);
    }
  }

  @Test
  void everyTypeOfVersion1IsRead() throws IOException {
    ColumnBatch expected = SampleRows.everyType();
    try (SegmentReader reader = open("every-type-v1.orc")) {
      ColumnBatch read =
          reader.fetch(new int[] {0, 1, 2}, List.copyOf(expected.columns().keySet()));
      for (Column column : expected.columns().values()) {
        assertThat(read.column(column.spec().name()).spec()).isEqualTo(column.spec());
        assertThat(Cells.of(read.column(column.spec().name())))
            .as(column.spec().name())
            .isEqualTo(Cells.of(column));
      }
    }
  }

  private SegmentReader open(String name) throws IOException {
    try (InputStream bytes = Objects.requireNonNull(getClass().getResourceAsStream(name))) {
      return SampleRows.open(new MemoryBlobSource(bytes.readAllBytes()));
    }
  }
}
