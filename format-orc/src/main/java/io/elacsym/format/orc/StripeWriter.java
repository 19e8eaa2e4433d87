package io.elacsym.format.orc;

import io.elacsym.api.segment.Column;
import io.elacsym.api.segment.ColumnSpec;
import io.elacsym.api.segment.SegmentSchema;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.orc.OrcProto.ColumnEncoding;

/** The stripe that is being written: encoded streams in memory until {@link #flush}. */
final class StripeWriter {
  private final int rowGroupRows;
  private final StripeStreams streams;
  private final List<OrcColumn> orcColumns = new ArrayList<>();
  private final List<ValueAppender> appenders = new ArrayList<>();
  private final ValueStatistics.OfCounts rootStatistics = new ValueStatistics.OfCounts();
  private int rows;

  StripeWriter(SegmentSchema schema, int rowGroupRows, StripeStreams streams) throws IOException {
    this.rowGroupRows = rowGroupRows;
    this.streams = streams;
    orcColumns.add(
        new OrcColumn(
            OrcSchema.ROOT,
            ColumnEncoding.Kind.DIRECT,
            StreamEncoder.NONE,
            rootStatistics,
            streams));
    for (ColumnSpec spec : schema.columns()) {
      appenders.add(ValueAppender.of(spec, streams, orcColumns));
    }
  }

  /** Adds a row of these columns, which have the schema's order. */
  void add(List<Column> columns, int row) throws IOException {
    rootStatistics.count();
    for (int i = 0; i < columns.size(); i++) {
      appenders.get(i).add(columns.get(i), row);
    }
    rows++;
    if (rows % rowGroupRows == 0) {
      endGroup();
    }
  }

  private void endGroup() throws IOException {
    for (OrcColumn column : orcColumns) {
      column.endGroup();
    }
  }

  int rows() {
    return rows;
  }

  /** How many bytes are encoded, roughly. */
  long bufferedBytes() {
    return streams.size();
  }

  /** Writes the stripe to the file, if it has rows. Nothing may be added after it. */
  void flush(FileSink file) throws IOException {
    if (rows == 0) {
      return;
    }
    if (rows % rowGroupRows != 0) {
      endGroup();
    }
    for (OrcColumn column : orcColumns) {
      column.flush();
    }
    file.writeStripe(rows, orcColumns, streams.inOrder());
  }
}
