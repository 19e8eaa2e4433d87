package io.elacsym.format.parquet;

import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.BINARY;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.BOOLEAN;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.DOUBLE;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.FIXED_LEN_BYTE_ARRAY;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.FLOAT;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.INT64;
import static org.apache.parquet.schema.Type.Repetition.OPTIONAL;
import static org.apache.parquet.schema.Type.Repetition.REQUIRED;

import io.elacsym.api.segment.ColumnSpec;
import io.elacsym.api.segment.SegmentSchema;
import io.elacsym.api.segment.ValueType;
import io.elacsym.format.columnar.Uuids;
import java.util.List;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Type.Repetition;
import org.apache.parquet.schema.Types;

/** Which Parquet types our columns have. */
final class ParquetSchema {
  /** Levels of a scalar, and of a list that is itself absent. */
  static final int ABSENT = 0;

  /** Definition level of a value of a scalar column. */
  static final int SCALAR_PRESENT = 1;

  /** Definition level of a list without elements. */
  static final int LIST_EMPTY = 1;

  /** Definition level of an element of a list or vector. */
  static final int ELEMENT_PRESENT = 2;

  private static final String NAME = "segment";

  private ParquetSchema() {}

  static MessageType of(SegmentSchema schema) {
    return of(schema.columns());
  }

  static MessageType of(List<ColumnSpec> columns) {
    return new MessageType(NAME, columns.stream().map(ParquetSchema::type).toList());
  }

  /** Whether values are lists for Parquet. */
  static boolean isRepeated(ColumnSpec spec) {
    return spec.list() || spec.type() == ValueType.VECTOR;
  }

  /** The one leaf of a column. */
  static ColumnDescriptor leaf(MessageType schema, ColumnSpec spec) {
    return schema.getColumnDescription(
        isRepeated(spec)
            ? new String[] {spec.name(), "list", "element"}
            : new String[] {spec.name()});
  }

  private static Type type(ColumnSpec spec) {
    return isRepeated(spec)
        ? Types.optionalList().element(primitive(spec, REQUIRED, "element")).named(spec.name())
        : primitive(spec, OPTIONAL, spec.name());
  }

  private static PrimitiveType primitive(ColumnSpec spec, Repetition repetition, String name) {
    return switch (spec.type()) {
      case BOOL -> Types.primitive(BOOLEAN, repetition).named(name);
      case INT64 ->
          switch (spec.logicalType()) {
            case "uint" ->
                Types.primitive(INT64, repetition)
                    .as(LogicalTypeAnnotation.intType(64, false))
                    .named(name);
            case "datetime" ->
                Types.primitive(INT64, repetition)
                    .as(LogicalTypeAnnotation.timestampType(true, TimeUnit.MILLIS))
                    .named(name);
            default -> Types.primitive(INT64, repetition).named(name);
          };
      case FLOAT64 -> Types.primitive(DOUBLE, repetition).named(name);
      case STRING ->
          Types.primitive(BINARY, repetition).as(LogicalTypeAnnotation.stringType()).named(name);
      case BINARY ->
          Uuids.has(spec)
              ? Types.primitive(FIXED_LEN_BYTE_ARRAY, repetition)
                  .length(Uuids.BYTES)
                  .as(LogicalTypeAnnotation.uuidType())
                  .named(name)
              : Types.primitive(BINARY, repetition).named(name);
      case VECTOR -> Types.primitive(FLOAT, repetition).named(name);
    };
  }
}
