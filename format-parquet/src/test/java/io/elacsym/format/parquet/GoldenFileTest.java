package io.elacsym.format.parquet;

import static org.assertj.core.api.Assertions.assertThat;

import io.elacsym.api.segment.SegmentReader;
import io.elacsym.tck.MemoryBlobSource;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/**
 * Files of every released version stay readable. {@code segment-v1.parquet} is what {@code
 * SampleRows.file(Map.of("row_group_bytes", "64KB"), SampleRows.batch(0, 2500))} gave in version 1.
 */
class GoldenFileTest {
  @Test
  void aFileOfVersion1IsRead() throws IOException {
    try (InputStream bytes =
            Objects.requireNonNull(getClass().getResourceAsStream("segment-v1.parquet"));
        SegmentReader reader = SampleRows.open(new MemoryBlobSource(bytes.readAllBytes()))) {
      assertThat(reader.schema().columns()).hasSize(4);
      ParquetFileTest.expectAll(reader, 2500);
    }
  }
}
