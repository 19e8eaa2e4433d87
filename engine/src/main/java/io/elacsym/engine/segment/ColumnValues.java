package io.elacsym.engine.segment;

import io.elacsym.api.segment.Column;
import io.elacsym.engine.model.AttributeType;
import io.elacsym.engine.model.ElementType;
import io.elacsym.engine.model.Footprint;
import io.elacsym.engine.model.Value;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Reads attribute values out of physical columns. */
final class ColumnValues {
  private ColumnValues() {}

  static Optional<Value> read(Column column, AttributeType type, int row) {
    if (!column.isPresent(row)) {
      return Optional.empty();
    }
    if (!type.isArray()) {
      return Optional.of(scalar(column, type.element(), column.start(row)));
    }
    List<Value.Scalar> elements = new ArrayList<>(column.end(row) - column.start(row));
    for (int i = column.start(row); i < column.end(row); i++) {
      elements.add(scalar(column, type.element(), i));
    }
    return Optional.of(new Value.Array(elements));
  }

  private static Value.Scalar scalar(Column column, ElementType element, int index) {
    return switch (element) {
      case STRING -> new Value.Text(column.strings()[index]);
      case INT -> new Value.Int(column.longs()[index]);
      case UINT -> new Value.Uint(column.longs()[index]);
      case FLOAT -> new Value.Real(column.doubles()[index]);
      case BOOL -> new Value.Bool(column.booleans()[index]);
      case DATETIME -> new Value.DateTime(column.longs()[index]);
      case UUID -> {
        ByteBuffer bytes = ByteBuffer.wrap(column.binaries()[index]);
        yield new Value.Uuid(new UUID(bytes.getLong(), bytes.getLong()));
      }
    };
  }

  /** How much memory the value of a row takes in a document; 0 when it has none. */
  static long bytes(Column column, int row) {
    if (!column.isPresent(row)) {
      return 0;
    }
    boolean list = column.spec().list();
    long bytes = list ? Footprint.element(Footprint.FIELD) : Footprint.FIELD;
    for (int i = column.start(row); i < column.end(row); i++) {
      long content =
          switch (column.spec().type()) {
            case STRING -> Footprint.text(column.strings()[i]);
            case BINARY -> column.binaries()[i].length;
            default -> 0;
          };
      bytes += list ? Footprint.element(content) : content;
    }
    return bytes;
  }

  /** The texts of a row of a string or array of strings column; empty when it has none. */
  static List<String> texts(Column column, int row) {
    return column.isPresent(row)
        ? Arrays.asList(column.strings()).subList(column.start(row), column.end(row))
        : List.of();
  }
}
