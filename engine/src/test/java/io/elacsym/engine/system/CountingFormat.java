package io.elacsym.engine.system;

import io.elacsym.api.Encoding;
import io.elacsym.api.Option;
import io.elacsym.api.PluginContext;
import io.elacsym.api.blob.BlobSink;
import io.elacsym.api.blob.BlobSource;
import io.elacsym.api.segment.BatchCursor;
import io.elacsym.api.segment.ColumnBatch;
import io.elacsym.api.segment.ColumnStatistics;
import io.elacsym.api.segment.SegmentFormatProvider;
import io.elacsym.api.segment.SegmentReader;
import io.elacsym.api.segment.SegmentSchema;
import io.elacsym.api.segment.SegmentWriter;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** The format under test, with a record of how many rows it was asked for one by one. */
final class CountingFormat implements SegmentFormatProvider {
  private final SegmentFormatProvider inner = FormatUnderTest.provider();
  private final Queue<Fetch> fetches = new ConcurrentLinkedQueue<>();

  /** One call that asked for single rows. */
  record Fetch(int rows, List<String> columns) {}

  /** What it was asked for since this was asked last. */
  List<Fetch> fetches() {
    List<Fetch> all = List.copyOf(fetches);
    fetches.clear();
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
  public String extension() {
    return inner.extension();
  }

  @Override
  public SegmentWriter writer(SegmentSchema schema, BlobSink sink, PluginContext context) {
    return inner.writer(schema, sink, context);
  }

  @Override
  public SegmentReader open(BlobSource source, Encoding stored, PluginContext context) {
    SegmentReader reader = inner.open(source, stored, context);
    return new SegmentReader() {
      @Override
      public SegmentSchema schema() {
        return reader.schema();
      }

      @Override
      public int rowCount() {
        return reader.rowCount();
      }

      @Override
      public Optional<ColumnStatistics> statistics(String column) {
        return reader.statistics(column);
      }

      @Override
      public BatchCursor scan(List<String> columns, int fromRow, int batchRows) {
        return reader.scan(columns, fromRow, batchRows);
      }

      @Override
      public ColumnBatch fetch(int[] rows, List<String> columns) {
        fetches.add(new Fetch(rows.length, columns));
        return reader.fetch(rows, columns);
      }

      @Override
      public void close() {
        reader.close();
      }
    };
  }
}
