package io.elacsym.engine.segment;

import io.elacsym.api.index.VectorField;
import io.elacsym.api.segment.Column;
import io.elacsym.api.segment.ColumnBatch;
import io.elacsym.api.segment.ColumnSpec;
import io.elacsym.api.segment.SegmentSchema;
import io.elacsym.api.segment.SegmentWriter;
import io.elacsym.api.segment.ValueType;
import io.elacsym.engine.model.DocId;
import io.elacsym.engine.model.Schema;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;

/** Lays rows out as the columns of a segment file: the id, the attributes, the vectors. */
final class SegmentColumns {
  private SegmentColumns() {}

  static SegmentSchema schema(Schema schema, DocId.Kind kind) {
    List<ColumnSpec> columns = new ArrayList<>();
    columns.add(idSpec(kind));
    schema
        .attributes()
        .forEach((name, attribute) -> columns.add(ColumnValues.spec(name, attribute.type())));
    for (VectorField field : schema.vectors()) {
      columns.add(ColumnSpec.vector(field.name(), field.dimension()));
    }
    return new SegmentSchema(columns);
  }

  private static ColumnSpec idSpec(DocId.Kind kind) {
    return switch (kind) {
      case UINT -> ColumnSpec.of(Schema.ID, ValueType.INT64).logically("uint");
      case STRING -> ColumnSpec.of(Schema.ID, ValueType.STRING);
    };
  }

  static void write(SegmentRows rows, SegmentWriter writer) {
    int batchRows = SegmentRows.batchRows(rows.schema());
    for (int from = 0; from < rows.rows(); from += batchRows) {
      int to = Math.min(from + batchRows, rows.rows());
      List<Column> columns = new ArrayList<>();
      columns.add(idColumn(rows.ids(), from, to));
      for (Column column : rows.attributes().values()) {
        columns.add(slice(column, from, to));
      }
      for (VectorField field : rows.schema().vectors()) {
        VectorTable table = rows.vectors().get(field.name());
        if (table != null) {
          columns.add(vectorColumn(field, table, from, to));
        }
      }
      writer.write(ColumnBatch.of(to - from, columns));
    }
    writer.finish();
  }

  private static Column idColumn(IdList ids, int from, int to) {
    BitSet present = new BitSet();
    present.set(0, to - from);
    Object values =
        switch (ids.kind()) {
          case UINT -> Arrays.copyOfRange(ids.numbers(), from, to);
          case STRING -> Arrays.copyOfRange(ids.texts(), from, to);
        };
    return Column.of(idSpec(ids.kind()), to - from, present, values);
  }

  private static Column slice(Column column, int from, int to) {
    return column.gather(IntStream.range(from, to).toArray());
  }

  private static Column vectorColumn(VectorField field, VectorTable table, int from, int to) {
    int dimension = field.dimension();
    BitSet present = new BitSet();
    float[] values = new float[(to - from) * dimension];
    for (int item = table.firstItemFrom(from);
        item < table.count() && table.row(item) < to;
        item++) {
      int row = table.row(item) - from;
      present.set(row);
      table.copy(item, values, row * dimension);
    }
    return Column.of(ColumnSpec.vector(field.name(), dimension), to - from, present, values);
  }
}
