package io.elacsym.format.orc.layout;

import io.elacsym.api.segment.ColumnSpec;
import java.util.List;
import org.apache.orc.OrcProto;
import org.apache.orc.OrcProto.ColumnEncoding;
import org.apache.orc.OrcProto.Stream;

/** The ORC types of our values, and how these are encoded. */
public enum LeafType {
  BOOLEAN(OrcProto.Type.Kind.BOOLEAN, ColumnEncoding.Kind.DIRECT),
  LONG(OrcProto.Type.Kind.LONG, ColumnEncoding.Kind.DIRECT_V2),
  DOUBLE(OrcProto.Type.Kind.DOUBLE, ColumnEncoding.Kind.DIRECT),
  STRING(OrcProto.Type.Kind.STRING, ColumnEncoding.Kind.DIRECT_V2),
  BINARY(OrcProto.Type.Kind.BINARY, ColumnEncoding.Kind.DIRECT_V2),
  /** Milliseconds since 1970 UTC. */
  INSTANT(OrcProto.Type.Kind.TIMESTAMP_INSTANT, ColumnEncoding.Kind.DIRECT_V2),
  /** A component of a vector. */
  FLOAT(OrcProto.Type.Kind.FLOAT, ColumnEncoding.Kind.DIRECT);

  private final OrcProto.Type.Kind kind;
  private final ColumnEncoding.Kind encoding;

  LeafType(OrcProto.Type.Kind kind, ColumnEncoding.Kind encoding) {
    this.kind = kind;
    this.encoding = encoding;
  }

  /** The type of a column's values or elements. */
  public static LeafType of(ColumnSpec spec) {
    return switch (spec.type()) {
      case BOOL -> BOOLEAN;
      case INT64 -> spec.logicalType().equals("datetime") ? INSTANT : LONG;
      case FLOAT64 -> DOUBLE;
      case STRING -> STRING;
      case BINARY -> BINARY;
      case VECTOR -> FLOAT;
    };
  }

  public OrcProto.Type.Kind kind() {
    return kind;
  }

  public ColumnEncoding.Kind encoding() {
    return encoding;
  }

  /** In which streams values are, in their order, besides the present stream. */
  public List<StreamShape> streams() {
    return switch (this) {
      case BOOLEAN -> List.of(StreamShape.bits(Stream.Kind.DATA));
      case LONG -> List.of(StreamShape.runs(Stream.Kind.DATA));
      case DOUBLE, FLOAT -> List.of(StreamShape.bytes(Stream.Kind.DATA));
      case STRING, BINARY -> List.of(StreamShape.bytes(Stream.Kind.DATA), StreamShape.LENGTH);
      case INSTANT ->
          List.of(StreamShape.runs(Stream.Kind.DATA), StreamShape.runs(Stream.Kind.SECONDARY));
    };
  }
}
