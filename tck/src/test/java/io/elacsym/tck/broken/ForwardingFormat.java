package io.elacsym.tck.broken;

import io.elacsym.api.Encoding;
import io.elacsym.api.PluginContext;
import io.elacsym.api.SpiLevel;
import io.elacsym.api.blob.BlobSink;
import io.elacsym.api.blob.BlobSource;
import io.elacsym.api.segment.BatchCursor;
import io.elacsym.api.segment.ColumnBatch;
import io.elacsym.api.segment.ColumnStatistics;
import io.elacsym.api.segment.PageBounds;
import io.elacsym.api.segment.SegmentFormatProvider;
import io.elacsym.api.segment.SegmentReader;
import io.elacsym.api.segment.SegmentSchema;
import io.elacsym.api.segment.SegmentWriter;
import io.elacsym.api.segment.VectorPlaces;
import io.elacsym.tck.memory.RowsFormatProvider;
import java.util.List;
import java.util.Optional;

/** A good format, to be spoilt by overriding. */
class ForwardingFormat implements SegmentFormatProvider {
  protected final RowsFormatProvider rows = new RowsFormatProvider();

  @Override
  public String name() {
    return rows.name();
  }

  @Override
  public int spiLevel() {
    return SpiLevel.CURRENT;
  }

  @Override
  public String description() {
    return rows.description();
  }

  @Override
  public Encoding encoding() {
    return rows.encoding();
  }

  @Override
  public String extension() {
    return rows.extension();
  }

  @Override
  public SegmentWriter writer(SegmentSchema schema, BlobSink sink, PluginContext context) {
    return rows.writer(schema, sink, context);
  }

  @Override
  public SegmentReader open(BlobSource source, Encoding stored, PluginContext context) {
    return rows.open(source, stored, context);
  }

  /** A good reader, to be spoilt by overriding. */
  static class Reader implements SegmentReader {
    protected final SegmentReader inner;

    Reader(SegmentReader inner) {
      this.inner = inner;
    }

    @Override
    public SegmentSchema schema() {
      return inner.schema();
    }

    @Override
    public int rowCount() {
      return inner.rowCount();
    }

    @Override
    public Optional<ColumnStatistics> statistics(String column) {
      return inner.statistics(column);
    }

    @Override
    public List<PageBounds> pageBounds(String column) {
      return inner.pageBounds(column);
    }

    @Override
    public BatchCursor scan(List<String> columns, int fromRow, int batchRows) {
      return inner.scan(columns, fromRow, batchRows);
    }

    @Override
    public ColumnBatch fetch(int[] wanted, List<String> columns) {
      return inner.fetch(wanted, columns);
    }

    @Override
    public Optional<VectorPlaces> vectorPlaces(String column) {
      return inner.vectorPlaces(column);
    }

    @Override
    public void close() {
      inner.close();
    }
  }

  /** A good writer, to be spoilt by overriding. */
  static class Writer implements SegmentWriter {
    protected final SegmentWriter inner;

    Writer(SegmentWriter inner) {
      this.inner = inner;
    }

    @Override
    public void write(ColumnBatch batch) {
      inner.write(batch);
    }

    @Override
    public void finish() {
      inner.finish();
    }

    @Override
    public void close() {
      inner.close();
    }
  }
}
