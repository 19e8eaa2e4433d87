package io.elacsym.format.orc;

import io.elacsym.api.segment.SegmentReader;
import io.elacsym.tck.MemoryBlobSource;
import io.elacsym.tck.segment.SampleSegments;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Files that were once written stay readable. {@code segment-*.orc} is what {@code
 * SAMPLES.write(Map.of("stripe_bytes", "64KB"), SampleSegments.rows(0, 2500))} gave, and {@code
 * every-type-*.orc} what {@code SAMPLES.write(Map.of("compression", "none"),
 * SampleSegments.everyType())} gave. Those that end in {@code v1} are from the first writer of
 * version 1, which encoded by itself; those that end in {@code v1-library} from the library's
 * encoders.
 */
class GoldenFileTest {
  private static final SampleSegments SAMPLES = new SampleSegments(new OrcFormatProvider());

  @ParameterizedTest
  @ValueSource(strings = {"segment-v1.orc", "segment-v1-library.orc"})
  void aFileOfVersion1IsRead(String name) throws IOException {
    try (SegmentReader reader = open(name)) {
      SampleSegments.expect(reader, SampleSegments.rows(0, 2500));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"every-type-v1.orc", "every-type-v1-library.orc"})
  void everyTypeOfVersion1IsRead(String name) throws IOException {
    try (SegmentReader reader = open(name)) {
      SampleSegments.expect(reader, SampleSegments.everyType());
    }
  }

  private SegmentReader open(String name) throws IOException {
    try (InputStream bytes = Objects.requireNonNull(getClass().getResourceAsStream(name))) {
      return SAMPLES.open(new MemoryBlobSource(bytes.readAllBytes()));
    }
  }
}
