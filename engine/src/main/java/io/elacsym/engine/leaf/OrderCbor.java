package io.elacsym.engine.leaf;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.elacsym.engine.model.Value;
import io.elacsym.engine.order.OrderedRow;
import io.elacsym.engine.order.Position;
import io.elacsym.engine.order.RowOrder;
import io.elacsym.engine.wal.ValueCbor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Orders of rows, places in them, and rows with what has put them there. */
final class OrderCbor {
  private OrderCbor() {}

  static void write(JsonGenerator cbor, RowOrder order) throws IOException {
    cbor.writeStartArray(null, 3 * order.keys().size());
    for (RowOrder.Key key : order.keys()) {
      cbor.writeString(key.field());
      cbor.writeBoolean(key.descending());
      cbor.writeBoolean(key.missingFirst());
    }
    cbor.writeEndArray();
  }

  static RowOrder read(JsonParser cbor) throws IOException {
    List<RowOrder.Key> keys =
        Items.list(
            cbor,
            () -> {
              ValueCbor.require(cbor, JsonToken.VALUE_STRING);
              return new RowOrder.Key(cbor.getText(), Items.flag(cbor), Items.flag(cbor));
            });
    if (keys.isEmpty()) {
      throw new IOException("it has an order without keys");
    }
    return new RowOrder(keys);
  }

  static void write(JsonGenerator cbor, Position place) throws IOException {
    writeValues(cbor, place.values());
    ValueCbor.writeId(cbor, place.id());
  }

  static Position readPosition(JsonParser cbor) throws IOException {
    List<Optional<Value.Scalar>> values = values(cbor);
    cbor.nextToken();
    return new Position(values, ValueCbor.readId(cbor));
  }

  static void write(JsonGenerator cbor, List<OrderedRow> rows) throws IOException {
    Items.write(cbor, rows.stream().mapToInt(OrderedRow::row).toArray());
    for (OrderedRow row : rows) {
      writeValues(cbor, row.values());
    }
  }

  /**
   * @param rows how many the segment has
   */
  static List<OrderedRow> readRows(JsonParser cbor, int rows) throws IOException {
    List<OrderedRow> read = new ArrayList<>();
    for (int row : Items.rowNumbers(cbor, rows)) {
      read.add(new OrderedRow(row, values(cbor)));
    }
    return read;
  }

  /** Values of which some are not there. */
  static void writeValues(JsonGenerator cbor, List<Optional<Value.Scalar>> values)
      throws IOException {
    Items.writeList(
        cbor,
        values,
        value -> {
          if (value.isPresent()) {
            ValueCbor.writeScalar(cbor, value.get());
          } else {
            cbor.writeNull();
          }
        });
  }

  static List<Optional<Value.Scalar>> values(JsonParser cbor) throws IOException {
    return Items.list(
        cbor,
        () ->
            cbor.currentToken() == JsonToken.VALUE_NULL
                ? Optional.empty()
                : Optional.of(ValueCbor.readScalar(cbor)));
  }
}
