package io.elacsym.format.parquet;

import io.elacsym.api.segment.SegmentReader;
import io.elacsym.tck.MemoryBlobSource;
import io.elacsym.tck.segment.SampleSegments;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/**
 * Files of every released version stay readable. {@code segment-v1.parquet} is what {@code
 * SAMPLES.write(Map.of("row_group_bytes", "64KB"), SampleSegments.rows(0, 2500))} gave in version
 * 1.
 */
class GoldenFileTest {
  private static final SampleSegments SAMPLES = new SampleSegments(new ParquetFormatProvider());

  @Test
  void aFileOfVersion1IsRead() throws IOException {
    try (InputStream bytes =
            Objects.requireNonNull(getClass().getResourceAsStream("segment-v1.parquet"));
        SegmentReader reader = SAMPLES.open(new MemoryBlobSource(bytes.readAllBytes()))) {
      SampleSegments.expect(reader, SampleSegments.rows(0, 2500));
    }
  }
}
