package io.elacsym.tck.segment;

import io.elacsym.api.Encoding;
import io.elacsym.api.blob.BlobSink;
import io.elacsym.api.blob.BlobSource;
import io.elacsym.api.segment.SegmentFormatProvider;
import io.elacsym.api.segment.SegmentReader;
import io.elacsym.api.segment.SegmentWriter;
import io.elacsym.tck.MemoryBlobSink;
import io.elacsym.tck.MemoryBlobSource;
import io.elacsym.tck.TestContext;
import java.util.Map;

/** Writes and opens segments of the format under test. */
record Segments(SegmentFormatProvider provider, Map<String, String> options) {
  /** What a check does with an open segment. */
  @FunctionalInterface
  interface Use {
    void with(SegmentReader reader) throws Exception;
  }

  /** Writes a table in batches of at most this many rows. */
  MemoryBlobSource write(Table table, int batchRows) {
    MemoryBlobSink sink = new MemoryBlobSink();
    try (SegmentWriter writer = writer(table, sink)) {
      for (int from = 0; from < table.rows(); from += batchRows) {
        writer.write(table.batch(from, Math.min(table.rows(), from + batchRows)));
      }
      writer.finish();
    }
    return sink.source();
  }

  SegmentWriter writer(Table table, BlobSink sink) {
    return provider.writer(table.schema(), sink, context());
  }

  SegmentReader open(BlobSource source) {
    Encoding stored = provider.encoding();
    return provider.open(source, stored, context());
  }

  /** Writes a table and reads it. */
  void roundTrip(Table table, int batchRows, Use use) throws Exception {
    try (SegmentReader reader = open(write(table, batchRows))) {
      use.with(reader);
    }
  }

  private TestContext context() {
    return TestContext.of(provider, options);
  }
}
