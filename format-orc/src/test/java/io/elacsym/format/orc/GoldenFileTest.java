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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Files that were once written stay readable. {@code segment-*.orc} is what {@code
 * SampleRows.file(Map.of("stripe_bytes", "64KB"), SampleRows.batch(0, 2500))} gave, and {@code
 * every-type-*.orc} what {@code SampleRows.file(Map.of("compression", "none"),
 * SampleRows.everyType())} gave. Those that end in {@code v1} are from the first writer of version
 * 1, which encoded by itself; those that end in {@code v1-library} from the library's encoders.
 */
class GoldenFileTest {
  @ParameterizedTest
  @ValueSource(strings = {"segment-v1.orc", "segment-v1-library.orc"})
  void aFileOfVersion1IsRead(String name) throws IOException {
    try (SegmentReader reader = open(name)) {
      assertThat(reader.schema().columns()).hasSize(4);
      SampleRows.expectAll(reader, 2500);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"every-type-v1.orc", "every-type-v1-library.orc"})
  void everyTypeOfVersion1IsRead(String name) throws IOException {
    ColumnBatch expected = SampleRows.everyType();
    try (SegmentReader reader = open(name)) {
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
