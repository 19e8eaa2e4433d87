package io.elacsym.distribution.transfer;

import com.fasterxml.jackson.core.JsonGenerator;
import io.elacsym.api.ElacsymException;
import io.elacsym.api.segment.Column;
import io.elacsym.api.segment.ColumnSpec;
import io.elacsym.engine.model.AttributeType;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.UUID;

/** Values of a segment's columns as attributes in JSON. */
final class ColumnValues {
  private ColumnValues() {}

  /** The attribute type that holds a column's values. */
  static AttributeType attributeType(ColumnSpec column) {
    AttributeType element =
        switch (column.type()) {
          case BOOL -> AttributeType.BOOL;
          case INT64 ->
              switch (column.logicalType()) {
                case "uint" -> AttributeType.UINT;
                case "datetime" -> AttributeType.DATETIME;
                default -> AttributeType.INT;
              };
          case FLOAT64 -> AttributeType.FLOAT;
          case STRING -> AttributeType.STRING;
          case BINARY -> AttributeType.UUID;
          case VECTOR -> AttributeType.ARRAY_FLOAT;
        };
    return column.list()
        ? AttributeType.byId("array_" + element.id()).orElseThrow()
        : element;
  }

  /** Writes the field of one row, if there is a value. */
  static void write(Column column, int row, JsonGenerator json) throws IOException {
    if (!column.isPresent(row)) {
      return;
    }
    json.writeFieldName(column.spec().name());
    if (!column.spec().list()) {
      writeElement(column, row, json);
      return;
    }
    json.writeStartArray();
    for (int i = column.start(row); i < column.end(row); i++) {
      writeElement(column, i, json);
    }
    json.writeEndArray();
  }

  private static void writeElement(Column column, int index, JsonGenerator json)
      throws IOException {
    switch (column.spec().type()) {
      case BOOL -> json.writeBoolean(column.booleans()[index]);
      case INT64 -> {
        long value = column.longs()[index];
        if (column.spec().logicalType().equals("uint")) {
          json.writeNumber(Long.toUnsignedString(value));
        } else {
          json.writeNumber(value);
        }
      }
      case FLOAT64 -> json.writeNumber(column.doubles()[index]);
      case STRING -> json.writeString(column.strings()[index]);
      case BINARY -> json.writeString(uuid(column.binaries()[index]).toString());
      case VECTOR -> {
        int dimension = column.spec().dimension();
        json.writeStartArray();
        for (int i = index * dimension; i < (index + 1) * dimension; i++) {
          json.writeNumber(column.floats()[i]);
        }
        json.writeEndArray();
      }
    }
  }

  static UUID uuid(byte[] bytes) {
    if (bytes.length != 16) {
      throw ElacsymException.invalid(
          "a binary value has " + bytes.length + " bytes, expected the 16 of a UUID");
    }
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    return new UUID(buffer.getLong(), buffer.getLong());
  }
}
