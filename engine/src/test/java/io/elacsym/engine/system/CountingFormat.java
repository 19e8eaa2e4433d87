package io.elacsym.engine.system;

import io.elacsym.api.Encoding;
import io.elacsym.api.Option;
import io.elacsym.api.PluginContext;
import io.elacsym.api.blob.BlobSink;
import io.elacsym.api.blob.BlobSource;
import io.elacsym.api.segment.BatchCursor;
import io.elacsym.api.segment.ColumnBatch;
import io.elacsym.api.segment.SegmentFormatProvider;
import io.elacsym.api.segment.SegmentReader;
import io.elacsym.api.segment.SegmentSchema;
import io.elacsym.api.segment.SegmentWriter;
import io.elacsym.engine.segment.ForwardingReader;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** The format under test, with a record of what it was asked for. */
final class CountingFormat implements SegmentFormatProvider {
  private final SegmentFormatProvider inner = FormatUnderTest.provider();
  private final Queue<Fetch> fetches = new ConcurrentLinkedQueue<>();
  private final Queue<String> reads = new ConcurrentLinkedQueue<>();

  /** One call that asked for single rows. */
  record Fetch(int rows, List<String> columns) {}

  /** What it was asked for since this was asked last. */
  List<Fetch> fetches() {
    List<Fetch> all = List.copyOf(fetches);
    fetches.clear();
    return all;
  }

  /** What was read of columns since this was asked last, in words. */
  List<String> reads() {
    List<String> all = List.copyOf(reads);
    reads.clear();
    return all;
  }

  @Override
  public String name() {
    return inner.name();
  }

  @Override
  public int spiLevel() {
    return inner.spiLevel();
  }

  @Override
  public String description() {
    return inner.description();
  }

  @Override
  public List<Option> options() {
    return inner.options();
  }

  @Override
  public Encoding encoding() {
    return inner.encoding();
  }

  @Override
  public boolean canRead(Encoding stored) {
    return inner.canRead(stored);
  }

  @Override
  public boolean placesVectors() {
    return inner.placesVectors();
  }

  @Override
  public String extension() {
    return inner.extension();
  }

  @Override
  public SegmentWriter writer(SegmentSchema schema, BlobSink sink, PluginContext context) {
    return inner.writer(schema, sink, context);
  }

  @Override
  public SegmentReader open(BlobSource source, Encoding stored, PluginContext context) {
    return new ForwardingReader(inner.open(source, stored, context)) {
      @Override
      public ColumnBatch fetch(int[] rows, List<String> columns) {
        fetches.add(new Fetch(rows.length, columns));
        reads.add("fetch " + rows.length + " " + columns);
        return super.fetch(rows, columns);
      }

      @Override
      public BatchCursor scan(List<String> columns, int fromRow, int batchRows) {
        reads.add("scan " + columns);
        return super.scan(columns, fromRow, batchRows);
      }
    };
  }
}
