package io.elacsym.format.orc;

import io.elacsym.api.segment.Column;
import io.elacsym.api.segment.ColumnSpec;
import io.elacsym.api.segment.ValueType;
import java.io.IOException;
import java.util.List;
import org.apache.orc.OrcProto.ColumnEncoding;

/** Appends rows of one column to the stripe's streams. */
@FunctionalInterface
interface ValueAppender {
  void add(Column column, int row) throws IOException;

  /**
   * @param columns the stripe's ORC columns before this one; those of this one are added
   */
  static ValueAppender of(ColumnSpec spec, StripeStreams streams, List<OrcColumn> columns)
      throws IOException {
    if (spec.type() == ValueType.VECTOR) {
      return vector(spec, streams, columns);
    }
    return spec.list() ? list(spec, streams, columns) : scalar(spec, streams, columns);
  }

  private static ValueAppender scalar(
      ColumnSpec spec, StripeStreams streams, List<OrcColumn> columns) throws IOException {
    int id = columns.size();
    ValueEncoder values = ValueEncoder.of(spec, id, streams);
    OrcColumn rows =
        new OrcColumn(id, LeafType.of(spec).encoding(), values, values.statistics(), streams);
    columns.add(rows);
    return (column, row) -> {
      boolean isPresent = column.isPresent(row);
      rows.addRow(isPresent);
      if (isPresent) {
        values.add(column, row);
      }
    };
  }

  private static ValueAppender list(ColumnSpec spec, StripeStreams streams, List<OrcColumn> columns)
      throws IOException {
    int id = columns.size();
    int leaf = OrcSchema.leaf(spec, id);
    ListEncoder lists = new ListEncoder(id, streams);
    ValueEncoder values = ValueEncoder.of(spec, leaf, streams);
    OrcColumn rows = lists(id, lists, streams);
    columns.add(rows);
    columns.add(
        new OrcColumn(leaf, LeafType.of(spec).encoding(), values, values.statistics(), streams));
    return (column, row) -> {
      boolean isPresent = column.isPresent(row);
      rows.addRow(isPresent);
      if (isPresent) {
        int start = column.start(row);
        int end = column.end(row);
        lists.add(end - start);
        for (int i = start; i < end; i++) {
          values.add(column, i);
        }
      }
    };
  }

  private static ValueAppender vector(
      ColumnSpec spec, StripeStreams streams, List<OrcColumn> columns) throws IOException {
    int id = columns.size();
    int leaf = OrcSchema.leaf(spec, id);
    ListEncoder lists = new ListEncoder(id, streams);
    VectorEncoder vectors = new VectorEncoder(spec.dimension(), leaf, streams);
    OrcColumn rows = lists(id, lists, streams);
    columns.add(rows);
    columns.add(
        new OrcColumn(leaf, LeafType.FLOAT.encoding(), vectors, vectors.statistics(), streams));
    return (column, row) -> {
      boolean isPresent = column.isPresent(row);
      rows.addRow(isPresent);
      if (isPresent) {
        lists.add(spec.dimension());
        vectors.add(column, row);
      }
    };
  }

  private static OrcColumn lists(int id, ListEncoder lists, StripeStreams streams)
      throws IOException {
    return new OrcColumn(id, ColumnEncoding.Kind.DIRECT_V2, lists, lists.statistics(), streams);
  }
}
